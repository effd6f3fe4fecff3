package io.mailban.diagnosis;

import static java.util.stream.Collectors.groupingBy;

import io.mailban.ban.Jail;
import io.mailban.ban.Mailbox;
import io.mailban.fail2ban.LogEvent;
import io.mailban.known.Whose;
import io.mailban.maillog.Cause;
import io.mailban.maillog.MailEvent;
import io.mailban.mailserver.JailSettings;
import io.mailban.mailserver.Trace;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Explains what the address tried, and what came of it. */
record Attempts(Scene scene) {
    /** Older failures are another story. */
    private static final Duration LATELY = Duration.ofDays(1);

    /** A login by somebody who had to guess the name or the password. */
    Optional<Finding> guessThatWorked() {
        if (!(scene.whose() instanceof Whose.Suspicious suspicious)
                || suspicious.gotIn().isEmpty()) {
            return Optional.empty();
        }
        return scene.logins()
                .filter(login -> suspicious.gotIn().contains(((MailEvent.Login) login.event()).mailbox()))
                .max(Comparator.comparing(Trace.OfMail::at))
                .map(login -> new Finding.GuessWorked(
                        scene.address(), triedBefore(login.at(), suspicious), suspicious.gotIn(), login.at()));
    }

    /** What failed after the login is no part of how it came about. */
    private Set<Mailbox> triedBefore(Instant login, Whose.Suspicious suspicious) {
        Set<Mailbox> before = Failure.names(scene.failures().stream()
                .filter(failure -> failure.at().isBefore(login))
                .toList());
        return before.isEmpty() ? suspicious.names() : before;
    }

    /** Failures that fail2ban has counted, and which make no ban yet. */
    List<Finding> failing() {
        Map<Jail, List<Trace.OfFail2ban>> found = scene.fail2ban()
                .filter(trace -> trace.event() instanceof LogEvent.Found failure
                        && failure.escalation().isEmpty())
                .collect(groupingBy(trace -> ((LogEvent.Found) trace.event()).jail()));
        List<Finding> findings = new ArrayList<>();
        scene.settings().filter(jail -> !jail.exempts(scene.address())).forEach(jail -> {
            Instant from = max(scene.now().minus(jail.findTime()), lastBanOrLift(jail.jail()));
            List<Trace.OfFail2ban> recent = found.getOrDefault(jail.jail(), List.of()).stream()
                    .filter(trace -> trace.at().isAfter(from))
                    .toList();
            // Recidive counts bans: the one that just ended is no failure of now, the next to last is worth a word.
            boolean early = jail.jail().equals(Jail.RECIDIVE) && recent.size() < jail.maxRetry() - 1;
            if (!recent.isEmpty()
                    && !early
                    && !scene.loggedInSince(recent.getLast().at())) {
                findings.add(failing(jail, recent));
            }
        });
        return findings;
    }

    private Finding failing(JailSettings jail, List<Trace.OfFail2ban> recent) {
        BanCause cause = new LogCauses(scene)
                .within(
                        recent.getFirst().at().minusSeconds(2),
                        recent.getLast().at().plusSeconds(2))
                .orElse(new BanCause.OtherLines(recent.size(), recent.getLast().at()));
        return new Finding.Failing(
                scene.address(), jail.jail(), recent.size(), jail.maxRetry(), jail.findTime(), cause, scene.whose());
    }

    /** Refused tokens: the newest failures, and no login since. */
    Optional<Finding> signInAgain() {
        List<Failure> refused = scene.failures().stream()
                .filter(failure -> failure.event().cause() == Cause.TOKEN_REFUSED)
                .filter(failure -> failure.at().isAfter(scene.now().minus(LATELY)))
                .toList();
        if (refused.isEmpty() || scene.loggedInSince(refused.getLast().at())) {
            return Optional.empty();
        }
        Set<Mailbox> names = Failure.names(refused);
        return Optional.of(new Finding.SignInAgain(
                scene.address(),
                names.size() == 1 ? names.stream().findFirst() : Optional.empty(),
                Failure.attempts(refused),
                refused.getLast().at()));
    }

    /** The names that it failed for lately without a domain. */
    static Set<Mailbox> bareNames(List<Failure> failures, Instant now) {
        return Failure.names(failures.stream()
                .filter(failure -> failure.at().isAfter(now.minus(LATELY)))
                .filter(failure -> failure.event()
                        .mailbox()
                        .filter(mailbox -> mailbox.name().indexOf('@') < 0)
                        .isPresent())
                .toList());
    }

    /** Names that fail without a domain, while others log in with it, here or elsewhere. */
    List<Finding> withoutDomain(Neighbours neighbours) {
        List<Finding> findings = new ArrayList<>();
        for (Mailbox bare : bareNames(scene.failures(), scene.now())) {
            List<Failure> failed = scene.failures().stream()
                    .filter(failure -> failure.event().mailbox().equals(Optional.of(bare)))
                    .toList();
            Instant last = failed.getLast().at();
            boolean works = scene.logins()
                            .anyMatch(login ->
                                    ((MailEvent.Login) login.event()).mailbox().equals(bare))
                    || neighbours.logsIn(bare);
            if (!works && !scene.loggedInSince(last)) {
                neighbours
                        .withDomain(bare)
                        .ifPresent(full -> findings.add(new Finding.WithoutDomain(
                                scene.address(), bare, full, Failure.attempts(failed), last)));
            }
        }
        return findings;
    }

    /** Logins that fail although nothing is banned and no jail counts them (any more). */
    Optional<Finding> loginsFail(List<Finding> sofar) {
        List<Failure> failures = scene.failures();
        boolean told = sofar.stream()
                .anyMatch(finding -> finding instanceof Finding.Failing
                        || finding instanceof Finding.SignInAgain
                        || finding instanceof Finding.WithoutDomain
                        || finding instanceof Finding.GuessWorked);
        if (failures.isEmpty() || told || !scene.standingKnown()) {
            return Optional.empty();
        }
        Instant last = failures.getLast().at();
        boolean over = scene.loggedInSince(last)
                || lastLift().filter(lift -> lift.at().isAfter(last)).isPresent();
        return over
                ? Optional.empty()
                : new LogCauses(scene)
                        .within(last.minus(LATELY), last)
                        .map(cause -> new Finding.LoginsFail(scene.address(), cause, scene.whose()));
    }

    /** The address reaches the server, and that is all that it does. */
    Optional<Finding> onlyConnects() {
        List<Trace.OfMail> connections = scene.mail()
                .filter(trace -> trace.event() instanceof MailEvent.Connected)
                .toList();
        return connections.isEmpty()
                ? Optional.empty()
                : Optional.of(new Finding.OnlyConnects(
                        scene.address(),
                        connections.size(),
                        ((MailEvent.Connected) connections.getLast().event()).protocol(),
                        connections.getLast().at()));
    }

    private Optional<Trace.OfFail2ban> lastLift() {
        return scene.fail2ban()
                .filter(trace -> trace.event() instanceof LogEvent.Unbanned)
                .reduce((_, later) -> later);
    }

    /** What the address did last, where nothing keeps it out: it logged in, or its ban ended and it has not. */
    Optional<Finding> gettingInOrEnded(List<Finding> sofar) {
        Optional<Trace.OfFail2ban> ended = lastLift();
        Optional<Trace.OfMail> login = scene.lastLogin();
        boolean failing = sofar.stream().anyMatch(Finding.Failing.class::isInstance);
        if (login.isPresent()
                && !failing
                && ended.map(Trace::at).orElse(Instant.MIN).isBefore(login.get().at())) {
            MailEvent.Login event = (MailEvent.Login) login.get().event();
            return Optional.of(new Finding.GettingIn(
                    scene.address(), login.get().at(), event.mailbox(), event.protocol(), scene.whose()));
        }
        return ended.filter(_ -> scene.standingKnown())
                .map(trace ->
                        new Finding.BanEnded(scene.address(), ((LogEvent.Unbanned) trace.event()).jail(), trace.at()));
    }

    private Instant lastBanOrLift(Jail jail) {
        return scene.fail2ban()
                .filter(trace -> trace.event() instanceof LogEvent.OfJail event
                        && event.jail().equals(jail)
                        && (event instanceof LogEvent.Banned || event instanceof LogEvent.Unbanned))
                .map(Trace::at)
                .max(Instant::compareTo)
                .orElse(Instant.MIN);
    }

    private static Instant max(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
