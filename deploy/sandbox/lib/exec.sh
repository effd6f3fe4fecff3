# shellcheck shell=bash
# `sandbox exec`: a command inside a server, or on a client host that has a public-looking address. Sourced, never run.

exec_in() {
    (($# >= 3)) || die "exec is written: exec SANDBOX HOST [--] COMMAND…"
    local dir=$1 host=$2
    shift 2
    [[ $1 != -- ]] || shift
    (($# > 0)) || die "exec is written: exec SANDBOX HOST [--] COMMAND…"
    [[ -s $dir/inside.pid ]] || die "sandbox $dir is not running; sandbox run prints the directory of one that is"
    local inside
    read -r inside <"$dir/inside.pid"
    if [[ $host =~ ^[a-z] && -s $dir/$host.pid ]]; then
        local server
        read -r server <"$dir/$host.pid"
        exec nsenter --target "$server" --mount --uts --ipc --net --pid -- \
            /usr/bin/env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root USER=root \
            LANG=C.UTF-8 TERM="${TERM:-dumb}" "$@"
    fi
    [[ $host =~ ^[0-9a-f:]+[.:][0-9a-f.:+]+$ ]] \
        || die "host $host is neither a server of $dir ($(cut -f 1 "$dir/servers.tsv" | paste -sd' ')) nor an address such as 203.0.113.7, 2001:db8::7 or 203.0.113.7+2001:db8::7"
    local address
    for address in ${host//+/ }; do
        [[ -s $dir/clients/$address ]] || {
            nsenter --target "$inside" --mount --net --pid -- bash "$SANDBOX_HOME/lib/client.sh" "$dir" "$host"
            break
        }
    done
    local client
    read -r client <"$dir/clients/${host%%+*}"
    # --no-fork would leave the command outside the process namespace, where it would outlive the sandbox
    exec nsenter --target "$inside" --mount --pid --net="/proc/$inside/root$dir/work/netns/$client" -- "$@"
}
