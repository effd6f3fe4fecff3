package io.mailban.history;

import io.mailban.ban.BannedId;
import io.mailban.ban.Jail;
import io.mailban.ban.ServerName;
import io.mailban.fail2ban.LogLineReader;
import io.mailban.maillog.MailLineReader;
import io.mailban.mailserver.Trace;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Evidence for tests, with lines as Dovecot, Postfix and fail2ban write them. */
public final class SampleEvidence {
    public static final Instant SINCE = Instant.parse("2026-11-22T11:50:00Z");

    private SampleEvidence() {}

    /** A ban of an address, which failed twice for a mailbox. */
    public static Evidence of(String address, String mailbox, Instant since) {
        return of(
                address,
                since,
                Evidence.Owner.KNOWN,
                failed(since.minusSeconds(9), address, mailbox),
                failed(since.minusSeconds(2), address, mailbox),
                banned(since, address));
    }

    public static Evidence of(String address, Instant since, Evidence.Owner owner, Trace... lines) {
        return new Evidence(
                new ServerName("mail1"),
                new Jail("postfix-sasl"),
                BannedId.of(address),
                since,
                Optional.of(since.plus(Duration.ofHours(1))),
                OptionalInt.of(3),
                OptionalInt.of(2),
                since.plus(Duration.ofMinutes(10)),
                owner,
                List.of(lines));
    }

    /** Postfix's line about a wrong password. */
    public static Trace failed(Instant at, String address, String mailbox) {
        String line = at + " mail1 postfix/smtpd[7676]: warning: unknown[" + address
                + "]: SASL LOGIN authentication failed: (reason unavailable), sasl_username=" + mailbox;
        return new Trace.OfMail(at, MailLineReader.read(line).orElseThrow(), line);
    }

    /** Dovecot's line about a login. */
    public static Trace loggedIn(Instant at, String address, String mailbox) {
        String line = at + " mail1 dovecot: imap-login: Login: user=<" + mailbox + ">, method=PLAIN, rip=" + address
                + ", lip=192.0.2.1, mpid=1, TLS, session=<x>";
        return new Trace.OfMail(at, MailLineReader.read(line).orElseThrow(), line);
    }

    /** fail2ban's line about a ban. */
    public static Trace banned(Instant at, String address) {
        return fail2ban(at, "[postfix-sasl] Ban " + address);
    }

    /** fail2ban's line about the end of a ban. */
    public static Trace unbanned(Instant at, String address) {
        return fail2ban(at, "[postfix-sasl] Unban " + address);
    }

    /** Any line of fail2ban's. */
    public static Trace fail2ban(Instant at, String message) {
        String line = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss,SSS")
                        .withZone(ZoneOffset.UTC)
                        .format(at) + " fail2ban.actions        [122]: NOTICE  " + message;
        return new Trace.OfFail2ban(at, LogLineReader.read(line).orElseThrow(), line);
    }
}
