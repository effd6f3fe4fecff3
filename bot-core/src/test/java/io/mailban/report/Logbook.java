package io.mailban.report;

import io.mailban.ban.Address;
import io.mailban.ban.Ban;
import io.mailban.ban.BannedId;
import io.mailban.ban.Jail;
import io.mailban.ban.Mailbox;
import io.mailban.ban.ServerName;
import io.mailban.fail2ban.LogEvent;
import io.mailban.logtime.LogTime;
import io.mailban.maillog.Cause;
import io.mailban.maillog.MailEvent;
import io.mailban.maillog.Protocol;
import io.mailban.maillog.Service;
import io.mailban.mailserver.Description;
import io.mailban.mailserver.JailSettings;
import io.mailban.mailserver.Trace;
import io.mailban.mailserver.Tracing;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** A month of a server's logs, written down as a test needs it. */
final class Logbook {
    static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    static final Jail SASL = new Jail("postfix-sasl");
    static final Jail DOVECOT = new Jail("dovecot");

    private static final LogTime NEVER_MIND = new LogTime.Missing();

    private final List<Trace> traces = new ArrayList<>();
    private final List<Ban> standing = new ArrayList<>();
    private Duration banTime = Duration.ofMinutes(10);

    static Instant ago(String duration) {
        return NOW.minus(Duration.parse(duration));
    }

    Logbook banTime(Duration time) {
        banTime = time;
        return this;
    }

    /** A good login every day from so many days ago until that many. */
    Logbook atHome(String address, String mailbox, int fromDaysAgo, int toDaysAgo) {
        for (int day = fromDaysAgo; day >= toDaysAgo; day--) {
            login(address, mailbox, NOW.minus(Duration.ofDays(day)).minus(Duration.ofHours(1)));
        }
        return this;
    }

    Logbook login(String address, String mailbox, Instant at) {
        traces.add(new Trace.OfMail(
                at,
                new MailEvent.Login(
                        NEVER_MIND,
                        Service.DOVECOT,
                        Optional.of(Address.of(address)),
                        new Mailbox(mailbox),
                        Optional.of("PLAIN"),
                        Protocol.IMAP),
                ""));
        return this;
    }

    /** A wrong SMTP password, and fail2ban's line about it. */
    Logbook failed(String address, String mailbox, Instant at) {
        traces.add(new Trace.OfMail(
                at,
                new MailEvent.AuthFailure(
                        NEVER_MIND,
                        Service.POSTFIX,
                        Optional.of(Address.of(address)),
                        Optional.of(new Mailbox(mailbox)),
                        Optional.of("LOGIN"),
                        Cause.WRONG_PASSWORD,
                        OptionalInt.of(1),
                        Optional.of(Protocol.SMTP)),
                ""));
        return ban(new LogEvent.Found(NEVER_MIND, SASL, Address.of(address)), at);
    }

    /** Three wrong passwords, and the ban that they lead to, lifted after the ban time. */
    Logbook lockedOut(String address, String mailbox, Instant at) {
        for (int i = 2; i >= 0; i--) {
            failed(address, mailbox, at.minusSeconds(20L * i));
        }
        return banned(SASL, address, at).unbanned(SASL, address, at.plus(banTime));
    }

    Logbook banned(Jail jail, String id, Instant at) {
        return ban(new LogEvent.Banned(NEVER_MIND, jail, BannedId.of(id)), at);
    }

    Logbook unbanned(Jail jail, String id, Instant at) {
        return ban(new LogEvent.Unbanned(NEVER_MIND, jail, BannedId.of(id)), at);
    }

    Logbook restored(Jail jail, String id, Instant at) {
        return ban(new LogEvent.RestoredBan(NEVER_MIND, jail, BannedId.of(id)), at);
    }

    Logbook stopped(Instant at) {
        return ban(new LogEvent.ServerStopping(NEVER_MIND), at);
    }

    Logbook started(Instant at) {
        return ban(new LogEvent.ServerStarted(NEVER_MIND, "1.1.0"), at);
    }

    Logbook standsNow(Jail jail, String id) {
        standing.add(new Ban(jail, BannedId.of(id), Optional.of(NOW), Optional.of(NOW.plusSeconds(300))));
        return this;
    }

    private Logbook ban(LogEvent event, Instant at) {
        traces.add(new Trace.OfFail2ban(at, event, ""));
        return this;
    }

    /** Over the last 30 days. */
    Report report() {
        return report(new ReportFold.Bounds(100_000, 10_000, 100_000, 10_000), Set.of());
    }

    Report report(ReportFold.Bounds bounds, Set<Address> listed) {
        ReportFold fold = new ReportFold(new ServerName("mail1"), listed, NOW.minus(Duration.ofDays(30)), NOW, bounds);
        // As a sweep tells it: the mail log first, each log in its order.
        traces.stream()
                .sorted(Comparator.comparing((Trace trace) -> trace instanceof Trace.OfFail2ban)
                        .thenComparing(Trace::at))
                .forEach(fold::add);
        Tracing.Horizon mail = new Tracing.Horizon("/var/log/mail.log", Optional.of(ago("P60D")), Optional.empty());
        Tracing.Horizon ban = new Tracing.Horizon("/var/log/fail2ban.log", Optional.of(ago("P60D")), Optional.empty());
        Description description = new Description.Described(
                "1.1.0",
                ZoneOffset.UTC,
                List.of(jail(SASL), jail(DOVECOT)),
                "/var/log/fail2ban.log",
                List.of("/var/log/mail.log"),
                Optional.of(NOW),
                List.of());
        return fold.finish(description, standing, new Tracing.Traced(List.of(), mail, ban));
    }

    private JailSettings jail(Jail jail) {
        return new JailSettings(
                jail,
                3,
                Duration.ofMinutes(10),
                Optional.of(banTime),
                new JailSettings.Closes.Ports(List.of(25, 143, 587, 993)),
                JailSettings.Manner.REFUSES,
                List.of());
    }
}
