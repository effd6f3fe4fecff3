package io.mailban.deploy.bench;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Lines with their heads, as rsyslog and fail2ban write them on a server in UTC. Not thread-safe. */
final class LogStamps {
    private static final DateTimeFormatter MAIL = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss");
    private static final DateTimeFormatter BAN = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");

    private long second = Long.MIN_VALUE;
    private String mail = "";
    private String ban = "";

    private void at(long now) {
        if (now != second) {
            second = now;
            var time = Instant.ofEpochSecond(now).atOffset(ZoneOffset.UTC);
            mail = MAIL.format(time);
            ban = BAN.format(time);
        }
    }

    /** rsyslog's newer form. {@code pid} is 0 where the daemon writes none. */
    CharSequence mail(long now, String program, long pid, String message) {
        at(now);
        return mail + ".120000+00:00 mail1 " + program + (pid > 0 ? "[" + pid + "]" : "") + ": " + message + "\n";
    }

    CharSequence found(long now, String jail, String address) {
        at(now);
        return ban(now, "filter  ", "INFO   ", jail, "Found " + address + " - " + ban);
    }

    CharSequence ban(long now, String logger, String level, String jail, String message) {
        at(now);
        return ban + ",120 fail2ban." + logger + "       [522]: " + level + " [" + jail + "] " + message + "\n";
    }
}
