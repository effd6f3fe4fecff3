package io.mailban.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.mailban.access.AccessPolicy;
import io.mailban.access.Person;
import io.mailban.access.PersonId;
import io.mailban.access.Role;
import io.mailban.access.SelfApproval;
import io.mailban.approval.Approval;
import io.mailban.approval.ApprovalDecider;
import io.mailban.approval.Stage;
import io.mailban.approval.Stage.Aftermath;
import io.mailban.ban.Address;
import io.mailban.ban.Jail;
import io.mailban.bot.FakeChat;
import io.mailban.bot.Origins;
import io.mailban.bot.Restraint;
import io.mailban.bot.Unbans;
import io.mailban.bot.Watch;
import io.mailban.chat.Card;
import io.mailban.deploy.wiring.RequestIds;
import io.mailban.diagnosis.Diagnosis;
import io.mailban.diagnosis.Finding;
import io.mailban.diagnosis.Question;
import io.mailban.mailserver.Description;
import io.mailban.mailserver.Fail2banSilent;
import io.mailban.mailserver.Remark;
import io.mailban.reply.ReplyWriter;
import io.mailban.restraint.Mode;
import io.mailban.sandbox.MailServer;
import io.mailban.sandbox.Sandbox;
import io.mailban.ssh.SshServer;
import io.mailban.store.SqliteStore;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers of which a part is ill: what is said of it, and that the rest is told all the same; an address for each test. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class AilingServersTest {
    private static final Person ALICE = new Person(new PersonId("terminal", "alice"), "alice");
    private static final Jail SASL = new Jail("postfix-sasl");

    private Sandbox sandbox;

    @BeforeAll
    void boot() {
        sandbox = Sandbox.start("mail1=trixie", "mail2=bookworm,journal");
    }

    @AfterAll
    void end() {
        sandbox.close();
    }

    List<MailServer> servers() {
        return sandbox.servers();
    }

    @ParameterizedTest
    @MethodSource("servers")
    void aFail2banThatHangsIsToldFromOneThatDoesNotRun(MailServer server) {
        server.exec("systemctl", "kill", "--signal=STOP", "fail2ban");
        try (Reach reach = reach(RealServers.reached(server))) {
            Diagnosis.OfServer diagnosis = reach.check("203.0.113.10");
            assertThat(diagnosis.findings())
                    .filteredOn(Finding.Fail2banDown.class::isInstance)
                    .singleElement()
                    .isInstanceOfSatisfying(
                            Finding.Fail2banDown.class,
                            down -> assertThat(down.cause()).isEqualTo(Fail2banSilent.Cause.TOO_LATE));
            assertThat(lines("203.0.113.10", diagnosis))
                    .first()
                    .asString()
                    .isEqualTo(server.name() + ": fail2ban was asked and did not answer in time:"
                            + " it hangs, or the server is very busy");
            assertThat(lines("203.0.113.10", diagnosis))
                    .contains(
                            "to do: time sudo fail2ban-client ping; if that hangs too: sudo systemctl restart fail2ban")
                    .allSatisfy(line ->
                            assertThat(line.split(server.name(), -1)).as(line).hasSizeLessThanOrEqualTo(2));
        } finally {
            server.exec("systemctl", "kill", "--signal=CONT", "fail2ban");
        }
    }

    @Test
    void aMailLogHostThatIsAwayIsNamedAndTheBansAreToldAllTheSame() {
        MailServer server = sandbox.server("mail1");
        MailServer mails = sandbox.server("mail2");
        server.exec("fail2ban-client", "set", "postfix-sasl", "banip", "203.0.113.20");
        server.awaitBan("postfix-sasl", "203.0.113.20");
        SshServer plain = RealServers.reached(server);
        SshServer apart = new SshServer(
                plain.name(),
                plain.host(),
                plain.user(),
                plain.port(),
                plain.key(),
                plain.passphrase(),
                plain.client(),
                plain.logs(),
                Optional.of(RealServers.reached(mails, 2299)));
        String away = "can't be asked: " + mails.sshHost() + " refuses connections on port 2299";
        try (Reach reach = reach(apart)) {
            Diagnosis.OfServer diagnosis = reach.check("203.0.113.20");
            assertThat(diagnosis.worst())
                    .isInstanceOfSatisfying(
                            Finding.Banned.class,
                            banned -> assertThat(banned.bans())
                                    .extracting(ban -> ban.jail())
                                    .containsExactly(SASL));
            assertThat(diagnosis.lines()).as("fail2ban's own log is read").isNotEmpty();
            assertThat(lines("203.0.113.20", diagnosis))
                    .contains("unread: the mail log on " + mails.sshHost() + ": " + away);
            assertThat(lines(
                            ReplyWriter.servers(Map.of(reach.name(), reach.ssh().describe(reach.name())))))
                    .anyMatch(line -> line.contains("the mail log is on " + mails.sshHost() + ", which " + away));
        }
    }

    /** The kernel's clock is everybody's here, so the server's {@code date} and its lines are what is off. */
    @ParameterizedTest
    @ValueSource(ints = {300, -300})
    void aClockThatIsOffIsToldAndTheLoginAfterALiftIsSeenNevertheless(int seconds, @TempDir Path directory)
            throws InterruptedException {
        MailServer server = sandbox.server("mail1");
        String address = seconds > 0 ? "203.0.113.31" : "203.0.113.32";
        server.exec("fail2ban-client", "set", "postfix-sasl", "banip", address);
        server.awaitBan("postfix-sasl", address);
        server.exec("sh", "-c", """
                printf '#!/bin/sh\\nexec /usr/bin/date -d "%s seconds" "$@"\\n' "$1" >/usr/local/bin/date
                chmod 755 /usr/local/bin/date""", "sh", String.valueOf(seconds));
        try (Reach reach = reach(RealServers.reached(server));
                SqliteStore store = SqliteStore.open(directory.resolve("mailban.db"))) {
            Description description = reach.ssh().describe(reach.name());
            assertThat(description)
                    .isInstanceOfSatisfying(
                            Description.Described.class,
                            is -> assertThat(is.remarks())
                                    .singleElement()
                                    .isInstanceOfSatisfying(
                                            Remark.ClockOff.class,
                                            off -> assertThat(off.ahead())
                                                    .isBetween(
                                                            Duration.ofSeconds(seconds - 5L),
                                                            Duration.ofSeconds(seconds + 5L))));
            assertThat(lines(ReplyWriter.servers(Map.of(reach.name(), description))))
                    .anyMatch(line -> line.contains(
                            seconds > 0 ? "the clock is 5 min ahead of ours" : "the clock is 5 min behind ours"));

            // The ban's own time is the kernel's, which is right: only what the mail log says has to be translated.
            Unbans unbans = unbans(reach, store);
            Approval lifted = lift(unbans, address);
            loggedIn(server, address, "before the lift", -60);
            loggedIn(server, address, "after it", 2);
            Watch watch = new Watch(reach.ssh(), reach.ssh(), unbans, decider(), Thread::sleep, InstantSource.system());
            Instant when = ((Stage.Done) lifted.stage()).at();
            assertThat(((Stage.Done) watch.follow(lifted).stage()).aftermath())
                    .isInstanceOfSatisfying(
                            Aftermath.LoggedIn.class, in -> assertThat(in.at()).isBetween(when, when.plusSeconds(10)));
        } finally {
            server.exec("rm", "/usr/local/bin/date");
        }
    }

    /** A login in Dovecot's words, dated by the server's own idea of the time. */
    private static void loggedIn(MailServer server, String address, String session, int seconds) {
        server.exec("sh", "-c", """
                now=$(($(date +%s) + $3))
                echo "$(/usr/bin/date -d "@$now" +%Y-%m-%dT%H:%M:%S.000000%:z) mail1 dovecot: imap-login: Logged in:\
                 user=<bob@example.org>, method=PLAIN, rip=$1, lip=192.0.2.11, mpid=7, TLS, session=<$2>" \
                >>/var/log/mail.log""", "sh", address, session, String.valueOf(seconds));
    }

    private static Approval lift(Unbans unbans, String address) throws InterruptedException {
        if (unbans.plan(Address.of(address), Optional.empty()) instanceof Unbans.Planning.Planned planned
                && unbans.emergency(planned.plan(), ALICE, "it waits for its owner")
                        instanceof Unbans.Requested.Opened opened) {
            return unbans.carryOut(opened.approval());
        }
        throw new AssertionError("nothing was lifted");
    }

    private static Unbans unbans(Reach reach, SqliteStore store) {
        return new Unbans(
                reach.ssh(),
                reach.ssh(),
                new Origins(reach.ssh(), reach.ssh(), reach.ssh(), InstantSource.system()),
                (_, _, step) -> {
                    throw new AssertionError("nobody asked to exempt " + step);
                },
                store.approvals(),
                decider(),
                new RequestIds(),
                new Restraint(store.modeSwitch(), store.uses(), new Mode.ReadsAndWrites(), 20, InstantSource.system()),
                Duration.ofMinutes(1),
                Thread::sleep,
                InstantSource.system());
    }

    private static ApprovalDecider decider() {
        Set<PersonId> alone = Set.of(ALICE.id());
        return new ApprovalDecider(
                new AccessPolicy(Map.of(Role.REQUESTER, alone, Role.APPROVER, alone), SelfApproval.SINGLE_ADDRESS),
                Duration.ofMinutes(30));
    }

    private static List<String> lines(String address, Diagnosis.OfServer diagnosis) {
        return lines(ReplyWriter.diagnosis(new Diagnosis(
                new Question.OfAddress(Address.of(address)), Instant.now(), List.of(diagnosis), List.of())));
    }

    private static List<String> lines(Card card) {
        List<String> lines = new ArrayList<>(List.of(FakeChat.plain(card)));
        card.facts().forEach(fact -> lines.add(fact.label() + ": " + FakeChat.plain(fact.text())));
        return lines;
    }

    private Reach reach(SshServer server) {
        return new Reach(sandbox, server);
    }
}
