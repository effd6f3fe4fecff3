# shellcheck shell=bash
# `sandbox run`, as seen from outside: one directory, one cgroup, one network link, one child. Sourced, never run.
#
# Everything else lives in namespaces of that child (lib/inside.sh). When this process dies, by whatever signal, the
# kernel kills the child; with it go all processes, mounts and networks. Only directory and cgroup need a sweep.

dir=''
child=''
link=''

run() {
    if [[ ${1:-} == --held ]]; then
        trap '' INT
        shift
    fi
    local specs=("$@")
    need_commands unshare setpriv nsenter ip flock ssh-keygen curl
    ((${#specs[@]} > 0)) || die "run needs at least one server, such as mail1=trixie or mail2=bookworm,journal"
    check_specs "${specs[@]}"
    sweep
    local spec suite
    for spec in "${specs[@]}"; do
        suite=${spec#*=}
        build_root "${suite%%,*}"
    done

    trap clean_up EXIT
    trap 'exit 130' INT
    trap 'exit 143' TERM
    trap 'exit 129' HUP
    local lock
    make_directory

    setpriv --pdeathsig KILL \
        unshare --mount --net --pid --ipc --uts --fork --kill-child --propagation private \
        bash "$SANDBOX_HOME/lib/inside.sh" "$dir" "${specs[@]}" <&0 {lock}<&- &
    child=$!
    local inside
    inside=$(wait_for_file "$dir/inside.pid")
    connect "$inside" "$(addresses_wanted "${specs[@]}")"
    local status=0
    wait "$child" || status=$?
    child=''
    exit "$status"
}

# Sets $dir and $lock. A directory gets its name when it is locked: a sweep takes one without a lock for a dead one.
make_directory() {
    local new try
    for ((try = 0; try < 10; try++)); do
        mkdir -p "$RUN_DIR" # the last sandbox to end may just be removing it
        new=$(mktemp -d "$RUN_DIR/.XXXXXX" 2>/dev/null) && break
    done
    exec {lock}<"$new"
    flock "$lock"
    dir=$RUN_DIR/${new##*/.}
    mv "$new" "$dir"
}

# Of the link: its two ends that are no addresses, the machine's own, and those of the servers.
addresses_wanted() {
    local spec wanted=3
    for spec in "$@"; do
        wanted=$((wanted + 1))
        [[ ! $spec =~ aliases=([0-9]+) ]] || wanted=$((wanted + BASH_REMATCH[1]))
    done
    echo "$wanted"
}

check_specs() {
    local spec name option names=' '
    (($(addresses_wanted "$@") <= 256)) \
        || die "these servers and aliases want $(addresses_wanted "$@") addresses of 198.51.100.0/24, which has 256"
    for spec in "$@"; do
        name=${spec%%=*}
        [[ $spec == *=* && $name =~ ^[a-z][a-z0-9-]{0,9}$ ]] \
            || die "server $spec is not written NAME=SUITE[,journal][,aliases=N], with a NAME such as mail1"
        [[ $names != *" $name "* ]] || die "server name $name is given twice"
        names+="$name "
        local options
        IFS=, read -ra options <<<"${spec#*=}"
        [[ " ${SUITES[*]} " == *" ${options[0]:-} "* ]] || die "suite ${options[0]:-} of $name is not one of: ${SUITES[*]}"
        for option in "${options[@]:1}"; do
            [[ $option == journal || $option =~ ^aliases=[0-9]+$ ]] \
                || die "option $option of server $name is neither journal nor aliases=N"
        done
    done
}

# A free part of 198.51.100.0/24, as small as will do, becomes the link over which ssh goes. Creating an interface of a
# given name succeeds once; the second look is for a sandbox that took an overlapping part of another size meanwhile.
connect() {
    local inside=$1 wanted=$2 size=16 bits=28 base subnet
    while ((size < wanted)); do
        size=$((size * 2)) bits=$((bits - 1))
    done
    for ((base = 256 - size; base >= 0; base -= size)); do
        subnet=198.51.100.$base/$bits
        ! route_clashes "$subnet" || continue
        link=mailban$base
        ip link add "$link" type veth peer name uplink netns "$inside" 2>/dev/null || continue
        ip address add "198.51.100.$((base + 1))/$bits" dev "$link"
        ip link set "$link" up
        if ! route_clashes "$subnet" "$link"; then
            echo "$base" >"$dir/base.new"
            mv "$dir/base.new" "$dir/base"
            return
        fi
        ip link delete "$link"
    done
    link=''
    die "no $size free addresses in 198.51.100.0/24 for the link to the mail servers: this machine has routes to all of it (see: ip route show root 198.51.100.0/24); end another sandbox or free some"
}

# route_clashes SUBNET [OWN-LINK] – a default route, or half of one as a VPN sets it, is no claim on these addresses.
route_clashes() {
    local prefix rest
    while read -r prefix rest; do
        # addresses and broadcasts are listed with their type before them
        [[ $prefix == [0-9d]* ]] || read -r prefix rest <<<"$rest"
        [[ $prefix != */[0-7] && $prefix != default ]] || continue
        [[ -n ${2:-} && " $rest " == *" dev $2 "* ]] || return 0
    done < <(
        ip -4 route show table all root "$1"
        ip -4 route show table all match "$1"
    )
    return 1
}

wait_for_file() {
    until [[ -s $1 ]]; do
        kill -0 "$child" 2>/dev/null || die "the sandbox ended before it began; its messages are above"
        sleep 0.01
    done
    cat "$1"
}

clean_up() {
    local status=$?
    trap '' INT TERM HUP
    if [[ -n $child ]]; then
        kill -KILL "$child" 2>/dev/null || true
        wait "$child" 2>/dev/null || true
    fi
    # the link would go with its other end, but later, when the kernel gets round to it
    [[ -z $link ]] || ip link delete "$link" 2>/dev/null || true
    if [[ -n $dir ]]; then
        rm -rf "$dir"
        remove_cgroup "${dir##*/}"
        rmdir "$RUN_DIR" 2>/dev/null || true
    fi
    exit "$status"
}
