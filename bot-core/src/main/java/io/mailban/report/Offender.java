package io.mailban.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What fail2ban's log says of one address in one jail: four bytes an event, in the log's order. Not thread-safe. */
final class Offender {
    /** Newer events push out older ones: an attacker's ten thousandth failure adds nothing to what is known of them. */
    private static final int MOST = 16_384;

    /** A Ban of fail2ban 0.9 so soon after a start is an old one, put in force again. */
    private static final int RESTORING = 120;

    /** Bans end so soon before or after a stop is logged. */
    private static final int STOPPING = 60;

    /** What happened. */
    enum Act {
        FOUND(0),
        BAN(1),
        RESTORE(2),
        UNBAN(3);

        private static final List<Act> BY_CODE = List.of(values());

        /** As it is packed, in two bits. */
        private final int code;

        Act(int code) {
            this.code = code;
        }
    }

    private int[] events = new int[4];
    private int size;

    void add(int at, Act act) {
        if (size == events.length) {
            if (size == MOST) {
                System.arraycopy(events, MOST / 2, events, 0, MOST / 2);
                size = MOST / 2;
            } else {
                events = Arrays.copyOf(events, Math.min(size * 2, MOST));
            }
        }
        events[size++] = at << 2 | act.code;
    }

    int size() {
        return size;
    }

    private Act act(int i) {
        return Act.BY_CODE.get(events[i] & 3);
    }

    private int at(int i) {
        return events[i] >>> 2;
    }

    /** When it failed, as the jail counts. */
    int[] failures() {
        return times(Act.FOUND);
    }

    /** When the log says that it was banned, restarts included where fail2ban 0.9 says the same of them. */
    int[] bans() {
        return times(Act.BAN);
    }

    private int[] times(Act act) {
        int[] times = new int[size];
        int count = 0;
        for (int i = 0; i < size; i++) {
            if (act(i) == act) {
                times[count++] = at(i);
            }
        }
        return Arrays.copyOf(times, count);
    }

    /**
     * When it was banned.
     *
     * @param lasting how many seconds a ban lasts whose end the log doesn't have
     * @param end where the log ends
     */
    List<Span> spans(Restarts restarts, int lasting, int end) {
        List<Span> spans = new ArrayList<>();
        int open = -1;
        Span.Origin origin = Span.Origin.BANNED;
        int failed = -1;
        int ended = -1;
        for (int i = 0; i < size; i++) {
            int at = at(i);
            switch (act(i)) {
                case FOUND -> failed = at;
                case BAN, RESTORE -> {
                    if (open >= 0 && at - open > lasting) {
                        // Its end was never logged, and it can't have stood for so long.
                        ended = open + lasting;
                        spans.add(new Span(open, ended, origin));
                        open = -1;
                    }
                    if (open < 0) {
                        open = at;
                        origin = act(i) == Act.RESTORE || restored(restarts, at, failed, ended)
                                ? Span.Origin.RESTORED
                                : Span.Origin.BANNED;
                    }
                }
                case UNBAN -> {
                    if (open >= 0) {
                        spans.add(new Span(open, at, origin));
                        open = -1;
                    }
                    ended = at;
                }
            }
        }
        if (open >= 0) {
            spans.add(new Span(open, (int) Math.min((long) open + lasting, end), origin));
        }
        return spans;
    }

    /** fail2ban 0.9 lifts all at a stop, and writes a plain {@code Ban} for each when it starts. */
    private static boolean restored(Restarts restarts, int at, int failed, int ended) {
        int start = restarts.startBefore(at);
        return start >= 0 && at - start <= RESTORING && failed < start && restarts.stoppedNear(ended, STOPPING);
    }
}
