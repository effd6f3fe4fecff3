#!/bin/bash
# The first process inside the sandbox's namespaces: lays out the network, boots the servers, says when they are
# ready, and ends when its standard input does. With it, as process 1 of its namespace, everything in there ends.
set -euo pipefail

SANDBOX_HOME=$(dirname "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")")
# shellcheck source=common.sh source-path=SCRIPTDIR
. "$SANDBOX_HOME/lib/common.sh"
# shellcheck source=roots.sh source-path=SCRIPTDIR
. "$SANDBOX_HOME/lib/roots.sh"
# shellcheck source=networks.sh source-path=SCRIPTDIR
. "$SANDBOX_HOME/lib/networks.sh"

dir=$1
shift
readonly dir work=$dir/work
base='' # of this sandbox's part of 198.51.100.0/24
last_ssh_address=1 # the machine's own
declare -A booting # name → process

main() {
    set_up_mounts
    # Keys take a moment: make them while the network comes up.
    make_login_keys &
    local keys=$! spec number=0
    set_up_network
    for spec in "$@"; do
        number=$((number + 1))
        boot "$spec" "$number"
    done
    wait "$keys"
    touch "$dir/keys-are-made"
    wait_until_ready "$@"
    write_ssh_files
    # who called through sudo shall be able to read the keys
    [[ -z ${SUDO_UID:-} ]] || find "$dir" -xdev -exec chown "$SUDO_UID" {} +
    printf 'ready %s\n' "$dir"
    exec 1>&2
    cat >/dev/null
}

# Only this namespace sees these mounts.
set_up_mounts() {
    mkdir -p "$work" "$dir/clients" "$dir/hostkeys"
    mount -t tmpfs -o mode=755 sandbox "$work"
    mkdir "$work"/{proc,cgroup,netns}
    mount --bind /proc "$work/proc" # the machine's view of processes, for their numbers out there
    outer_pid >"$dir/inside.pid"
    mount -t proc proc /proc
    mount -t cgroup2 none "$work/cgroup"
    mkdir "$work/cgroup/mailban-sandbox-${dir##*/}"
}

# The number of the calling shell as the machine outside sees it.
outer_pid() {
    local pid
    read -r pid _ <"$work/proc/self/stat"
    echo "$pid"
}

make_login_keys() {
    ssh-keygen -q -t ed25519 -N '' -C sandbox -f "$dir/id_ed25519"
    ssh-keygen -q -t ed25519 -N sesame -C sandbox-pass -f "$dir/id_ed25519_pass"
    ssh-keygen -q -t ecdsa -N '' -C sandbox-ecdsa -f "$dir/id_ecdsa"
    ssh-keygen -q -t rsa -b 2048 -N '' -C sandbox-rsa -f "$dir/id_rsa"
}

# Two switches: "mail" joins mail servers and their clients, "ssh" joins the servers and the machine outside.
set_up_network() {
    ip link set lo up
    local switch
    for switch in mail ssh; do
        ip link add "$switch" type bridge mcast_snooping 0
        ip link set "$switch" addrgenmode none up
    done
    until [[ -s $dir/base ]]; do sleep 0.01; done
    base=$(<"$dir/base")
    ip link set uplink master ssh up
}

# boot SPEC NUMBER – starts one server and does not wait for it.
boot() {
    local spec=$1 number=$2 name suite option options variant=files aliases=0
    name=${spec%%=*}
    IFS=, read -ra options <<<"${spec#*=}"
    suite=${options[0]}
    for option in "${options[@]:1}"; do
        case $option in
            journal) variant=journal ;;
            aliases=*) aliases=${option#aliases=} ;;
        esac
    done

    local v4=192.0.2.$((10 + number)) v6=2001:db8:25::$number ssh_addresses=() n
    for ((n = 0; n <= aliases; n++)); do
        last_ssh_address=$((last_ssh_address + 1))
        ssh_addresses+=("198.51.100.$((base + last_ssh_address))")
    done
    plug_in "$name" "$v4" "$v6" "${ssh_addresses[@]}"

    local group
    group=$work/cgroup/mailban-sandbox-${dir##*/}/$name
    mkdir "$group"
    (
        echo "$BASHPID" >"$group/cgroup.procs"
        exec nsenter --net="$work/netns/$name" \
            unshare --mount --uts --ipc --pid --cgroup --fork --kill-child --propagation private \
            bash "$SANDBOX_HOME/lib/server.sh" "$dir" "$name" "$(root_path "$suite")" "$variant" "$v4" \
            </dev/null >"$dir/$name.console" 2>&1
    ) &
    booting[$name]=$!
    local extra
    extra=$(IFS=, && echo "${ssh_addresses[*]:1}")
    printf '%s\t%s\t%s\t%s\t22\t%s\t%s\t%s\n' \
        "$name" "$suite" "$variant" "${ssh_addresses[0]}" "$v4" "$v6" "$extra" >>"$dir/servers.tsv"
}

# plug_in NAME IPV4 IPV6 SSH_ADDRESS…
plug_in() {
    local name=$1 v4=$2 v6=$3 address
    shift 3
    new_network "$name"
    ip link add "m-$name" type veth peer name eth0 netns "$work/netns/$name"
    ip link add "s-$name" type veth peer name eth1 netns "$work/netns/$name"
    ip link set "m-$name" addrgenmode none
    ip link set "s-$name" addrgenmode none
    ip link set "m-$name" master mail up
    ip link set "s-$name" master ssh up
    {
        echo "link set lo up"
        echo "link set eth0 addrgenmode none"
        echo "link set eth1 addrgenmode none"
        echo "link set eth0 up"
        echo "link set eth1 up"
        echo "address add $v4/32 dev eth0"
        echo "address add $v6/128 dev eth0 nodad"
        # towards the machine only its own address: the rest of 198.51.100.0/24 may be clients
        for address in "$@"; do
            echo "address add $address/32 dev eth1"
        done
        echo "route add 198.51.100.$((base + 1))/32 dev eth1 src $1"
        # every client is a neighbour: a public-looking address needs no router between
        echo "route add 0.0.0.0/0 dev eth0 src $v4"
        echo "route add ::/0 dev eth0 src $v6"
    } | in_network "$name" ip -batch -
}

wait_until_ready() {
    local spec name root deadline=$((SECONDS + 90))
    for spec in "$@"; do
        name=${spec%%=*}
        until [[ -s $dir/$name.pid ]] && root=$work/proc/$(<"$dir/$name.pid")/root && [[ -e $root/run/sandbox-ready ]]; do
            kill -0 "${booting[$name]}" 2>/dev/null || {
                cat "$dir/$name.console" >&2
                die "server $name ended while it booted"
            }
            ((SECONDS < deadline)) || {
                report_unready "$name"
                die "server $name was not ready within 90 s"
            }
            sleep 0.03
        done
        say "$name is up after $SECONDS s"
    done
}

report_unready() {
    local namespaces
    namespaces=$work/proc/$(<"$dir/$1.pid")/ns
    nsenter --mount="$namespaces/mnt" --pid="$namespaces/pid" --net="$namespaces/net" -- bash -c '
        systemctl --no-pager --failed; systemctl --no-pager list-jobs; journalctl --no-pager -n 60' >&2 || true
}

# For OpenSSH and whoever reads its files: ssh -F DIR/ssh_config mail1
write_ssh_files() {
    local name host extra address type key
    while IFS=$'\t' read -r name _ _ host _ _ _ extra; do
        for address in "$host" ${extra//,/ }; do
            while read -r type key _; do
                echo "$address $type $key"
            done < <(cat "$dir/hostkeys/$name"_*.pub) >>"$dir/known_hosts"
        done
        cat <<CONFIG
Host $name
    HostName $host
    User mailban
    IdentityFile $dir/id_ed25519
    IdentitiesOnly yes
    UserKnownHostsFile $dir/known_hosts
CONFIG
    done <"$dir/servers.tsv" >"$dir/ssh_config"
}

main "$@"
