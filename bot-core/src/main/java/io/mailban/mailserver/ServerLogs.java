package io.mailban.mailserver;

import io.mailban.ban.Mailbox;
import io.mailban.ban.ServerName;
import java.util.Set;

/**
 * What the logs of a mail server tell: fail2ban's and the mail daemons', in files, rotated and compressed ones too, or in
 * the journal. Thread-safe; blocks until answered or its deadline has passed. Lines are attacker-written: they come back
 * parsed into types, filtered on what was parsed and not on what a search for text found.
 */
public interface ServerLogs {

    /** What is known of the subject since the given instant, oldest first. */
    Tracing traces(ServerName server, TraceQuery query);

    /**
     * The newest delivery to each of these mailboxes, and the newest that failed ({@code NOT_DELIVERED}); oldest first, and
     * nothing where there was none within the logs.
     */
    Tracing lastDeliveries(ServerName server, Set<Mailbox> mailboxes);
}
