package io.mailban.report;

import io.mailban.ban.Mailbox;
import io.mailban.maillog.Cause;
import io.mailban.maillog.Protocol;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The logins of one address, good and failed: eight bytes each. Not thread-safe.
 *
 * <p>A packed event is, from its highest bit: {@link Seconds} (32), whether it failed (1), protocol (3), cause (4),
 * attempts (8), name (16); so packed events sort by time.
 */
final class Story {
    /** Names beyond these are told as the last of them: from three on, an address is suspicious anyhow. */
    private static final int MOST_NAMES_OF_STRANGERS = 4;

    private static final int MOST_NAMES = 1_000;
    private static final int MOST_EVENTS = 32_768;

    /** A good login so soon after one like it says nothing new. */
    private static final int SAME_LOGIN = 3600;

    private static final int LOOK_BACK = 64;
    private static final List<Cause> CAUSES = List.of(Cause.values());
    private static final List<Protocol> PROTOCOLS = List.of(Protocol.values());

    private long[] events = new long[2];
    private int size;
    private boolean loggedIn;
    private final List<Mailbox> names = new ArrayList<>(1);

    /** One of them. */
    sealed interface Event {
        /** When, in {@link Seconds}. */
        int at();

        /** It got in. */
        record Login(int at, Mailbox mailbox, Protocol protocol) implements Event {}

        /** It did not; {@code attempts} is 0 on a line that another counts too. */
        record Failure(int at, Optional<Mailbox> mailbox, Cause cause, int attempts, Optional<Protocol> protocol)
                implements Event {}
    }

    boolean hasLoggedIn() {
        return loggedIn;
    }

    int size() {
        return size;
    }

    /** When the latest happened, in {@link Seconds}. */
    int latest() {
        return size == 0 ? 0 : (int) (events[size - 1] >>> 32);
    }

    void login(int at, Mailbox mailbox, Protocol protocol) {
        loggedIn = true;
        int login = (PROTOCOLS.indexOf(protocol) + 1) << 28 | name(Optional.of(mailbox));
        for (int i = size - 1; i >= Math.max(0, size - LOOK_BACK); i--) {
            int low = (int) events[i];
            boolean old = Math.abs(at - (int) (events[i] >>> 32)) > SAME_LOGIN;
            if (low < 0 || old) {
                break;
            }
            if (low == login) {
                return;
            }
        }
        add(at, login);
    }

    void failure(int at, Optional<Mailbox> mailbox, Cause cause, int attempts, Optional<Protocol> protocol) {
        int spoken = protocol.map(p -> PROTOCOLS.indexOf(p) + 1).orElse(0);
        add(
                at,
                1 << 31
                        | spoken << 28
                        | CAUSES.indexOf(cause) << 24
                        | Math.clamp(attempts, 0, 255) << 16
                        | name(mailbox));
    }

    private void add(int at, int low) {
        if (size == events.length) {
            if (size >= MOST_EVENTS) {
                dropOldFailures();
            }
            if (size > events.length / 2) {
                events = Arrays.copyOf(events, size * 2);
            }
        }
        events[size++] = (long) at << 32 | (low & 0xffff_ffffL);
    }

    /** Forgets the older half of the failures; the logins are what tells whose the address is. */
    private void dropOldFailures() {
        int kept = 0;
        for (int i = 0; i < size; i++) {
            if (i >= size / 2 || (int) events[i] >= 0) {
                events[kept++] = events[i];
            }
        }
        size = kept;
    }

    /** Forgets all but the latest few, where nobody has logged in yet. */
    void shorten(int most) {
        if (!loggedIn && size > most) {
            events = Arrays.copyOfRange(events, size - most, size);
            size = most;
        }
    }

    /** 0 for no name, else one more than its place in the list. */
    private int name(Optional<Mailbox> mailbox) {
        if (mailbox.isEmpty()) {
            return 0;
        }
        int known = names.indexOf(mailbox.get());
        if (known < 0 && names.size() < (loggedIn ? MOST_NAMES : MOST_NAMES_OF_STRANGERS)) {
            names.add(mailbox.get());
            return names.size();
        }
        return known < 0 ? names.size() : known + 1;
    }

    /** All that is kept, in the order of time. */
    List<Event> events() {
        long[] sorted = Arrays.copyOf(events, size);
        Arrays.sort(sorted);
        List<Event> all = new ArrayList<>(size);
        for (long event : sorted) {
            int at = (int) (event >>> 32);
            int low = (int) event;
            int name = low & 0xffff;
            Optional<Mailbox> mailbox = name == 0 ? Optional.empty() : Optional.of(names.get(name - 1));
            int spoken = low >>> 28 & 7;
            Optional<Protocol> protocol = spoken == 0 ? Optional.empty() : Optional.of(PROTOCOLS.get(spoken - 1));
            if (low < 0) {
                all.add(new Event.Failure(at, mailbox, CAUSES.get(low >>> 24 & 15), low >>> 16 & 255, protocol));
            } else {
                all.add(new Event.Login(at, mailbox.orElseThrow(), protocol.orElseThrow()));
            }
        }
        return all;
    }
}
