package io.mailban.report;

import java.util.Arrays;
import java.util.List;

/**
 * What an address did in a jail, and what it would have done had it not been banned: a ban hides the tries that it keeps
 * out, so whoever was banned is taken to have gone on at the pace of the tries before.
 */
final class Timeline {
    /** So many hidden tries are more than any setting worth a thought allows. */
    private static final int MOST_HIDDEN = 64;

    private Timeline() {}

    /** Who is taken to have gone on during a ban. */
    enum Persistence {
        /** A guesser in the middle of guessing. */
        ALWAYS,
        /** Only who failed again soon after the ban: a device. A person who mistyped stops. */
        IF_SEEN_AGAIN
    }

    /** All tries, seen and hidden, in order. */
    static int[] whole(int[] failures, List<Span> spans, int findTime, Persistence persistence) {
        int[] tries = Arrays.copyOf(failures, failures.length + Math.min(spans.size(), 64) * MOST_HIDDEN);
        int count = failures.length;
        for (Span span : spans) {
            int before = countUpTo(failures, span.from() + 1);
            int pace = pace(failures, before, findTime);
            if (pace <= 0 || !goesOn(failures, span, findTime, pace, persistence)) {
                continue;
            }
            int at = failures[before - 1] + pace;
            for (int i = 0; i < MOST_HIDDEN && at < span.to(); i++) {
                tries = count < tries.length ? tries : Arrays.copyOf(tries, count * 2);
                tries[count++] = at;
                at += pace;
            }
        }
        Arrays.sort(tries, 0, count);
        return Arrays.copyOf(tries, count);
    }

    private static boolean goesOn(int[] failures, Span span, int findTime, int pace, Persistence persistence) {
        return switch (persistence) {
            case ALWAYS -> true;
            case IF_SEEN_AGAIN -> {
                int next = countUpTo(failures, span.to());
                yield next < failures.length && failures[next] <= (long) span.to() + findTime + pace;
            }
        };
    }

    /** The middle of the gaps before, in seconds; 0 where one failure stands alone. */
    static int pace(int[] failures, int before, int findTime) {
        int first = before - 1;
        while (first > 0 && before - first < 12 && failures[first] - failures[first - 1] <= findTime) {
            first--;
        }
        int[] gaps = new int[Math.max(before - 1 - Math.max(first, 0), 0)];
        for (int i = 0; i < gaps.length; i++) {
            gaps[i] = failures[before - 1 - i] - failures[before - 2 - i];
        }
        Arrays.sort(gaps);
        return gaps.length == 0 ? 0 : Math.max(1, gaps[gaps.length / 2]);
    }

    /** How many are not after a moment; the times are in order. */
    static int countUpTo(int[] times, int at) {
        int low = 0;
        int high = times.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (times[middle] <= at) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
