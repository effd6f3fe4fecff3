package io.mailban.ssh;

/**
 * The scripts for {@code sh} that look into logs. Each is fixed text: what they look for comes on standard input, and
 * where as positional parameters. Their output is cut by lines that begin with a mark, which is their first parameter.
 */
final class LogScripts {
    private LogScripts() {}

    /**
     * What the others begin with. POSIX sh, and GNU or BusyBox tools; every process that is not started is a millisecond
     * saved. The first line tells that it may be written to.
     */
    private static final String COMMON = """
            LC_ALL=C; export LC_ALL
            mark=$1; since=$2; budget=$3; cap=$4; flags=$5; shift 5
            echo "$mark ready"
            nl='
            '
            begun=
            timeleft() {
                now=$(date +%s)
                : "${begun:=$now}"
                [ "$now" -lt $(( begun + budget )) ]
            }
            patterns() {
                patterns=
                while IFS= read -r line && [ "$line" != "$mark" ]; do
                    patterns=$patterns${patterns:+$nl}$line
                done
            }
            older() {
                older=
                for f in "$1".[0-9]* "$1"-[0-9]*; do
                    case $f in *[0-9]|*.gz|*.xz|*.bz2|*.zst) [ ! -f "$f" ] || older=yes ;; esac
                done
                [ -n "$older" ] || return 0
                stat -Lc '%Y %n' -- "$1".[0-9]* "$1"-[0-9]* 2>/dev/null | sort -rn
            }
            unpack() {
                case $1 in
                    *.gz) gzip -cd -- "$1" ;;
                    *.xz) xz -cd -- "$1" ;;
                    *.bz2) bzip2 -cd -- "$1" ;;
                    *.zst) zstd -qcd -- "$1" ;;
                    *[0-9]) cat -- "$1" ;;
                esac
            }
            match() {
                grep $flags -f /dev/fd/3 -- "$2" 3<<PATTERNS
            $1
            PATTERNS
            }
            matchold() {
                unpack "$2" | grep $flags -f /dev/fd/3 3<<PATTERNS
            $1
            PATTERNS
            }
            beginning() {
                echo "$mark begin $1 $2 $3"
                if [ "$3" = "$4" ]; then head -c 4096 -- "$3"; else unpack "$3" 2>/dev/null | head -c 4096; fi
                echo
            }
            readable() {
                [ -r "$2" ] && return
                # Rotated away a moment ago, and nothing has been logged since: what there is, is in the older files.
                [ -e "$2" ] || [ -z "$(older "$2")" ] || return 1
                { words=$(head -c 1 -- "$2" 2>&1 >/dev/null); echo "$mark fault $1 $words"; false; }
            }
            mailjournal() {
                journalctl --no-pager --all -o short-iso-precise "$@" SYSLOG_FACILITY=2 + _SYSTEMD_UNIT=dovecot.service
            }
            banjournal() {
                journalctl --no-pager --all -o short-iso-precise "$@" _SYSTEMD_UNIT=fail2ban.service + SYSLOG_IDENTIFIER=fail2ban
            }
            journal() {
                command -v journalctl >/dev/null || { echo "$mark fault $1 there is no journal"; false; }
            }
            """;

    /**
     * Finds the lines with any of the patterns. Parameters after the common ones: {@code mail} or {@code ban}, and a
     * path, or nothing for the journal; and so on. Standard input: the patterns for the mail logs, a line with the mark,
     * the patterns for fail2ban's. Newest files first; none that ended before {@code since}, or begun after the budget.
     */
    static final String TRACES = COMMON + """
            patterns; mail=$patterns
            patterns; ban=$patterns
            file() {
                if readable "$2" "$3"; then
                    when=$(stat -Lc %Y -- "$3")
                    beginning "$2" "$when" "$3" "$3"
                    echo "$mark lines $2 $when $3"
                    [ -z "$1" ] || match "$1" "$3" | tail -c "$cap"
                fi
                older "$3" | while read -r when f; do
                    [ "$when" -ge "$since" ] || break
                    case $f in *[0-9]|*.gz|*.xz|*.bz2|*.zst) ;; *) continue ;; esac
                    timeleft || { echo "$mark fault $2 there was no time for $f and what is older"; break; }
                    beginning "$2" "$when" "$f" "$3"
                    echo "$mark lines $2 $when $f"
                    [ -z "$1" ] || matchold "$1" "$f" | tail -c "$cap"
                done
            }
            injournal() {
                journal "$2" || return 0
                echo "$mark begin $2 0 journal"
                "$2"journal 2>/dev/null | head -n 3
                echo "$mark lines $2 0 journal"
                [ -z "$1" ] || "$2"journal --since "@$since" | grep $flags -f /dev/fd/3 3<<PATTERNS | tail -c "$cap"
            $1
            PATTERNS
            }
            while [ $# -gt 1 ]; do
                case $1 in mail) p=$mail ;; *) p=$ban ;; esac
                case $2 in '') injournal "$p" "$1" ;; *) file "$p" "$1" "$2" ;; esac
                shift 2
            done
            echo "$mark end"
            """;

    /**
     * Finds the newest deliveries to each of the mailboxes on standard input, one a line. Parameters after the common
     * ones: how many bytes from the end of the newest file to look at, 0 for all of all files; then paths, or nothing
     * for the journal. With all, a mailbox that was found in a newer file is not looked for in older ones.
     */
    static final String DELIVERIES = COMMON + """
            patterns; names=$patterns
            last=$1; shift
            delivered='postfix[^ ]*/(local|virtual|lmtp|pipe)\\[.*status=(sent|deferred|bounced)|saved mail to |stored mail into mailbox '
            newest() {
                grep -aE "$delivered" | tail -n 50
            }
            recent() {
                echo "$mark lines mail $(stat -Lc '%Y %n' -- "$1")"
                tail -c "$last" -- "$1" | grep $flags -f /dev/fd/3 3<<PATTERNS | newest
            $names
            PATTERNS
            }
            all() {
                current=
                if readable mail "$1"; then
                    current=yes
                    when=$(stat -Lc %Y -- "$1")
                    beginning mail "$when" "$1" "$1"
                fi
                listed=$(older "$1")
                printf '%s\\n' "$names" | while read -r name; do
                    found=
                    [ -z "$current" ] || found=$(match "$name" "$1" | newest)
                    if [ -n "$found" ]; then
                        printf '%s\\n' "$mark lines mail $when $1" "$found"
                        continue
                    fi
                    printf '%s\\n' "$listed" | while read -r stamp f; do
                        case $f in *[0-9]|*.gz|*.xz|*.bz2|*.zst) ;; *) continue ;; esac
                        timeleft || { echo "$mark fault mail there was no time for $f and what is older"; break; }
                        beginning mail "$stamp" "$f" "$1"
                        found=$(matchold "$name" "$f" | newest)
                        [ -n "$found" ] || continue
                        printf '%s\\n' "$mark lines mail $stamp $f" "$found"
                        break
                    done
                done
            }
            injournal() {
                journal mail || return 0
                [ "$last" -gt 0 ] && reach='--lines 20000' || reach=
                echo "$mark begin mail 0 journal"
                mailjournal 2>/dev/null | head -n 3
                echo "$mark lines mail 0 journal"
                printf '%s\\n' "$names" | while read -r name; do
                    mailjournal --since "@$since" -r $reach | grep $flags -f /dev/fd/3 3<<PATTERNS | grep -aE -m 20 "$delivered"
            $name
            PATTERNS
                done
            }
            for place; do
                case $place in
                    '') injournal ;;
                    *) if [ "$last" -gt 0 ]; then ! readable mail "$place" || recent "$place"; else all "$place"; fi ;;
                esac
            done
            echo "$mark end"
            """;

    /** What there is of the logs. Parameters: the mark, and paths. Tells the zone too. */
    static final String SURVEY = ServerZone.SCRIPT + """
            mark=$1; shift
            for f; do
                [ -e "$f" ] || continue
                echo "$mark file $(stat -Lc '%Y %n' -- "$f")"
                tail -c 4096 -- "$f" 2>/dev/null
                echo
            done
            if command -v journalctl >/dev/null; then
                echo "$mark journal"
                journalctl -q --no-pager --all -o short-iso-precise -n 1 SYSLOG_FACILITY=2 2>/dev/null
            fi
            echo "$mark end"
            """;
}
