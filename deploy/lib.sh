# shellcheck shell=bash
# What the launchers share: a JDK 25, system packages, an up-to-date build, an end without leftovers. Sourced.

set -euo pipefail
HOUSE=$(dirname "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")")
readonly HOUSE
readonly JDK_PACKAGE=openjdk-25-jdk-headless

say() { printf '%s: %s\n' "${0##*/}" "$*" >&2; }

die() {
    say "$*"
    exit 1
}

# ---- packages ----------------------------------------------------------------------------------------------------

# need COMMAND:PACKAGE… – installs the packages of those commands that are missing, after saying so. Cheap when none is.
need() {
    local pair packages=()
    for pair in "$@"; do
        has "${pair%%:*}" || packages+=("${pair#*:}")
    done
    ((${#packages[@]} == 0)) || install_packages "${packages[@]}"
}

# A command, or a file where it is written as a path. Administrators' commands may be off a user's PATH.
has() {
    if [[ $1 == /* ]]; then [[ -e $1 ]]; else PATH=$PATH:/usr/sbin:/sbin command -v "$1" >/dev/null; fi
}

install_packages() {
    local sudo=()
    ((EUID == 0)) || sudo=(sudo)
    command -v apt-get >/dev/null \
        || die "these Debian packages are missing, and there is no apt-get to install them with: $*; install what provides them and run this again"
    ((EUID == 0)) || command -v sudo >/dev/null \
        || die "these Debian packages are missing, and user $(id -un) has no sudo to install them with: $*; install them as root and run this again"
    say "will install with ${sudo[*]:+sudo }apt-get: $*"
    local log
    log=$(mktemp)
    # No recommendations: they are many, and none is needed here.
    if ! { "${sudo[@]}" apt-get update -qq \
        && "${sudo[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@"; } >"$log" 2>&1; then
        cat "$log" >&2
        rm -f "$log"
        die "apt-get could not install $*; its messages are above"
    fi
    rm -f "$log"
}

need_sandbox_packages() {
    need mmdebstrap:mmdebstrap mount:mount ip:iproute2 curl:curl ssh-keygen:openssh-client nsenter:util-linux flock:util-linux \
        setpriv:util-linux /usr/share/keyrings/debian-archive-keyring.gpg:debian-archive-keyring
}

# ---- Java --------------------------------------------------------------------------------------------------------

# Sets and exports JAVA_HOME to a JDK of version 25 or newer, installing Debian's where there is none.
need_jdk() {
    find_jdk && return
    if command -v apt-cache >/dev/null && apt_offers_jdk; then
        install_packages "$JDK_PACKAGE"
        find_jdk && return
    fi
    die "Mailban needs a JDK 25 or newer, and neither JAVA_HOME (${JAVA_HOME:-not set}) nor /usr/lib/jvm nor the PATH has one, nor does this system package $JDK_PACKAGE; install one (https://adoptium.net) and set JAVA_HOME to it"
}

apt_offers_jdk() {
    [[ -n $(apt-cache show --quiet=2 "$JDK_PACKAGE" 2>/dev/null) ]] && return
    # a fresh machine has no package lists yet
    if ((EUID == 0)); then apt-get update -qq >&2; else sudo apt-get update -qq >&2; fi
    [[ -n $(apt-cache show --quiet=2 "$JDK_PACKAGE" 2>/dev/null) ]]
}

find_jdk() {
    local candidate java
    for candidate in "${JAVA_HOME:-}" /usr/lib/jvm/*; do
        if is_jdk "$candidate"; then
            export JAVA_HOME=$candidate
            return
        fi
    done
    java=$(readlink -f "$(command -v javac || true)") && candidate=${java%/bin/javac} && is_jdk "$candidate" || return 1
    export JAVA_HOME=$candidate
}

# is_jdk DIRECTORY – reads the file that each JDK carries: starting its java would cost more than all the rest here.
is_jdk() {
    local line
    [[ -n $1 && -x $1/bin/javac && -r $1/release ]] || return 1
    while read -r line; do
        [[ $line =~ ^JAVA_VERSION=\"([0-9]+) ]] || continue
        ((BASH_REMATCH[1] >= 25))
        return
    done <"$1/release"
    return 1
}

# ---- the build ---------------------------------------------------------------------------------------------------

# Builds when a source is newer than the last build. Two runs at once build once.
need_build() {
    is_built && return
    need mvn:maven flock:util-linux
    local lock
    mkdir -p "$HOUSE/deploy/target"
    exec {lock}>"$HOUSE/deploy/target/build.lock"
    flock "$lock"
    if ! is_built; then
        say "building Mailban (once; a minute or two the first time)"
        local started
        started=$(mktemp "$HOUSE/deploy/target/build.XXXXXX")
        in_a_group "${MAVEN[@]}" -q -DskipTests package >&2 || {
            rm -f "$started"
            die "the build failed; Maven's messages are above"
        }
        train
        # sources that changed while Maven ran count as newer
        mv "$started" "$HOUSE/deploy/target/built"
    fi
    exec {lock}>&-
}

is_built() {
    local built=$HOUSE/deploy/target/built
    [[ -e $built && -e $HOUSE/deploy/target/mailban-deploy.jar ]] || return 1
    [[ -z $(find "$HOUSE/pom.xml" "$HOUSE"/{bot-core,adapters,config,deploy} -name target -prune -o -type f \
        \( -path '*/src/main/*' -o -path '*/mailserver/mailban-logs' -o -name slack-manifest.yml -o -name pom.xml \) -newer "$built" -print -quit) ]]
}

# Debian's Maven is older than the JDK, and would be warned about by name in every run.
readonly MAVEN=(
    env "--chdir=$HOUSE"
    "MAVEN_OPTS=--sun-misc-unsafe-memory-access=allow --enable-native-access=ALL-UNNAMED ${MAVEN_OPTS:-}"
    mvn --batch-mode
)

# ---- the program -------------------------------------------------------------------------------------------------

readonly AOT_CACHE=$HOUSE/deploy/target/mailban.aot
readonly JAVA_OPTIONS=(
    -XX:+UseSerialGC -XX:+UseCompactObjectHeaders --enable-native-access=ALL-UNNAMED
    -cp "$HOUSE/deploy/target/mailban-deploy.jar:$HOUSE/deploy/target/lib/*"
    "-Dmailban.sandbox=$HOUSE/deploy/sandbox/sandbox"
)

# Keeps what the JVM works out in its first moments, so that later starts take a third of the time. It only saves time:
# without it, or with one of another JDK, the program runs all the same.
train() {
    local state
    state=$(mktemp -d)
    # A whole command with everything loaded, as far as a server that isn't there.
    XDG_STATE_HOME=$state "$JAVA_HOME/bin/java" "-XX:AOTCacheOutput=$AOT_CACHE" "${JAVA_OPTIONS[@]}" io.mailban.deploy.Main \
        check 203.0.113.7 --ssh nobody@127.0.0.1:1 >/dev/null 2>&1 </dev/null || true
    rm -rf "$state"
}

# Replaces this shell by the program, so that signals and the terminal are its own.
exec_mailban() {
    # Java reads its arguments by the locale, and a reason may well have an umlaut.
    [[ ${LC_ALL:-${LC_CTYPE:-${LANG:-}}} == *[Uu][Tt][Ff]* ]] || export LC_ALL=C.UTF-8
    local cache=()
    [[ ! -e $AOT_CACHE ]] || cache=("-XX:AOTCache=$AOT_CACHE" '-Xlog:aot*=off,cds*=off')
    exec "$JAVA_HOME/bin/java" "${cache[@]}" "${JAVA_OPTIONS[@]}" io.mailban.deploy.Main "$@"
}

# ---- an end without leftovers ------------------------------------------------------------------------------------

# in_a_group CMD… – runs CMD, and ends it with all its children when this script is told to end, or is killed. They
# form a process group of their own; the sandboxes among them clean up before they go.
group=''
in_a_group() {
    local status=0
    trap 'end_group; exit 130' INT
    trap 'end_group; exit 143' TERM
    trap 'end_group; exit 129' HUP
    set -m
    setpriv --pdeathsig TERM "$@" </dev/null &
    group=$!
    set +m
    wait "$group" || status=$?
    end_group
    trap - INT TERM HUP
    return "$status"
}

end_group() {
    local try
    trap '' INT TERM HUP
    kill -TERM -- "-$group" 2>/dev/null || return 0
    for ((try = 0; try < 300; try++)); do
        kill -0 -- "-$group" 2>/dev/null || return 0
        sleep 0.1
    done
    kill -KILL -- "-$group" 2>/dev/null || true
}
