package io.mailban.bot;

import static io.mailban.approval.SampleApprovals.NOON;
import static io.mailban.bot.BotOfFakes.ALICE;
import static io.mailban.bot.BotOfFakes.CAROL;
import static io.mailban.bot.BotOfFakes.DAVE;
import static io.mailban.bot.BotOfFakes.HERE;
import static org.assertj.core.api.Assertions.assertThat;

import io.mailban.access.Person;
import io.mailban.access.SelfApproval;
import io.mailban.approval.ApprovalId;
import io.mailban.approval.InMemoryApprovals;
import io.mailban.approval.Stage;
import io.mailban.audit.InMemoryAudit;
import io.mailban.ban.Address;
import io.mailban.ban.Jail;
import io.mailban.ban.Mailbox;
import io.mailban.chat.CardAction;
import io.mailban.chat.Incoming;
import io.mailban.logtime.LogTime;
import io.mailban.maillog.Cause;
import io.mailban.maillog.MailEvent;
import io.mailban.maillog.Protocol;
import io.mailban.maillog.Service;
import io.mailban.mailserver.Trace;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

final class BotTest {
    private static final Person MALLORY = BotOfFakes.person("mallory");
    private static final Address LAPTOP = Address.of("203.0.113.7");

    private final BotOfFakes fakes = new BotOfFakes(SelfApproval.REFUSED, BotOfFakes.Waiting.MOVES_THE_CLOCK);
    private final SettableClock clock = fakes.clock;
    private final FakeServers servers = fakes.servers;
    private final FakeChat chat = fakes.chat;
    private final InMemoryAudit audit = fakes.audit;
    private final InMemoryApprovals store = fakes.store;
    private final Bot bot = fakes.bot();

    @Test
    void aBanIsAskedForApprovedLiftedAndTheClientIsSeenToComeBack() {
        servers.log(login(NOON.plusSeconds(5)));
        say(ALICE, "unban 203.0.113.7 password changed");
        say(CAROL, "approve aaaaaaa1");
        Patience.await().until(() -> chat.said().size() >= 4);
        assertThat(chat.said())
                .containsExactly(
                        "ping 1 [carol, dave]: alice asks to lift the ban on 203.0.113.7 (mail1: postfix-sasl)",
                        "edit 1: approved by carol at 2026-11-22T12:00:00Z: the ban on 203.0.113.7 is about to be lifted",
                        "edit 1: the ban on 203.0.113.7 is lifted by carol at 2026-11-22T12:00:00Z, checked. Waiting for the client …",
                        "edit 1: bob@example.org logged in by IMAP from 203.0.113.7 at 2026-11-22T12:00:05Z; lifted by carol at 2026-11-22T12:00:00Z");
        assertThat(servers.lifted()).containsExactly("mail1 postfix-sasl 203.0.113.7");
        assertThat(audit.newest(10))
                .extracting(entry -> entry.act() + " " + entry.who().name())
                .containsExactly(
                        "WATCHED mailban", "FINISHED mailban", "STARTED mailban", "APPROVED carol", "REQUESTED alice");
    }

    @Test
    void approversSeeTheAlarmThatThereIsAboutAnAddress() {
        List.of("carol@example.org", "dave@example.org", "erin@example.org")
                .forEach(name -> servers.log(failure(name, NOON.minusSeconds(1200))));
        servers.log(login(NOON.minusSeconds(1000)));
        servers.log(failure("frank@example.org", NOON.minusSeconds(900)));
        say(ALICE, "unban 203.0.113.7 let me in");
        Patience.await().until(() -> chat.said().size() >= 2);
        assertThat(chat.said())
                .containsExactly(
                        "ping 1 [carol, dave]: alice asks to lift the ban on 203.0.113.7 (mail1: postfix-sasl)",
                        "post 2: 203.0.113.7 failed for 3 names on mail1, then logged in as bob@example.org: a guess that worked");
    }

    @Test
    void aHistoryIsWhisperedToHelpersAndAudited() {
        servers.log(login(NOON.minusSeconds(60)));
        say(MALLORY, "history bob@example.org");
        assertThat(chat.said()).last().asString().startsWith("to mallory: that takes the role helper");
        assertThat(audit.newest(9)).isEmpty();
        say(CAROL, "history bob@example.org");
        assertThat(chat.said()).last().isEqualTo("to carol: what happened to bob@example.org, newest first");
        assertThat(audit.newest(9))
                .extracting(entry -> entry.act() + " " + entry.subject())
                .containsExactly("HISTORY_SHOWN bob@example.org");
    }

    @Test
    void forgettingIsForAShell() {
        say(CAROL, "forget bob@example.org");
        assertThat(chat.said())
                .last()
                .isEqualTo("to carol: forget erases for good, and is given in a shell: mailban forget bob@example.org");
    }

    @Test
    void aSecondClickIsToldWhoWasFirst() {
        say(ALICE, "unban 203.0.113.7 password changed");
        say(CAROL, "deny aaaaaaa1 which laptop?");
        say(DAVE, "approve aaaaaaa1");
        assertThat(chat.said())
                .last()
                .isEqualTo("to dave: too late, it is decided: denied by carol at 2026-11-22T12:00:00Z: “which laptop?”."
                        + " The ban on 203.0.113.7 stands");
        assertThat(servers.lifted()).isEmpty();
    }

    @Test
    void theSameRequestTwiceIsOneRequest() {
        say(ALICE, "unban 203.0.113.7 password changed");
        say(CAROL, "unban 203.0.113.7 me too");
        say(ALICE, "unban 203.0.113.7 really");
        assertThat(chat.said())
                .contains(
                        "to alice: you have asked for this already, at 2026-11-22T12:00:00Z: it is request aaaaaaa1",
                        "to carol: this was asked for already, by alice at 2026-11-22T12:00:00Z: request aaaaaaa1 counts for both");
        assertThat(store.open()).hasSize(1);
    }

    @Test
    void whoMayNotChangesNothingAndIsToldWhy() {
        say(MALLORY, "unban 203.0.113.7 please");
        say(ALICE, "unban 203.0.113.7 password changed");
        bot.handle(new Incoming.Pressed(MALLORY, HERE, new CardAction.Approve(new ApprovalId("aaaaaaa1"))));
        assertThat(chat.said().getFirst())
                .startsWith(
                        "to mallory: that takes the role requester, which mallory (terminal:mallory) does not hold");
        assertThat(chat.said().getLast()).startsWith("to mallory: that takes the role approver");
        assertThat(servers.lifted()).isEmpty();
    }

    @Test
    void nobodyIsAskedForAReasonToLiftWhatIsNotBanned() {
        say(ALICE, "unban 203.0.113.8");
        assertThat(chat.said()).containsExactly("to alice: 203.0.113.8 is in no jail: there is nothing to lift");
    }

    @Test
    void aNetworkWithoutABanOfItsOwnMentionsThoseInside() {
        say(ALICE, "unban 203.0.113.0/24 please");
        assertThat(chat.said())
                .containsExactly("to alice: 203.0.113.0/24 itself is in no jail; 1 ban inside it stands");
        assertThat(store.open()).isEmpty();
        say(ALICE, "unban 203.0.112.0/24 please");
        assertThat(chat.said()).last().isEqualTo("to alice: 203.0.112.0/24 is in no jail: there is nothing to lift");
    }

    @Test
    void anAddressInsideABannedNetworkIsNotLiftedWithIt() {
        servers.ban("mail2", "recidive", "198.51.100.0/24", NOON);
        say(ALICE, "unban 198.51.100.9 please");
        assertThat(chat.said()).containsExactly("to alice: 198.51.100.9 is in no jail: there is nothing to lift");
        assertThat(store.open()).isEmpty();
    }

    @Test
    void aBanThatIsGoneBeforeItIsRunIsOvertaken() {
        say(ALICE, "unban 203.0.113.7 password changed");
        var _ = servers.lift(servers.names().getFirst(), new Jail("postfix-sasl"), LAPTOP);
        say(CAROL, "approve aaaaaaa1");
        Patience.await().until(() -> chat.said().getLast().startsWith("edit 1: nothing to do"));
    }

    @Test
    void whoeverAskedAndWhoeverJoinedSeesTheOutcome() {
        say(ALICE, "unban 203.0.113.7 password changed");
        say(DAVE, "unban 203.0.113.7 me too");
        say(CAROL, "approve aaaaaaa1");
        Patience.await().until(() -> chat.said().stream().anyMatch(line -> line.startsWith("edit 2: the ban on")));
        assertThat(store.find(new ApprovalId("aaaaaaa1")).orElseThrow().joiners())
                .singleElement()
                .satisfies(joiner -> assertThat(joiner.by()).isEqualTo(DAVE));
        assertThat(chat.said())
                .contains(
                        "edit 1: the ban on 203.0.113.7 is lifted by carol at 2026-11-22T12:00:00Z, checked. Waiting for the client …");
    }

    @Test
    void aNetworkTakesTwoPeopleAndEveryCopyOfTheCardSaysWhoIsMissing() {
        servers.ban("mail2", "recidive", "198.51.100.0/24", NOON);
        say(ALICE, "unban 198.51.100.0/24 our new provider");
        bot.handle(new Incoming.Pressed(CAROL, HERE, new CardAction.Approve(new ApprovalId("aaaaaaa1"))));
        bot.handle(new Incoming.Pressed(CAROL, HERE, new CardAction.Approve(new ApprovalId("aaaaaaa1"))));
        assertThat(chat.said())
                .containsExactly(
                        "ping 1 [carol, dave]: alice asks to lift the ban on 198.51.100.0/24 (mail2: recidive): 0 of 2 approvals, 2 more are needed",
                        "edit 1: alice asks to lift the ban on 198.51.100.0/24 (mail2: recidive): 1 of 2 approvals, 1 more is needed",
                        "to carol: your yes to request aaaaaaa1 counts already, and once; 1 more is needed, from somebody else");
        assertThat(servers.lifted()).isEmpty();
        bot.handle(new Incoming.Pressed(DAVE, HERE, new CardAction.Approve(new ApprovalId("aaaaaaa1"))));
        Patience.await().until(() -> chat.said().getLast().contains("is lifted"));
        assertThat(chat.said().getLast())
                .isEqualTo(
                        "edit 1: the ban on 198.51.100.0/24 is lifted by carol and dave at 2026-11-22T12:00:00Z, checked");
        assertThat(servers.lifted()).containsExactly("mail2 recidive 198.51.100.0/24");
    }

    @Test
    void aButtonTakesOnesOwnRequestBack() {
        say(ALICE, "unban 203.0.113.7 password changed");
        bot.handle(new Incoming.Pressed(DAVE, HERE, new CardAction.Withdraw(new ApprovalId("aaaaaaa1"))));
        bot.handle(new Incoming.Pressed(ALICE, HERE, new CardAction.Withdraw(new ApprovalId("aaaaaaa1"))));
        assertThat(chat.said().subList(1, 3))
                .containsExactly(
                        "to dave: request aaaaaaa1 is alice's, who alone can withdraw it",
                        "edit 1: the request for 203.0.113.7 was withdrawn by alice at 2026-11-22T12:00:00Z");
    }

    @Test
    void anEmergencyRunsAtOnceEndsWhatWaitsAndCallsTheOtherApprovers() {
        say(ALICE, "unban 203.0.113.7 password changed");
        say(CAROL, "emergency 203.0.113.7 the director waits");
        Patience.await().until(() -> chat.said().stream().anyMatch(line -> line.startsWith("edit 2: the ban on")));
        assertThat(chat.said().subList(1, 5))
                .containsExactly(
                        "edit 1: ended at 2026-11-22T12:00:00Z: the ban on 203.0.113.7 is lifted without approval; see request aaaaaaa3",
                        "post 2: ordered by carol at 2026-11-22T12:00:00Z (without approval): the ban on 203.0.113.7 is about to be lifted",
                        "ping 3 [dave]: carol lifts the ban on 203.0.113.7 (mail1: postfix-sasl) without approval: “the director waits”",
                        "edit 2: the ban on 203.0.113.7 is lifted by carol at 2026-11-22T12:00:00Z (without approval), checked. Waiting for the client …");
        say(DAVE, "approve aaaaaaa1");
        assertThat(chat.said())
                .filteredOn(line -> line.startsWith("to dave: too late, it is decided: ended"))
                .hasSize(1);
    }

    @Test
    void anEmergencyTakesTheRoleAndAReason() {
        say(ALICE, "emergency 203.0.113.7 please");
        say(CAROL, "emergency 203.0.113.7");
        assertThat(chat.said().getFirst()).startsWith("to alice: that takes the role approver");
        assertThat(chat.said().getLast())
                .isEqualTo(
                        "to carol: emergency 203.0.113.7: a reason is missing; nothing is lifted without approval and without a reason");
        assertThat(servers.lifted()).isEmpty();
    }

    @Test
    void moreThanWasApprovedIsAskedForAnewWhereTheOldCardStands() {
        say(ALICE, "unban 203.0.113.7 password changed");
        servers.ban("mail1", "recidive", "203.0.113.7", NOON);
        say(CAROL, "approve aaaaaaa1");
        Patience.await().until(() -> chat.said().getLast().startsWith("ping 2"));
        assertThat(chat.said())
                .endsWith(
                        "edit 1: nothing was lifted at 2026-11-22T12:00:00Z: more than was approved bans 203.0.113.7 now; see request aaaaaaa2",
                        "ping 2 [carol, dave]: alice asks to lift the ban on 203.0.113.7 (mail1: postfix-sasl, mail1: recidive): 0 of 2 approvals, 2 more are needed");
        assertThat(servers.lifted()).isEmpty();
    }

    @Test
    void aServerThatIsDownIsTriedAgainWithoutRepeatingTheOthers() {
        servers.ban("mail2", "dovecot", "203.0.113.7", NOON.minusSeconds(60));
        say(ALICE, "unban 203.0.113.7 password changed");
        servers.goDown("mail2");
        backOn(Duration.ofSeconds(15), () -> servers.comeBack("mail2"));
        say(CAROL, "approve aaaaaaa1");
        Patience.await().until(() -> chat.said().getLast().contains("come back by"));
        assertThat(chat.said())
                .contains(
                        "edit 1: approved by carol at 2026-11-22T12:00:00Z: lifting the ban on 203.0.113.7; not every server could be asked,"
                                + " tried again at 2026-11-22T12:00:05Z, until 2026-11-22T12:30:00Z",
                        "edit 1: approved by carol at 2026-11-22T12:00:00Z: lifting the ban on 203.0.113.7; not every server could be asked,"
                                + " tried again at 2026-11-22T12:00:15Z, until 2026-11-22T12:30:00Z",
                        "edit 1: the ban on 203.0.113.7 is lifted by carol at 2026-11-22T12:00:15Z, checked. Waiting for the client …");
        assertThat(servers.lifted()).containsExactly("mail1 postfix-sasl 203.0.113.7", "mail2 dovecot 203.0.113.7");
    }

    @Test
    void aBanThatEndsWhileItsRequestWaitsEndsTheRequest() throws InterruptedException {
        say(ALICE, "unban 203.0.113.7 password changed");
        servers.end("mail1", "postfix-sasl", "203.0.113.7");
        assertThat(fakes.unbans
                        .endIfGone(store.find(new ApprovalId("aaaaaaa1")).orElseThrow())
                        .stage())
                .isInstanceOf(Stage.Overtaken.class);
    }

    /** When the clock gets there, something happens, once. */
    private void backOn(Duration time, Runnable event) {
        clock.at(NOON.plus(time), event);
    }

    @Test
    void aServerThatIsDownIsNamedAndTheOthersAnswer() {
        servers.goDown("mail2");
        say(ALICE, "check 203.0.113.7");
        assertThat(chat.said().getFirst())
                .isEqualTo(
                        "post 1: 203.0.113.7 can't reach mail1: banned since 2026-11-22T11:50:00Z, until 2026-11-22T12:50:00Z");
        servers.goDown("mail1");
        say(ALICE, "check 203.0.113.7");
        assertThat(chat.said().getLast())
                .isEqualTo("post 2: mail1 can't be asked: mail1 refuses connections on port 22");
    }

    private void say(Person person, String words) {
        bot.handle(new Incoming.Typed(person, HERE, words));
    }

    private static Trace login(Instant at) {
        return new Trace.OfMail(
                at,
                new MailEvent.Login(
                        new LogTime.Missing(),
                        Service.DOVECOT,
                        Optional.of(LAPTOP),
                        new Mailbox("bob@example.org"),
                        Optional.of("PLAIN"),
                        Protocol.IMAP),
                "imap-login: Login: user=<bob@example.org>");
    }

    private static Trace failure(String mailbox, Instant at) {
        return new Trace.OfMail(
                at,
                new MailEvent.AuthFailure(
                        new LogTime.Missing(),
                        Service.DOVECOT,
                        Optional.of(LAPTOP),
                        Optional.of(new Mailbox(mailbox)),
                        Optional.of("PLAIN"),
                        Cause.WRONG_PASSWORD,
                        OptionalInt.of(1),
                        Optional.of(Protocol.IMAP)),
                "imap-login: Login aborted: user=<" + mailbox + ">");
    }
}
