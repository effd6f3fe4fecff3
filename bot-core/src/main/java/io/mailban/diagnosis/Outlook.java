package io.mailban.diagnosis;

import static java.util.stream.Collectors.toCollection;

import io.mailban.ban.AddressScope;
import io.mailban.ban.Ban;
import io.mailban.ban.Jail;
import io.mailban.ban.Mailbox;
import io.mailban.fail2ban.LogEvent;
import io.mailban.known.Whose;
import io.mailban.maillog.MailEvent;
import io.mailban.mailserver.JailSettings;
import io.mailban.mailserver.Trace;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Tells how a ban will go on, and for whom: whether it ends soon, comes back, grows long, or hits many. */
record Outlook(Scene scene) {
    private static final Duration SOON = Duration.ofMinutes(5);
    private static final Duration DAY = Duration.ofDays(1);

    /** So many mailboxes behind one address are an office, a provider's NAT or a webmail server, not a household. */
    private static final int MANY = 5;

    List<Mark> marks(List<Ban> own, BanCause cause) {
        List<Mark> marks = new ArrayList<>();
        shared().ifPresent(marks::add);
        nearRecidive(own).ifPresent(marks::add);
        comesBack(own, cause).ifPresent(marks::add);
        endsSoon(own).ifPresent(marks::add);
        return marks;
    }

    private Optional<Mark> shared() {
        Set<Mailbox> mailboxes = scene.logins()
                .map(login -> ((MailEvent.Login) login.event()).mailbox())
                .collect(toCollection(TreeSet::new));
        AddressScope scope = scene.address().scope();
        boolean many = mailboxes.size() >= MANY && !(scene.whose() instanceof Whose.Suspicious);
        return scope != AddressScope.PUBLIC || many
                ? Optional.of(new Mark.SharedByMany(scope, mailboxes))
                : Optional.empty();
    }

    private Optional<Mark> nearRecidive(List<Ban> own) {
        if (own.stream().anyMatch(ban -> ban.jail().equals(Jail.RECIDIVE))) {
            return Optional.empty();
        }
        return scene.settings(Jail.RECIDIVE).flatMap(recidive -> {
            int bans = countedByRecidive(recidive);
            return bans >= Math.max(2, recidive.maxRetry() - 1)
                    ? Optional.of(new Mark.NearRecidive(
                            Math.min(bans, recidive.maxRetry()), recidive.maxRetry(), recidive.findTime()))
                    : Optional.empty();
        });
    }

    /** Bans that recidive has counted and not used up: its last ban began the count anew. */
    private int countedByRecidive(JailSettings recidive) {
        Instant from = scene.fail2ban()
                .filter(trace -> trace.event() instanceof LogEvent.Banned banned
                        && banned.jail().equals(Jail.RECIDIVE))
                .map(Trace::at)
                .max(Instant::compareTo)
                .filter(scene.now().minus(recidive.findTime())::isBefore)
                .orElse(scene.now().minus(recidive.findTime()));
        return (int) scene.fail2ban()
                .filter(trace -> trace.at().isAfter(from)
                        && trace.event() instanceof LogEvent.Banned banned
                        && !banned.jail().equals(Jail.RECIDIVE))
                .count();
    }

    /** A device is at it: it tries in even intervals, or was banned for the same mailbox before. Guessers do as well. */
    private Optional<Mark> comesBack(List<Ban> own, BanCause cause) {
        if (!(cause instanceof BanCause.FailedLogins logins) || logins.names().size() > 1) {
            return Optional.empty();
        }
        Set<Jail> jails = own.stream().map(Ban::jail).collect(toCollection(TreeSet::new));
        int bans = (int) scene.fail2ban()
                .filter(trace -> trace.at().isAfter(scene.now().minus(DAY))
                        && trace.event() instanceof LogEvent.Banned banned
                        && jails.contains(banned.jail()))
                .count();
        Optional<Duration> every = logins.rhythm().every();
        return every.isPresent() || bans > 1
                ? Optional.of(new Mark.ComesBack(every, Math.max(1, bans)))
                : Optional.empty();
    }

    private Optional<Mark> endsSoon(List<Ban> own) {
        boolean all = own.stream().allMatch(ban -> ban.until().isPresent());
        return own.stream()
                .flatMap(ban -> ban.until().stream())
                .max(Instant::compareTo)
                .filter(until -> all && until.isBefore(scene.now().plus(SOON)))
                .map(Mark.EndsSoon::new);
    }
}
