package io.mailban.examination;

import static org.assertj.core.api.Assertions.assertThat;

import io.mailban.ban.Jail;
import io.mailban.ban.Network;
import io.mailban.ban.ServerName;
import io.mailban.examination.Check.Subject;
import io.mailban.examination.Examination.Verdict;
import io.mailban.examination.Visit.Fail2ban;
import io.mailban.examination.Visit.FileSeen;
import io.mailban.examination.Visit.JailSeen;
import io.mailban.examination.Visit.Log;
import io.mailban.examination.Visit.LogSeen;
import io.mailban.examination.Visit.Power;
import io.mailban.examination.Visit.Shell;
import io.mailban.examination.Way.Behind;
import io.mailban.mailserver.Fail2banSilent.Cause;
import io.mailban.mailserver.Obstacle;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What can't be had on the sandbox's servers: a wrong clock, docker, silence. */
class ExaminerTest {
    private static final Instant NOW = Instant.parse("2026-11-22T21:00:00Z");
    private static final Fail2ban ANSWERS = new Fail2ban.Answers("1.0.2", Fail2ban.Client.STANDING);
    private static final JailSeen SASL = jail("postfix-sasl", 3, 1, List.of());

    @ParameterizedTest
    @CsvSource({"0, 0", "5000, 0", "-5000, 0", "7000, 7000", "-90000, -90000"})
    void aClockIsWrongBeyondWhatTheWayThereExplains(long ahead, long told) {
        List<Flaw> flaws = flaws(Examiner.judge(inside(sudo(), visit(given(ahead), ANSWERS, List.of(SASL))), NOW));
        assertThat(flaws).isEqualTo(told == 0 ? List.of() : List.of(new Flaw.ClockWrong(Duration.ofMillis(told))));
    }

    @Test
    void silenceIsNotToldAndARefusalIsAFault() {
        Examination silent = Examiner.judge(stopped(new Obstacle.NoAnswer("mail1", 22, Duration.ofSeconds(15))), NOW);
        assertThat(silent.verdict()).isEqualTo(Verdict.NOT_TOLD);
        Examination refused = Examiner.judge(stopped(new Obstacle.LoginRefused("mailban", "mail1", "a key")), NOW);
        assertThat(refused.verdict()).isEqualTo(Verdict.TO_MEND);
        assertThat(refused.checks())
                .filteredOn(Check.NotTried.class::isInstance)
                .extracting(Check::subject)
                .containsExactly(
                        Subject.FAIL2BAN,
                        Subject.JAILS,
                        Subject.BAN_LOG,
                        Subject.MAIL_LOG,
                        Subject.CLOCK,
                        Subject.ACCESS);
    }

    @Test
    void aContainerThatDoesNotRunAndADockerThatRefuses() {
        Way docker = way(new Behind.Container("mailserver"));
        assertThat(mendings(docker, new Fail2ban.Silent(Cause.NOT_RUNNING, "No such container: mailserver")))
                .contains("sudo docker start mailserver");
        assertThat(mendings(docker, new Fail2ban.Silent(Cause.NOT_PERMITTED, "permission denied")))
                .containsExactly(
                        "printf '%s\\n' 'mailban ALL=(root) NOPASSWD: /usr/bin/docker' | sudo tee /etc/sudoers.d/mailban-may-docker"
                                + " && sudo chmod 440 /etc/sudoers.d/mailban-may-docker",
                        "prefix: sudo -n docker exec -i mailserver");
    }

    @Test
    void aFail2banThatDoesNotAnswerLeavesItsJailsUntriedAndSaysNothingOfRoot() {
        Examination examination = Examiner.judge(
                inside(sudo(), visit(given(0), new Fail2ban.Silent(Cause.NOT_RUNNING, "x"), List.of())), NOW);
        assertThat(examination.checks())
                .contains(
                        new Check.NotTried(Subject.JAILS, Subject.FAIL2BAN),
                        new Check.NotTried(Subject.ACCESS, Subject.FAIL2BAN));
    }

    @Test
    void aNetworkInASetForAddressesAndAJailThatWatchesNothing() {
        JailSeen blind = new JailSeen(new Jail("dovecot"), 0, 0, List.of(), List.of(), List.of());
        Network network = Network.find("203.0.113.0/24").orElseThrow();
        JailSeen wide = jail("postfix-sasl", 1, 1, List.of(network));
        Examination examination = Examiner.judge(inside(sudo(), visit(given(0), ANSWERS, List.of(blind, wide))), NOW);
        assertThat(examination.checks())
                .contains(
                        new Check.Fault(Subject.JAILS, new Flaw.WatchesNothing(new Jail("dovecot"))),
                        new Check.Hint(
                                Subject.JAILS, new Flaw.NetworkWithoutEffect(new Jail("postfix-sasl"), network)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /var/log/fail2ban.log                | NOTICE\\s+\\[x\\]\\s+Ban         |
            /var/log/other.log                   | NOTICE\\s+\\[x\\]\\s+Ban         | FILE
            _SYSTEMD_UNIT=fail2ban.service       | NOTICE\\s+\\[x\\]\\s+Ban         | JOURNAL
            _SYSTEMD_UNIT=fail2ban.service       | (?:NOTICE\\s+)?\\[x\\]\\s+Ban    |
            """)
    void recidiveHasToSeeWhatFail2banLogs(String watched, String pattern, Flaw.RecidiveBlind.@Nullable Source blind) {
        JailSeen recidive = new JailSeen(new Jail("recidive"), 0, 0, List.of(watched), List.of(pattern), List.of());
        List<Flaw> hints =
                Examiner.judge(inside(sudo(), visit(given(0), ANSWERS, List.of(SASL, recidive))), NOW).checks().stream()
                        .filter(check -> check instanceof Check.Hint && check.subject() == Subject.JAILS)
                        .map(check -> ((Check.Hint) check).flaw())
                        .toList();
        assertThat(hints).isEqualTo(blind == null ? List.of() : List.of(new Flaw.RecidiveBlind(blind)));
    }

    /** Nothing that a server says can make a line of ours two. */
    @Test
    void whatAServerSaysStaysOneWordOfOneLine() {
        assertThat(new Mendings(sudo(), "mail1").of(new Flaw.ClientElsewhere("/opt/x'; reboot;\n echo '")))
                .singleElement()
                .satisfies(mending -> assertThat(mending.line())
                        .isEqualTo("sudo ln -s '/opt/x'\\''; reboot;? echo '\\''' /usr/local/bin/fail2ban-client"));
    }

    @ParameterizedTest
    @EnumSource(Power.class)
    void behindAGateEachPowerIsAFault(Power power) {
        Visit open = new Visit(
                "ssh-ed25519 SHA256:x",
                new Shell.Refused(""),
                ANSWERS,
                List.of(SASL),
                logs(),
                Optional.of(ZoneOffset.UTC),
                Set.of(power),
                Set.of(),
                Set.of());
        assertThat(Examiner.judge(inside(way(new Behind.Gate()), open), NOW).verdict())
                .isEqualTo(Verdict.TO_MEND);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            (root) NOPASSWD: ALL                                         | true
            (ALL : ALL) NOPASSWD: ALL                                    | true
            (root) NOPASSWD: /usr/bin/fail2ban-client                    | false
            (ALL : ALL) ALL                                              | false
            (www-data) NOPASSWD: ALL                                     | false
            (root) NOPASSWD: /usr/bin/ls, /usr/bin/fail2ban-client       | false
            """)
    void sudoRulesAreRead(String rule, boolean all) {
        assertThat(SudoRules.allowAll(List.of(rule))).isEqualTo(all);
    }

    private static Visit visit(Shell shell, Fail2ban fail2ban, List<JailSeen> jails) {
        return new Visit(
                "ssh-ed25519 SHA256:x",
                shell,
                fail2ban,
                jails,
                logs(),
                Optional.of(ZoneOffset.UTC),
                Set.of(Power.SHELL),
                Set.of(Power.SECRETS),
                Set.of());
    }

    private static List<LogSeen> logs() {
        FileSeen file = new FileSeen("adm", "-rw-r-----", NOW);
        return List.of(
                new LogSeen(Log.BAN, "/var/log/fail2ban.log", Optional.of(NOW), Optional.empty(), Optional.of(file)),
                new LogSeen(Log.MAIL, "/var/log/mail.log", Optional.of(NOW), Optional.empty(), Optional.of(file)));
    }

    private static Shell given(long aheadMillis) {
        return new Shell.Given(
                "mailban",
                Set.of("adm"),
                Optional.of(Duration.ofMillis(aheadMillis)),
                Duration.ofMillis(600),
                List.of("/usr/bin/fail2ban-client"),
                Optional.of("apt-get"),
                List.of("(root) NOPASSWD: /usr/bin/fail2ban-client"),
                List.of(),
                Optional.empty());
    }

    private static JailSeen jail(String name, int failures, int bans, List<Network> networks) {
        return new JailSeen(new Jail(name), failures, bans, List.of("/var/log/x.log"), List.of(), networks);
    }

    private static Trial inside(Way way, Visit visit) {
        return new Trial.Inside(way, visit);
    }

    private static Trial stopped(Obstacle obstacle) {
        return new Trial.Stopped(sudo(), obstacle, OptionalInt.empty());
    }

    private static Way sudo() {
        return way(new Behind.Sudo());
    }

    private static Way way(Behind client) {
        return new Way(
                new ServerName("mail1"),
                "mail1.example.org",
                22,
                "mailban",
                client,
                new Behind.Nothing(),
                Optional.of("ssh-ed25519 AAAA mailban"));
    }

    private static List<Flaw> flaws(Examination examination) {
        return examination.checks().stream()
                .filter(Check.Fault.class::isInstance)
                .map(check -> ((Check.Fault) check).flaw())
                .toList();
    }

    private static List<String> mendings(Way way, Fail2ban silent) {
        Mendings mendings = new Mendings(way, "mail1");
        return Examiner.judge(inside(way, visit(given(0), silent, List.of())), NOW).checks().stream()
                .flatMap(check -> mendings.of(check).stream())
                .map(Mending::line)
                .toList();
    }
}
