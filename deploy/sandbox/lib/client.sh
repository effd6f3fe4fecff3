#!/bin/bash
# Creates a client host inside a running sandbox: client.sh DIR ADDRESS[+ADDRESS…]
# Runs in the sandbox's own namespaces; one host at a time. A host that has one of the addresses gets the others.
set -euo pipefail
dir=$1 host=$2

exec {lock}>"$dir/clients.lock"
flock "$lock"

client=''
for address in ${host//+/ }; do
    [[ ! -s $dir/clients/$address ]] || client=$(<"$dir/clients/$address")
done
if [[ -z $client ]]; then
    client=c$(find "$dir/clients" -type f | wc -l)
    ip netns add "$client"
    ip link add "$client" type veth peer name eth0 netns "$client"
    ip link set "$client" addrgenmode none
    ip link set "$client" master mail up
    printf '%s\n' 'link set lo up' 'link set eth0 addrgenmode none' 'link set eth0 up' | ip -n "$client" -batch -
fi
for address in ${host//+/ }; do
    [[ ! -s $dir/clients/$address ]] || continue
    if [[ $address == *:* ]]; then
        printf '%s\n' "address add $address/128 dev eth0 nodad" "route replace ::/0 dev eth0"
    else
        printf '%s\n' "address add $address/32 dev eth0" "route replace 0.0.0.0/0 dev eth0"
    fi | ip -n "$client" -batch - || {
        echo "sandbox: $address is no address that a client host can have" >&2
        exit 1
    }
    echo "$client" >"$dir/clients/$address"
done
