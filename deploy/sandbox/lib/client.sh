#!/bin/bash
# Creates a client host inside a running sandbox: client.sh DIR ADDRESS[+ADDRESS…]
# Runs in the sandbox's own namespaces; one host at a time. A host that has one of the addresses gets the others.
set -euo pipefail
# shellcheck source=networks.sh source-path=SCRIPTDIR
. "$(dirname "${BASH_SOURCE[0]}")/networks.sh"
dir=$1 host=$2
work=$dir/work

exec {lock}>"$dir/clients.lock"
flock "$lock"

client='' is_new=no
for address in ${host//+/ }; do
    if cut -f 6,7 "$dir/servers.tsv" | grep -qwF -- "$address" \
        || [[ $address == 198.51.100.$(($(<"$dir/base") + 1)) ]]; then
        echo "sandbox: $address belongs to a server or to this machine; choose another for the client" >&2
        exit 1
    fi
    [[ ! -s $dir/clients/$address ]] || client=$(<"$dir/clients/$address")
done
if [[ -z $client ]]; then
    for ((n = 0; ; n++)); do
        client=c$n
        [[ -e $work/netns/$client ]] || break
    done
    new_network "$client"
    is_new=yes
    ip link add "$client" type veth peer name eth0 netns "$work/netns/$client"
    ip link set "$client" addrgenmode none
    ip link set "$client" master mail up
    printf '%s\n' 'link set lo up' 'link set eth0 addrgenmode none' 'link set eth0 up' | in_network "$client" ip -batch -
fi
for address in ${host//+/ }; do
    [[ ! -s $dir/clients/$address ]] || continue
    if [[ $address == *:* ]]; then
        printf '%s\n' "address add $address/128 dev eth0 nodad" "route replace ::/0 dev eth0"
    else
        printf '%s\n' "address add $address/32 dev eth0" "route replace 0.0.0.0/0 dev eth0"
    fi | in_network "$client" ip -batch - || {
        echo "sandbox: $address is no address that a client host can have" >&2
        [[ $is_new == no ]] || remove_network "$client"
        exit 1
    }
    echo "$client" >"$dir/clients/$address"
done
