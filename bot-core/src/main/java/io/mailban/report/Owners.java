package io.mailban.report;

import io.mailban.ban.Address;
import io.mailban.ban.Mailbox;
import io.mailban.known.Recognizer;
import io.mailban.known.Whose;
import io.mailban.logtime.LogTime;
import io.mailban.maillog.MailEvent;
import io.mailban.maillog.Service;
import io.mailban.mailserver.Trace;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Whose an address was at a moment, by the recognizer's own rule. Not thread-safe. */
final class Owners {
    /** The rule asks for days and names; more than a failure an hour for each name tells it nothing. */
    private static final int HOUR = 3600;

    private static final LogTime NOT_KEPT = new LogTime.Missing();

    private final Recognizer recognizer;
    private final MailStories stories;
    private final Map<Address, List<Story.Event>> read = new HashMap<>();

    Owners(Recognizer recognizer, MailStories stories) {
        this.recognizer = recognizer;
        this.stories = stories;
    }

    /** What the address did, oldest first. */
    List<Story.Event> events(Address address) {
        return read.computeIfAbsent(
                address, one -> stories.find(one).map(Story::events).orElse(List.of()));
    }

    Whose whose(Address address, int at) {
        List<Trace> traces = new ArrayList<>();
        Set<Hourly> told = new HashSet<>();
        for (Story.Event event : events(address)) {
            if (event.at() > at) {
                break;
            }
            switch (event) {
                case Story.Event.Login login -> traces.add(trace(address, login));
                case Story.Event.Failure failure -> {
                    if (told.add(new Hourly(failure.mailbox(), failure.at() / HOUR))) {
                        traces.add(trace(address, failure));
                    }
                }
            }
        }
        return recognizer.recognize(address, traces, Seconds.instant(at));
    }

    private record Hourly(Optional<Mailbox> mailbox, int hour) {}

    private static Trace trace(Address address, Story.Event.Login login) {
        return new Trace.OfMail(
                Seconds.instant(login.at()),
                new MailEvent.Login(
                        NOT_KEPT,
                        Service.DOVECOT,
                        Optional.of(address),
                        login.mailbox(),
                        Optional.empty(),
                        login.protocol()),
                "");
    }

    static Trace trace(Address address, Story.Event.Failure failure) {
        return new Trace.OfMail(
                Seconds.instant(failure.at()),
                new MailEvent.AuthFailure(
                        NOT_KEPT,
                        Service.DOVECOT,
                        Optional.of(address),
                        failure.mailbox(),
                        Optional.empty(),
                        failure.cause(),
                        failure.attempts() == 0 ? OptionalInt.empty() : OptionalInt.of(failure.attempts()),
                        failure.protocol()),
                "");
    }
}
