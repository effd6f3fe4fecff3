package io.mailban.ssh;

import java.time.ZoneId;
import java.util.List;

/** Where a server's logs are, and in what zone they are written. */
record LogPlaces(List<LogPlace> mail, LogPlace ban, ZoneId zone) {
    LogPlaces {
        mail = List.copyOf(mail);
    }
}
