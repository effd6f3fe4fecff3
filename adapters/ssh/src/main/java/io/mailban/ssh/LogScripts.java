package io.mailban.ssh;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * The one script that reads on a server: {@code deploy/mailserver/mailban-logs}, which says what each verb takes and
 * prints. Without the gate its text is sent along; behind it, a server runs the copy that was installed there.
 */
final class LogScripts {
    /** What a server that has no copy is sent. */
    static final String TEXT = text();

    private LogScripts() {}

    /** What may be asked of it. */
    enum Verb {
        /** The lines with any of the patterns on standard input. */
        TRACES,
        /** The newest deliveries to each of the mailboxes on standard input. */
        DELIVERIES,
        /** What there is of the logs, and the zone. */
        SURVEY,
        /** The zone alone. */
        ZONE,
        /** Which files of the logs there are. */
        FILES,
        /** All of one file that can be a login, or fail2ban's. */
        EVERYTHING,
        /** What fail2ban's database keeps of an address. */
        EVIDENCE,
        /** Where in the firewall an address stands. */
        FIREWALL;

        /** As it is written on the command line. */
        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private static String text() {
        try (InputStream script = LogScripts.class.getResourceAsStream("mailban-logs")) {
            if (script == null) {
                throw new IllegalStateException("mailban-logs is missing in Mailban's own jar");
            }
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }
}
