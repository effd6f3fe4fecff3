package io.mailban.ssh;

import io.mailban.ban.Address;
import io.mailban.ban.Mailbox;
import io.mailban.fail2ban.LogEvent;
import io.mailban.fail2ban.LogLineReader;
import io.mailban.maillog.MailEvent;
import io.mailban.maillog.MailLineReader;
import io.mailban.mailserver.Trace;
import io.mailban.mailserver.TraceQuery;
import io.mailban.ssh.LogOutput.Part;
import java.time.ZoneId;
import java.util.Optional;

/** Reads lines that a search found, and judges them by what they say and not by what text they hold. */
final class TraceLines {
    private TraceLines() {}

    /** The event that a line reports, its time made absolute; empty where it is none, or has no date. */
    static Optional<Trace> read(Part part, String line, ZoneId zone) {
        return switch (part.log()) {
            case MAIL ->
                MailLineReader.read(line)
                        .flatMap(event -> event.at()
                                .instant(zone, part.written())
                                .map(at -> new Trace.OfMail(at, event, Redaction.of(line))));
            case BAN ->
                LogLineReader.read(line)
                        .flatMap(event -> event.at()
                                .instant(zone, part.written())
                                .map(at -> new Trace.OfFail2ban(at, event, Redaction.of(line))));
        };
    }

    /** Whether the line is about the subject: a search for 203.0.113.7 finds 203.0.113.70 too. */
    static boolean concerns(Trace trace, TraceQuery query) {
        return switch (trace) {
            case Trace.OfFail2ban ban ->
                ban.event() instanceof LogEvent.OfId event
                        && query.addresses().stream().anyMatch(event.id()::covers);
            case Trace.OfMail mail ->
                switch (mail.event()) {
                    case MailEvent.AuthFailure failure -> concerns(failure.address(), failure.mailbox(), query);
                    case MailEvent.Login login -> concerns(login.address(), Optional.of(login.mailbox()), query);
                    case MailEvent.Delivered delivered ->
                        query.mailboxes().stream().anyMatch(wanted -> isOf(wanted, delivered.recipient()));
                    case MailEvent.Trouble trouble -> concerns(trouble.address(), trouble.mailbox(), query);
                    case MailEvent.Connected connected -> query.addresses().contains(connected.address());
                    case MailEvent.Rejected rejected -> query.addresses().contains(rejected.address());
                };
        };
    }

    /** A name that was asked for without its domain is found with one, too: people and clients leave it out. */
    private static boolean isOf(Mailbox wanted, Mailbox found) {
        return found.equals(wanted)
                || (wanted.name().indexOf('@') < 0 && found.name().startsWith(wanted.name() + "@"));
    }

    private static boolean concerns(Optional<Address> address, Optional<Mailbox> mailbox, TraceQuery query) {
        return address.filter(query.addresses()::contains).isPresent()
                || mailbox.filter(found -> query.mailboxes().stream().anyMatch(wanted -> isOf(wanted, found)))
                        .isPresent();
    }
}
