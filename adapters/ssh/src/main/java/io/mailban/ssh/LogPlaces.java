package io.mailban.ssh;

import java.util.List;
import java.util.Optional;

/** Where a server's logs are, and by what clock they are written. */
record LogPlaces(List<LogPlace> mail, Optional<LogPlace> ban, ServerClock clock) {
    LogPlaces {
        mail = List.copyOf(mail);
    }

    /** fail2ban's log alone, where the mail's is on another host. */
    LogPlaces withoutMail() {
        return new LogPlaces(List.of(), ban, clock);
    }

    /** For people. */
    String banText() {
        return ban.map(LogPlace::text).orElse("");
    }
}
