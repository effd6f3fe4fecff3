# shellcheck shell=bash
# Root directories of Debian mail servers, built once and cached. Sourced, never run.

# The mirror that this machine's own apt uses, where it is a Debian machine: it may be the only one in reach.
debian_mirror() {
    if [[ -n ${MAILBAN_MIRROR:-} ]]; then
        echo "$MAILBAN_MIRROR"
        return
    fi
    local uri
    uri=$(cat /etc/apt/sources.list /etc/apt/sources.list.d/*.list /etc/apt/sources.list.d/*.sources 2>/dev/null \
        | grep -v '^ *#' | grep -oE 'https?://[^] ]+/debian/?( |$)' | head -n 1 || true)
    uri=${uri%% *}
    echo "${uri:-http://deb.debian.org/debian}"
}

# root_path SUITE – where the root of SUITE is, or will be; a changed recipe changes the path.
root_path() {
    local hash
    hash=$(cat "$SANDBOX_HOME"/recipe/* | sha256sum)
    echo "$CACHE_DIR/$1-${hash:0:12}"
}

# build_root SUITE – does nothing when it is there already. Two runs at once build it once.
build_root() {
    local suite=$1 root lock
    [[ " ${SUITES[*]} " == *" $suite "* ]] || die "suite $suite is not one of: ${SUITES[*]}"
    root=$(root_path "$suite")
    if [[ -d $root ]]; then
        touch "$root" # in use: see remove_outdated_roots
        return
    fi
    need_commands mmdebstrap flock setpriv
    mkdir -p "$CACHE_DIR"
    exec {lock}>"$CACHE_DIR/$suite.lock"
    if ! flock --nonblock "$lock"; then
        say "another run is building $suite; waiting for it"
        flock "$lock"
    fi
    if [[ ! -d $root ]]; then
        make_root "$suite" "$root" {lock}>&-
        remove_outdated_roots "$suite" "$root"
    fi
    exec {lock}>&-
}

make_root() {
    local suite=$1 root=$2 mirror packages started=$SECONDS build=$2.building log=$CACHE_DIR/$1.log proxy options
    mirror=$(debian_mirror)
    packages=$(grep -v '^#' "$SANDBOX_HOME/recipe/packages" | paste -sd,)
    say "building a Debian $suite mail server from $mirror (once; about a minute, 300 MB in $CACHE_DIR)"
    rm -rf "$CACHE_DIR/$suite"-*.building # of a run that was killed
    mapfile -t options < <(grep -v '^#' "$SANDBOX_HOME/recipe/mmdebstrap-options")
    proxy=$(apt-config dump --format '%v' Acquire::http::Proxy 2>/dev/null || true)
    [[ -z $proxy ]] || options+=(--aptopt="Acquire::http::Proxy \"$proxy\"")
    setpriv --pdeathsig TERM mmdebstrap --include="$packages" \
        --customize-hook="copy-in '$SANDBOX_HOME/recipe' /usr/share" "${options[@]}" \
        "$suite" "$build" "$mirror" >"$log" 2>&1 || {
        tail -n 25 "$log" >&2
        rm -rf "$build"
        die "building $suite from $mirror failed; the whole log is $log"
    }
    mv "$build" "$root"
    say "$suite was built in $((SECONDS - started)) s"
}

# A root of another recipe goes when nobody has used it for a day: another checkout may be at work with it.
remove_outdated_roots() {
    local suite=$1 current=$2
    find "$CACHE_DIR" -maxdepth 1 -type d -name "$suite-*" ! -path "$current" -mmin +1440 -exec rm -rf {} +
}
