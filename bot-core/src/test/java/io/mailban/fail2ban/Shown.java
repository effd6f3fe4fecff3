package io.mailban.fail2ban;

import java.util.Optional;

/** An event in a few words, for the tables of tests: {@code Banned sshd 203.0.113.7}. */
final class Shown {
    private Shown() {}

    static String show(Optional<LogEvent> event) {
        return event.map(Shown::show).orElse("-");
    }

    private static String show(LogEvent event) {
        String name = event.getClass().getSimpleName();
        return switch (event) {
            case LogEvent.OfId of -> name + " " + of.jail() + " " + of.written() + details(of);
            case LogEvent.Flushed flushed -> name + " " + flushed.jail() + " " + flushed.action();
            case LogEvent.JailStarted started -> name + " " + started.jail();
            case LogEvent.JailStopped stopped -> name + " " + stopped.jail();
            case LogEvent.ServerStarted started -> name + " " + started.version();
            case LogEvent.ServerStopping _ -> name;
        };
    }

    private static String details(LogEvent.OfId event) {
        return switch (event) {
            case LogEvent.Found found ->
                found.failedAt().map(at -> " at " + at).orElse("")
                        + found.escalation()
                                .map(e -> " after " + e.earlierBans() + " as " + e.countedAs())
                                .orElse("");
            case LogEvent.IncreasedBan increased ->
                " no. " + increased.count() + " for " + increased.lasting()
                        + increased.until().map(until -> " until " + until).orElse("");
            case LogEvent.Ignored ignored -> " because " + ignored.reason();
            case LogEvent.Banned _,
                    LogEvent.Unbanned _,
                    LogEvent.RestoredBan _,
                    LogEvent.RepealedBan _,
                    LogEvent.Rebanned _,
                    LogEvent.AlreadyBanned _ -> "";
        };
    }
}
