package io.mailban.examination;

import io.mailban.ban.Jail;
import io.mailban.examination.Check.Fault;
import io.mailban.examination.Check.Hint;
import io.mailban.examination.Check.NotTold;
import io.mailban.examination.Check.NotTried;
import io.mailban.examination.Check.Subject;
import io.mailban.examination.Check.Well;
import io.mailban.examination.Visit.Fail2ban;
import io.mailban.examination.Visit.JailSeen;
import io.mailban.examination.Visit.Log;
import io.mailban.examination.Visit.LogSeen;
import io.mailban.examination.Visit.Shell;
import io.mailban.examination.Way.Behind;
import io.mailban.mailserver.Fail2banSilent;
import io.mailban.mailserver.Obstacle;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Judges what was tried. Pure. */
public final class Examiner {
    private static final List<Subject> AFTER_LOGIN =
            List.of(Subject.FAIL2BAN, Subject.JAILS, Subject.BAN_LOG, Subject.MAIL_LOG, Subject.CLOCK, Subject.ACCESS);

    /** How each refusal of the gate begins. */
    static final String REFUSED_BY_GATE = "mailban-gate: refused";

    /** {@code NOTICE\\s+} that nothing makes optional. */
    private static final Pattern LEVEL_WANTED = Pattern.compile("NOTICE\\\\s\\+(?!\\)\\?)");

    private static final String CLIENT = "/usr/bin/fail2ban-client";
    private static final String DOCKER = "/usr/bin/docker";

    private Examiner() {}

    /**
     * Judges.
     *
     * @param now when it was tried
     */
    public static Examination judge(Trial trial, Instant now) {
        List<Check> checks = new ArrayList<>();
        switch (trial) {
            case Trial.Stopped stopped -> {
                checks.add(stopped(stopped));
                AFTER_LOGIN.forEach(subject -> checks.add(new NotTried(subject, Subject.LOGIN)));
            }
            case Trial.Inside(var way, var visit) -> {
                checks.add(new Well(
                        Subject.LOGIN, new Good.LoggedIn(way.user(), way.host(), way.port(), visit.hostKey())));
                checks.add(fail2ban(way, visit));
                checks.addAll(jails(visit));
                checks.addAll(LogJudge.judge(way, visit, now));
                checks.addAll(AccessJudge.judge(way, visit));
            }
        }
        return new Examination(trial.way(), checks);
    }

    /** Silence and a broken line may be over the next minute, and nobody knows what to mend. */
    private static Check stopped(Trial.Stopped stopped) {
        Flaw flaw = new Flaw.Obstructed(stopped.obstacle(), stopped.sshElsewhere());
        Obstacle innermost =
                stopped.obstacle() instanceof Obstacle.AtJumpHost(var host, var there) ? there : stopped.obstacle();
        return switch (innermost) {
            case Obstacle.NoAnswer _, Obstacle.TurnedAway _, Obstacle.Broken _ -> new NotTold(Subject.LOGIN, flaw);
            case Obstacle.NameUnknown _,
                    Obstacle.PortClosed _,
                    Obstacle.LoginRefused _,
                    Obstacle.KeyUnusable _,
                    Obstacle.HostKeyUnknown _,
                    Obstacle.HostKeyChanged _,
                    Obstacle.HostKeyRevoked _,
                    Obstacle.AtJumpHost _,
                    Obstacle.NotForwarded _ -> new Fault(Subject.LOGIN, flaw);
        };
    }

    private static Check fail2ban(Way way, Visit visit) {
        return switch (visit.fail2ban()) {
            case Fail2ban.Answers(var version, var client) ->
                client == Fail2ban.Client.STANDING
                        ? new Well(Subject.FAIL2BAN, new Good.Answers(version, client))
                        : new Hint(Subject.FAIL2BAN, new Flaw.OneShotsOnly());
            case Fail2ban.Silent silent -> new Fault(Subject.FAIL2BAN, silence(way, visit.shell(), silent));
        };
    }

    private static Flaw silence(Way way, Shell shell, Fail2ban.Silent silent) {
        Fail2banSilent.Cause cause = silent.cause();
        String words = silent.words();
        return switch (way.client()) {
            case Behind.Gate _ ->
                cause == Fail2banSilent.Cause.NOT_RUNNING
                        ? new Flaw.NotRunning(words)
                        : shell instanceof Shell.Refused && words.contains(REFUSED_BY_GATE)
                                ? new Flaw.GateOutdated(words)
                                : new Flaw.GateMissing(words);
            case Behind.Container(var name) ->
                switch (cause) {
                    case NOT_RUNNING -> new Flaw.ContainerDown(name, words);
                    case NOT_PERMITTED ->
                        words.contains("password")
                                ? new Flaw.SudoRefuses(way.user(), DOCKER)
                                : new Flaw.DockerRefuses(way.user());
                    case NOT_INSTALLED, NOT_UNDERSTOOD, TOO_LATE -> new Flaw.NotUnderstood(cause, words);
                };
            case Behind.Nothing _, Behind.Sudo _ ->
                switch (cause) {
                    case NOT_RUNNING -> new Flaw.NotRunning(words);
                    case NOT_PERMITTED -> notPermitted(way, shell);
                    case NOT_INSTALLED -> missing(shell);
                    case NOT_UNDERSTOOD, TOO_LATE -> new Flaw.NotUnderstood(cause, words);
                };
        };
    }

    private static Flaw notPermitted(Way way, Shell shell) {
        if (shell instanceof Shell.Given given && clientIn(given).isEmpty()) {
            return missing(shell);
        }
        return way.client() instanceof Behind.Sudo
                ? new Flaw.SudoRefuses(way.user(), program(shell))
                : new Flaw.SudoMissing(
                        way.user(),
                        program(shell),
                        SudoRules.allowFail2ban(shell)
                                ? Flaw.SudoMissing.Allowed.ALREADY
                                : Flaw.SudoMissing.Allowed.NOT_YET);
    }

    private static Flaw missing(Shell shell) {
        return switch (shell) {
            case Shell.Given given
            when clientIn(given).isPresent() ->
                new Flaw.ClientElsewhere(clientIn(given).get());
            case Shell.Given given -> new Flaw.NotInstalled(given.installer());
            case Shell.Refused _ -> new Flaw.NotInstalled(Optional.empty());
        };
    }

    private static String program(Shell shell) {
        return shell instanceof Shell.Given given ? clientIn(given).orElse(CLIENT) : CLIENT;
    }

    private static Optional<String> clientIn(Shell.Given given) {
        return given.clients().stream().findFirst();
    }

    private static List<Check> jails(Visit visit) {
        if (visit.fail2ban() instanceof Fail2ban.Silent) {
            return List.of(new NotTried(Subject.JAILS, Subject.FAIL2BAN));
        }
        if (visit.jails().isEmpty()) {
            return List.of(new Fault(Subject.JAILS, new Flaw.NoJails()));
        }
        List<Check> checks = new ArrayList<>();
        List<Jail> all = visit.jails().stream().map(JailSeen::jail).toList();
        checks.add(new Well(Subject.JAILS, new Good.Guarding(all)));
        for (JailSeen jail : visit.jails()) {
            if (jail.watches().isEmpty()) {
                checks.add(new Fault(Subject.JAILS, new Flaw.WatchesNothing(jail.jail())));
            }
            jail.networks()
                    .forEach(network ->
                            checks.add(new Hint(Subject.JAILS, new Flaw.NetworkWithoutEffect(jail.jail(), network))));
        }
        recidive(visit).ifPresent(checks::add);
        return checks;
    }

    /** recidive reads fail2ban's own log; fail2ban 1.0 leaves the level out in the journal, and its filter wants it. */
    private static Optional<Check> recidive(Visit visit) {
        List<String> banLogs = visit.logs().stream()
                .filter(log -> log.log() == Log.BAN)
                .map(LogSeen::source)
                .toList();
        return visit.jails().stream()
                .filter(jail ->
                        jail.jail().equals(Jail.RECIDIVE) && !jail.watches().isEmpty())
                .flatMap(jail -> deaf(jail, banLogs, visit.fail2ban()).stream())
                .<Check>map(source -> new Hint(Subject.JAILS, new Flaw.RecidiveBlind(source)))
                .findFirst();
    }

    private static Optional<Flaw.RecidiveBlind.Source> deaf(
            JailSeen recidive, List<String> banLogs, Fail2ban fail2ban) {
        if (recidive.watches().getFirst().startsWith("/")) {
            return banLogs.stream().anyMatch(recidive.watches()::contains)
                    ? Optional.empty()
                    : Optional.of(Flaw.RecidiveBlind.Source.FILE);
        }
        boolean leftOut = fail2ban instanceof Fail2ban.Answers(var version, var client) && version.startsWith("1.0.");
        boolean wantsLevel = leftOut
                && !recidive.patterns().isEmpty()
                && recidive.patterns().stream()
                        .allMatch(pattern -> LEVEL_WANTED.matcher(pattern).find());
        return wantsLevel ? Optional.of(Flaw.RecidiveBlind.Source.JOURNAL) : Optional.empty();
    }
}
