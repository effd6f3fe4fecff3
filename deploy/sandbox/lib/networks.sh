# shellcheck shell=bash disable=SC2154 # $work is of the file that sources this
# Network namespaces by name, as `ip netns` has them, but in $work, where they die with the sandbox. Sourced.

new_network() {
    : >"$work/netns/$1"
    unshare --net="$work/netns/$1" true
}

in_network() {
    local name=$1
    shift
    nsenter --net="$work/netns/$name" -- "$@"
}

remove_network() {
    umount "$work/netns/$1"
    rm "$work/netns/$1"
}
