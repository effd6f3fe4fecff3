# shellcheck shell=bash
# Shared by every verb of the sandbox. Sourced, never run.

# shellcheck disable=SC2034 # used by the files that source this one
readonly RUN_DIR=/run/mailban-sandbox
# shellcheck disable=SC2034
readonly CACHE_DIR=${MAILBAN_CACHE:-/var/cache/mailban}
# shellcheck disable=SC2034
readonly SUITES=(bullseye bookworm trixie sid)

say() { printf 'sandbox: %s\n' "$*" >&2; }

die() {
    say "$*"
    exit 1
}

# Namespaces and mounts need root: starts over as root where this isn't.
as_root() {
    ((EUID == 0)) || exec sudo --preserve-env=MAILBAN_CACHE,MAILBAN_MIRROR -- "$SANDBOX_HOME/sandbox" "$@"
}

need_commands() {
    local command missing=()
    for command in "$@"; do
        command -v "$command" >/dev/null || missing+=("$command")
    done
    ((${#missing[@]} == 0)) || die "these commands are missing: ${missing[*]}; deploy/verify and deploy/try install them"
}

# cgroups CMD… – runs CMD with the whole cgroup2 tree in the directory that $CGROUPS names, whatever hierarchy this
# machine itself uses, in a mount namespace that ends with CMD.
cgroups() {
    # shellcheck disable=SC2016 # expanded by the inner shell
    unshare --mount --propagation private bash -c '
        set -euo pipefail
        export CGROUPS=/tmp
        mount -t cgroup2 none "$CGROUPS"
        "$@"' cgroups "$@"
}
