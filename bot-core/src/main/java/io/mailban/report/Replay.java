package io.mailban.report;

import java.util.ArrayList;
import java.util.List;

/**
 * Counts failures as fail2ban 0.11 to 1.1 does ({@code failmanager.py}, {@code ticket.py}): what is older than findtime is
 * not dropped one by one; the count is scaled down to what its rate would have given within findtime, and forgotten when
 * nothing failed for as long.
 *
 * @param maxRetry from how many on a ban is made
 * @param findTime in seconds
 * @param banTime in seconds; what comes meanwhile isn't seen
 */
record Replay(int maxRetry, int findTime, int banTime) {

    /** The count in a jail at one moment. */
    private static final class Count {
        private int first;
        private int last = -1;
        private int failures;

        void fail(int at, int findTime) {
            if (last < 0 || last <= at - findTime) {
                first = at;
                failures = 1;
            } else {
                if (first < at - findTime) {
                    // Python rounds halves to even, as rint does.
                    failures = (int) Math.rint(failures / (double) (at - first) * findTime);
                    first = at - findTime;
                }
                failures++;
            }
            last = at;
        }
    }

    /** When these failures lead to bans. */
    List<Integer> bans(int[] failures) {
        List<Integer> bans = new ArrayList<>();
        Count count = new Count();
        int until = -1;
        for (int at : failures) {
            if (at < until) {
                continue;
            }
            count.fail(at, findTime);
            if (count.failures >= maxRetry) {
                bans.add(at);
                until = (int) Math.min((long) at + banTime, Seconds.END);
                count = new Count();
            }
        }
        return bans;
    }

    /** How far the count would go if nobody were ever banned. */
    static int highest(int[] failures, int findTime) {
        Count count = new Count();
        int highest = 0;
        for (int at : failures) {
            count.fail(at, findTime);
            highest = Math.max(highest, count.failures);
        }
        return highest;
    }

    /** How many failures count now, after those from {@code since} on. */
    static int standing(int[] failures, int findTime, int since, int now) {
        Count count = new Count();
        for (int at : failures) {
            if (at > since) {
                count.fail(at, findTime);
            }
        }
        return count.last < 0 || count.last <= now - findTime ? 0 : count.failures;
    }
}
