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

    mkdir -p "$RUN_DIR"
    trap clean_up EXIT
    trap 'exit 130' INT
    trap 'exit 143' TERM
    trap 'exit 129' HUP
    dir=$(mktemp -d "$RUN_DIR/XXXXXX")
    local lock
    exec {lock}<"$dir"
    flock --nonblock "$lock"

    setpriv --pdeathsig KILL \
        unshare --mount --net --pid --ipc --uts --fork --kill-child --propagation private \
        bash "$SANDBOX_HOME/lib/inside.sh" "$dir" "${specs[@]}" <&0 {lock}<&- &
    child=$!
    local inside
    inside=$(wait_for_file "$dir/inside.pid")
    connect "$inside"
    local status=0
    wait "$child" || status=$?
    child=''
    exit "$status"
}

check_specs() {
    local spec name option names=' '
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

# The first quarter of 198.51.100.0/24 that this machine does not use becomes the link over which ssh goes. Creating
# an interface of a given name succeeds once: that settles which of several sandboxes gets the quarter.
connect() {
    local inside=$1 slot subnet
    for slot in 0 1 2 3; do
        subnet=198.51.100.$((slot * 64))/26
        route_clashes "$subnet" && continue
        link=mailban$slot
        if ip link add "$link" type veth peer name uplink netns "$inside" 2>/dev/null; then
            ip address add "198.51.100.$((slot * 64 + 1))/26" dev "$link"
            ip link set "$link" up
            echo "$slot" >"$dir/slot.new"
            mv "$dir/slot.new" "$dir/slot"
            return
        fi
        link=''
    done
    die "no free quarter of 198.51.100.0/24 for the link to the mail servers: this machine has routes to all four (see: ip route show root 198.51.100.0/24); end another sandbox or free one"
}

# A default route, or half of one as a VPN sets it, is no claim on these addresses.
route_clashes() {
    local prefix
    while read -r prefix _; do
        [[ $prefix == */[0-7] || $prefix == default ]] || return 0
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
