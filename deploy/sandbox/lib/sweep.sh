# shellcheck shell=bash
# What a killed sandbox left behind. Its processes, mounts and network die with it; a directory and a cgroup stay.

# A sandbox holds a lock on its directory for as long as it lives; whoever gets the lock has found a dead one.
sweep() {
    local dir lock
    [[ -d $RUN_DIR ]] || return 0
    for dir in "$RUN_DIR"/??????; do
        { exec {lock}<"$dir"; } 2>/dev/null || continue # it has just ended by itself
        if flock --nonblock "$lock"; then
            rm -rf "$dir"
            remove_cgroup "${dir##*/}"
        fi
        exec {lock}<&-
    done
    find "$RUN_DIR" -maxdepth 1 -type d -name '.??????' -mmin +1 -exec rm -rf {} +
    remove_forgotten_cgroups
}

# Cgroups whose directory is gone as well, with the machine's /run or with a container that had one of its own.
# Whoever made one moves into it at once: empty for a minute means dead.
remove_forgotten_cgroups() {
    # shellcheck disable=SC2016 # expanded by the inner shell
    cgroups bash -c '
        find "$CGROUPS" -maxdepth 1 -type d -name "mailban-sandbox-??????" -mmin +1 | while read -r group; do
            grep -q "^populated 0" "$group/cgroup.events" || continue
            find "$group" -depth -type d -exec rmdir {} + 2>/dev/null || true
        done' cgroups
}

# remove_cgroup ID – the kernel needs a moment to bury the processes, and refuses while one is left.
remove_cgroup() {
    # shellcheck disable=SC2016 # expanded by the inner shell
    cgroups bash -c '
        group=$CGROUPS/mailban-sandbox-$1
        for ((try = 0; try < 100; try++)); do
            [[ -d $group ]] || exit 0
            find "$group" -depth -type d -exec rmdir {} + 2>/dev/null && exit 0
            sleep 0.05
        done
        exit 1' cgroups "$1" || say "cgroup mailban-sandbox-$1 still has processes; the next run tries again"
}
