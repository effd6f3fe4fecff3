package io.mailban.diagnosis;

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
import io.mailban.maillog.PasswordMark;
import io.mailban.maillog.Protocol;
import io.mailban.maillog.Service;
import io.mailban.maillog.TroubleKind;
import io.mailban.mailserver.BanListing;
import io.mailban.mailserver.Description;
import io.mailban.mailserver.Evidencing;
import io.mailban.mailserver.Fail2banSilent;
import io.mailban.mailserver.FirewallSearch;
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

/** What a server may have answered about 203.0.113.7, written down as a test needs it. Times are minutes before now. */
public final class Seen {
    public static final Address LAPTOP = Address.of("203.0.113.7");
    public static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    public static final Jail SASL = new Jail("postfix-sasl");

    private static final LogTime NEVER_MIND = new LogTime.Missing();

    private final List<Ban> bans = new ArrayList<>();
    private final List<Trace> traces = new ArrayList<>();
    private List<BannedId> exempt = List.of();
    private Optional<Fail2banSilent> silent = Optional.empty();
    private final List<Trace> deliveries = new ArrayList<>();
    private Evidencing evidence = new Evidencing.NotReadable("no database");
    private FirewallSearch firewall = new FirewallSearch.NotReadable("no firewall");
    private JailSettings.Closes closes = new JailSettings.Closes.Ports(List.of(25, 143, 465, 587, 993));
    private Instant logsBegin = NOW.minus(Duration.ofDays(20));

    public static Instant ago(long minutes) {
        return NOW.minus(Duration.ofMinutes(minutes));
    }

    public Seen banned(Jail jail, String id, long minutesAgo) {
        bans.add(new Ban(
                jail,
                BannedId.of(id),
                Optional.of(ago(minutesAgo)),
                Optional.of(ago(minutesAgo).plusSeconds(3600))));
        return this;
    }

    public Seen found(Jail jail, long minutesAgo) {
        return ban(new LogEvent.Found(NEVER_MIND, jail, LAPTOP), minutesAgo);
    }

    public Seen wasBanned(Jail jail, long minutesAgo) {
        return ban(new LogEvent.Banned(NEVER_MIND, jail, LAPTOP), minutesAgo);
    }

    public Seen wasUnbanned(Jail jail, long minutesAgo) {
        return ban(new LogEvent.Unbanned(NEVER_MIND, jail, LAPTOP), minutesAgo);
    }

    public Seen failed(String mailbox, long minutesAgo) {
        return failed(mailbox, Cause.WRONG_PASSWORD, minutesAgo);
    }

    public Seen failed(String mailbox, Cause cause, long minutesAgo) {
        return mail(failure(LAPTOP, mailbox, cause, Optional.empty()), minutesAgo);
    }

    public Seen failedFrom(String address, String mailbox, long minutesAgo) {
        return mail(failure(Address.of(address), mailbox, Cause.WRONG_PASSWORD, Optional.empty()), minutesAgo);
    }

    /** As Dovecot's auth process tells it where it may show what the passwords are. */
    public Seen failedWith(String mailbox, String password, long minutesAgo) {
        return mail(failure(LAPTOP, mailbox, Cause.WRONG_PASSWORD, Optional.of(PasswordMark.of(password))), minutesAgo);
    }

    /** A line out of fail2ban's database, about this client. */
    public static Trace matched(String address, String mailbox, long minutesAgo) {
        return new Trace.OfMail(
                ago(minutesAgo), failure(Address.of(address), mailbox, Cause.UNKNOWN, Optional.empty()), "");
    }

    private static MailEvent failure(Address address, String mailbox, Cause cause, Optional<PasswordMark> password) {
        return new MailEvent.AuthFailure(
                NEVER_MIND,
                Service.POSTFIX,
                Optional.of(address),
                Optional.of(new Mailbox(mailbox)),
                Optional.of("LOGIN"),
                cause,
                OptionalInt.of(1),
                Optional.of(Protocol.SMTP),
                password);
    }

    public Seen connected(Protocol protocol, long minutesAgo) {
        return mail(new MailEvent.Connected(NEVER_MIND, Service.POSTFIX, LAPTOP, protocol, Duration.ZERO), minutesAgo);
    }

    public Seen rejected(long minutesAgo) {
        return mail(new MailEvent.Rejected(NEVER_MIND, Service.POSTFIX, LAPTOP), minutesAgo);
    }

    public Seen trouble(TroubleKind kind, long minutesAgo) {
        return mail(
                new MailEvent.Trouble(NEVER_MIND, Service.DOVECOT, Optional.of(LAPTOP), Optional.empty(), kind),
                minutesAgo);
    }

    public Seen arrived(String mailbox, long minutesAgo) {
        return delivery(new MailEvent.Delivered(NEVER_MIND, Service.POSTFIX, new Mailbox(mailbox)), minutesAgo);
    }

    public Seen notArrived(String mailbox, TroubleKind kind, long minutesAgo) {
        return delivery(
                new MailEvent.Trouble(
                        NEVER_MIND, Service.POSTFIX, Optional.empty(), Optional.of(new Mailbox(mailbox)), kind),
                minutesAgo);
    }

    private Seen delivery(MailEvent event, long minutesAgo) {
        deliveries.add(new Trace.OfMail(ago(minutesAgo), event, ""));
        return this;
    }

    public Seen kept(Jail jail, long minutesAgo, int failures, Trace... lines) {
        evidence = new Evidencing.Kept(List.of(new Evidencing.KeptBan(
                jail,
                LAPTOP,
                ago(minutesAgo).plusSeconds(1),
                Optional.of(Duration.ofHours(1)),
                failures,
                1,
                List.of(lines))));
        return this;
    }

    public Seen inFirewall(FirewallSearch.Entry... entries) {
        firewall = new FirewallSearch.Searched(List.of(entries));
        return this;
    }

    public Seen closes(JailSettings.Closes other) {
        closes = other;
        return this;
    }

    public Seen loggedIn(String mailbox, long minutesAgo) {
        return loggedIn(LAPTOP.text(), mailbox, minutesAgo);
    }

    public Seen loggedIn(String address, String mailbox, long minutesAgo) {
        return mail(
                new MailEvent.Login(
                        NEVER_MIND,
                        Service.DOVECOT,
                        Optional.of(Address.of(address)),
                        new Mailbox(mailbox),
                        Optional.of("PLAIN"),
                        Protocol.IMAP),
                minutesAgo);
    }

    public Seen exempt(String id) {
        exempt = List.of(BannedId.of(id));
        return this;
    }

    public Seen fail2banStopped() {
        silent = Optional.of(
                new Fail2banSilent(new ServerName("mail1"), Fail2banSilent.Cause.NOT_RUNNING, "Is fail2ban running?"));
        return this;
    }

    public Seen logsBegin(long minutesAgo) {
        logsBegin = ago(minutesAgo);
        return this;
    }

    public List<Trace> traces() {
        return traces.stream().sorted(Comparator.comparing(Trace::at)).toList();
    }

    public Observation observation() {
        Tracing.Horizon mail = new Tracing.Horizon("/var/log/mail.log", Optional.of(logsBegin), Optional.empty());
        Tracing.Horizon ban = new Tracing.Horizon("/var/log/fail2ban.log", Optional.of(logsBegin), Optional.empty());
        Description description = new Description.Described(
                "1.1.0",
                ZoneOffset.UTC,
                List.of(
                        new JailSettings(
                                SASL,
                                3,
                                Duration.ofMinutes(10),
                                Optional.of(Duration.ofHours(1)),
                                closes,
                                JailSettings.Manner.REFUSES,
                                exempt),
                        new JailSettings(
                                Jail.RECIDIVE,
                                5,
                                Duration.ofDays(1),
                                Optional.of(Duration.ofDays(7)),
                                new JailSettings.Closes.Everything(),
                                JailSettings.Manner.REFUSES,
                                List.of())),
                "/var/log/fail2ban.log",
                List.of("/var/log/mail.log"),
                Optional.empty(),
                List.of());
        return new Observation(
                new ServerName("mail1"),
                silent.<BanListing>map(told -> told).orElseGet(() -> new BanListing.Standing(bans)),
                description,
                new Tracing.Traced(traces(), mail, ban),
                new Tracing.Traced(deliveries, mail, ban),
                evidence,
                firewall);
    }

    private Seen ban(LogEvent event, long minutesAgo) {
        traces.add(new Trace.OfFail2ban(ago(minutesAgo), event, ""));
        return this;
    }

    private Seen mail(MailEvent event, long minutesAgo) {
        traces.add(new Trace.OfMail(ago(minutesAgo), event, ""));
        return this;
    }
}
