package io.mailban.bot;

import static io.mailban.approval.SampleApprovals.NOON;
import static io.mailban.bot.BotOfFakes.ALICE;
import static io.mailban.bot.BotOfFakes.CAROL;
import static io.mailban.bot.BotOfFakes.DAVE;
import static io.mailban.bot.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.mailban.access.Person;
import io.mailban.access.SelfApproval;
import io.mailban.approval.ApprovalDecider.Vote;
import io.mailban.approval.ApprovalId;
import io.mailban.audit.InMemoryAudit;
import io.mailban.ban.Address;
import io.mailban.ban.Mailbox;
import io.mailban.chat.CardAction;
import io.mailban.chat.Incoming;
import io.mailban.chat.NotSaid;
import io.mailban.chat.Place;
import io.mailban.logtime.LogTime;
import io.mailban.maillog.MailEvent;
import io.mailban.maillog.Protocol;
import io.mailban.maillog.Service;
import io.mailban.mailserver.Trace;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Where requests are shown in a chat that has channels and threads, and what is said there. */
final class RequestCopiesTest {
    private static final Place REQUESTS = new Place("terminal", "requests");
    private static final Place MAIL = new Place("terminal", "mail");
    private static final ApprovalId FIRST = new ApprovalId("aaaaaaa1");
    private static final String ASKED = "alice asks to lift the ban on 203.0.113.7 (mail1: postfix-sasl)";

    private final BotOfFakes fakes =
            new BotOfFakes(SelfApproval.REFUSED, BotOfFakes.Waiting.MOVES_THE_CLOCK, List.of(REQUESTS));
    private final FakeChat chat = fakes.chat.withThreads();
    private final InMemoryAudit audit = fakes.audit;
    private final Bot bot = fakes.bot();

    @Test
    void aRequestIsShownAtTheDeskWhereApproversAreCalledAndWhereItWasAsked() {
        say(ALICE, MAIL, "unban 203.0.113.7 password changed");

        assertThat(chat.said())
                .containsExactly("ping 1 [carol, dave] in requests: " + ASKED, "post 2 in mail: " + ASKED);
    }

    @Test
    void askedForAtTheDeskItIsShownOnce() {
        say(ALICE, REQUESTS, "unban 203.0.113.7 password changed");

        assertThat(chat.said()).containsExactly("ping 1 [carol, dave] in requests: " + ASKED);
    }

    @Test
    void aThreadIsAPlaceOfItsOwn() {
        say(ALICE, new Place("terminal", "requests/99"), "unban 203.0.113.7 password changed");

        assertThat(chat.said())
                .containsExactly("ping 1 [carol, dave] in requests: " + ASKED, "post 2 in requests/99: " + ASKED);
    }

    @Test
    void whatBecomesOfARequestIsSaidUnderEachCopyAndTheRequesterIsCalledForTheDecisionAndTheOutcome() {
        fakes.servers.log(login());
        say(ALICE, MAIL, "unban 203.0.113.7 password changed");
        press(CAROL, new CardAction.Approve(FIRST));
        await().until(() -> chat.said().size() >= 14);

        assertThat(chat.said().stream().skip(2).toList())
                .containsExactly(
                        "edit 1 in requests: approved by carol at 2026-11-22T12:00:00Z: the ban on 203.0.113.7 is about to be lifted",
                        "edit 2 in mail: approved by carol at 2026-11-22T12:00:00Z: the ban on 203.0.113.7 is about to be lifted",
                        "ping 3 [alice] in mail/2: 203.0.113.7: approved by carol at 2026-11-22T12:00:00Z",
                        "post 4 in requests/1: 203.0.113.7: approved by carol at 2026-11-22T12:00:00Z",
                        "edit 1 in requests: the ban on 203.0.113.7 is lifted by carol at 2026-11-22T12:00:00Z, checked. Waiting for the client …",
                        "edit 2 in mail: the ban on 203.0.113.7 is lifted by carol at 2026-11-22T12:00:00Z, checked. Waiting for the client …",
                        "post 5 in mail/2: 203.0.113.7: lifted at 2026-11-22T12:00:00Z, checked; waiting for the client",
                        "post 6 in requests/1: 203.0.113.7: lifted at 2026-11-22T12:00:00Z, checked; waiting for the client",
                        "edit 1 in requests: bob@example.org logged in by IMAP from 203.0.113.7 at 2026-11-22T12:00:05Z; lifted by carol at 2026-11-22T12:00:00Z",
                        "edit 2 in mail: bob@example.org logged in by IMAP from 203.0.113.7 at 2026-11-22T12:00:05Z; lifted by carol at 2026-11-22T12:00:00Z",
                        "ping 7 [alice] in mail/2: 203.0.113.7: bob@example.org logged in by IMAP at 2026-11-22T12:00:05Z",
                        "post 8 in requests/1: 203.0.113.7: bob@example.org logged in by IMAP at 2026-11-22T12:00:05Z");
    }

    @Test
    void whoeverAskedInAThreadIsToldInThatThread() {
        say(ALICE, new Place("terminal", "mail/99"), "unban 203.0.113.7 password changed");
        say(CAROL, REQUESTS, "deny aaaaaaa1 which laptop?");

        assertThat(chat.said())
                .endsWith(
                        "ping 3 [alice] in mail/99: 203.0.113.7: denied by carol at 2026-11-22T12:00:00Z: “which laptop?”",
                        "post 4 in requests/1: 203.0.113.7: denied by carol at 2026-11-22T12:00:00Z: “which laptop?”");
    }

    @Test
    void aServerThatIsTriedAgainAndAgainIsToldOfOnce() {
        fakes.servers.ban("mail2", "dovecot", "203.0.113.7", NOON.minusSeconds(60));
        say(ALICE, MAIL, "unban 203.0.113.7 password changed");
        fakes.servers.goDown("mail2");
        fakes.clock.at(NOON.plusSeconds(15), () -> fakes.servers.comeBack("mail2"));
        press(CAROL, new CardAction.Approve(FIRST));
        await().until(() -> saidIn("mail/2").stream().anyMatch(line -> line.contains("come back by")));

        assertThat(saidIn("mail/2"))
                .extracting(line -> line.substring(line.indexOf("mail/2: ")))
                .containsExactly(
                        "mail/2: 203.0.113.7: approved by carol at 2026-11-22T12:00:00Z",
                        "mail/2: 203.0.113.7: not every server could be asked; tried again until 2026-11-22T12:30:00Z",
                        "mail/2: 203.0.113.7: lifted at 2026-11-22T12:00:15Z, checked; waiting for the client",
                        "mail/2: 203.0.113.7: the client has not come back by 2026-11-22T12:10:15Z");
        assertThat(chat.said().stream().filter(line -> line.startsWith("edit 2 in mail:")))
                .as("while each try is to be seen on the card")
                .hasSize(5);
    }

    @Test
    void aJoinerElsewhereGetsACopyAndOneWhoSeesItAlreadyDoesNot() {
        say(ALICE, MAIL, "unban 203.0.113.7 password changed");
        say(DAVE, MAIL, "unban 203.0.113.7 me too");
        say(CAROL, new Place("terminal", "office"), "unban 203.0.113.7 me too");

        assertThat(chat.said().stream().filter(line -> line.startsWith("p")))
                .containsExactly(
                        "ping 1 [carol, dave] in requests: " + ASKED,
                        "post 2 in mail: " + ASKED,
                        "post 3 in office: " + ASKED);
    }

    @Test
    void aPlaceWithTwoNamesHasOneCopy() {
        Place direct = new Place("terminal", "D1");
        Place person = new Place("terminal", "U1");
        chat.isCalledToo(person, direct);
        say(ALICE, direct, "unban 203.0.113.7 password changed");
        say(DAVE, person, "unban 203.0.113.7 me too");

        assertThat(chat.said().stream().filter(line -> line.startsWith("p")))
                .containsExactly("ping 1 [carol, dave] in requests: " + ASKED, "post 2 in D1: " + ASKED);
    }

    @Test
    void aReminderStandsUnderTheRequestAndIsEditedWithIt() throws InterruptedException {
        say(ALICE, MAIL, "unban 203.0.113.7 password changed");
        fakes.copies(fakes.clock).remind(fakes.store.open().getFirst());
        say(DAVE, REQUESTS, "deny aaaaaaa1 no");

        assertThat(chat.said().stream().skip(2).toList())
                .containsExactly(
                        "ping 3 [carol, dave] in requests/1: still waits, since 2026-11-22T12:00:00Z: " + ASKED,
                        "edit 1 in requests: denied by dave at 2026-11-22T12:10:00Z: “no”. The ban on 203.0.113.7 stands",
                        "edit 2 in mail: denied by dave at 2026-11-22T12:10:00Z: “no”. The ban on 203.0.113.7 stands",
                        "edit 3 in requests/1: denied by dave at 2026-11-22T12:10:00Z: “no”. The ban on 203.0.113.7 stands",
                        "ping 4 [alice] in mail/2: 203.0.113.7: denied by dave at 2026-11-22T12:10:00Z: “no”",
                        "post 5 in requests/1: 203.0.113.7: denied by dave at 2026-11-22T12:10:00Z: “no”");
    }

    @Test
    void anEmergencyIsShownAtTheDeskAndTheOtherApproversAreCalledThere() {
        say(CAROL, MAIL, "emergency 203.0.113.7 the director waits");
        await().until(() -> fakes.servers.lifted().size() == 1);

        assertThat(chat.said().subList(0, 3))
                .containsExactly(
                        "post 1 in requests: ordered by carol at 2026-11-22T12:00:00Z (without approval): the ban on 203.0.113.7 is about to be lifted",
                        "post 2 in mail: ordered by carol at 2026-11-22T12:00:00Z (without approval): the ban on 203.0.113.7 is about to be lifted",
                        "ping 3 [dave] in requests: carol lifts the ban on 203.0.113.7 (mail1: postfix-sasl) without approval: “the director waits”");
    }

    @Test
    void whatIsAskedForAnewIsShownWhereverTheOldRequestStoodAndNotUnderIt() throws InterruptedException {
        say(ALICE, MAIL, "unban 203.0.113.7 password changed");
        fakes.copies(fakes.clock).remind(fakes.store.open().getFirst());
        fakes.servers.ban("mail1", "recidive", "203.0.113.7", NOON);
        say(CAROL, REQUESTS, "approve aaaaaaa1");
        await().until(() -> saidIn("mail").getLast().contains("0 of 2 approvals"));

        assertThat(chat.said().stream().filter(line -> line.contains("0 of 2 approvals")))
                .extracting(line -> line.substring(0, line.indexOf(':')))
                .containsExactly("ping 8 [carol, dave] in requests", "post 9 in mail");
    }

    static List<Supplier<RuntimeException>> faults() {
        return List.of(
                () -> new NotSaid(REQUESTS, "the channel is archived"),
                () -> new IllegalStateException("HTTP 500 <!channel>"));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void aDeskThatIsAwayKeepsNobodyFromAskingDecidingAndLifting(Supplier<RuntimeException> fault) {
        chat.breaks(REQUESTS, fault);
        say(ALICE, MAIL, "unban 203.0.113.7 password changed");
        press(CAROL, new CardAction.Approve(FIRST));
        await().until(() -> fakes.servers.lifted().size() == 1);

        assertThat(chat.said())
                .startsWith(
                        "ping 1 [carol, dave] in mail: " + ASKED,
                        "edit 1 in mail: approved by carol at 2026-11-22T12:00:00Z: the ban on 203.0.113.7 is about to be lifted");
    }

    @Test
    void aDeskThatIsThereAgainIsShownWhatWaitsOnce() {
        chat.breaks(REQUESTS, () -> new NotSaid(REQUESTS, "no connection"));
        say(ALICE, MAIL, "unban 203.0.113.7 password changed");
        chat.isWellAgain(REQUESTS);
        fakes.requests.catchUp();
        fakes.requests.catchUp();

        assertThat(chat.said())
                .containsExactly("ping 1 [carol, dave] in mail: " + ASKED, "post 2 in requests: " + ASKED);
    }

    @Test
    void aCopyThatWasLeftBehindIsCaughtUpWithAndItsNewsAreToldOnce() {
        say(ALICE, MAIL, "unban 203.0.113.7 password changed");
        chat.breaks(REQUESTS, () -> new NotSaid(REQUESTS, "no connection"));
        say(CAROL, MAIL, "deny aaaaaaa1 no");
        int before = chat.said().size();
        fakes.requests.catchUp();
        assertThat(chat.said()).hasSize(before);
        chat.isWellAgain(REQUESTS);
        fakes.requests.catchUp();
        fakes.requests.catchUp();

        assertThat(chat.said().subList(before, chat.said().size()))
                .as("alice was called in the other place")
                .containsExactly(
                        "edit 1 in requests: denied by carol at 2026-11-22T12:00:00Z: “no”. The ban on 203.0.113.7 stands",
                        "post 4 in requests/1: 203.0.113.7: denied by carol at 2026-11-22T12:00:00Z: “no”");
    }

    @Test
    void aLateClickOnACopyThatWasLeftBehindIsAnsweredAndBringsItUpToDate() {
        say(ALICE, REQUESTS, "unban 203.0.113.7 password changed");
        // Another process on the same store decided, and died before it said so.
        var _ = fakes.unbans.vote(FIRST, CAROL, new Vote.Deny("no"));
        press(DAVE, new CardAction.Approve(FIRST));

        String denied = "denied by carol at 2026-11-22T12:00:00Z: “no”. The ban on 203.0.113.7 stands";
        assertThat(chat.said().subList(1, 3))
                .containsExactly("to dave: too late, it is decided: " + denied, "edit 1 in requests: " + denied);
    }

    @Test
    void whoeverDeniesTooLateIsNotAskedWhyNot() {
        say(ALICE, REQUESTS, "unban 203.0.113.7 password changed");
        press(CAROL, new CardAction.Deny(FIRST));
        say(CAROL, REQUESTS, "deny aaaaaaa1 no");
        press(DAVE, new CardAction.Deny(FIRST));
        press(DAVE, new CardAction.Deny(new ApprovalId("zzzz0000")));

        assertThat(chat.said().stream().filter(line -> line.startsWith("asks") || line.startsWith("to")))
                .containsExactly(
                        "asks carol: Deny",
                        "to dave: too late, it is decided: denied by carol at 2026-11-22T12:00:00Z: “no”. The ban on 203.0.113.7 stands",
                        "to dave: there is no request zzzz0000; requests lists those that wait");
        assertThat(audit.newest(9)).hasSize(2);
    }

    private List<String> saidIn(String place) {
        return chat.said().stream()
                .filter(line -> line.startsWith("p") && line.contains(" in " + place + ": "))
                .toList();
    }

    private void say(Person person, Place place, String words) {
        bot.handle(new Incoming.Typed(person, place, words));
    }

    private void press(Person person, CardAction action) {
        bot.handle(new Incoming.Pressed(person, REQUESTS, action));
    }

    private static Trace login() {
        return new Trace.OfMail(
                NOON.plusSeconds(5),
                new MailEvent.Login(
                        new LogTime.Missing(),
                        Service.DOVECOT,
                        Optional.of(Address.of("203.0.113.7")),
                        new Mailbox("bob@example.org"),
                        Optional.of("PLAIN"),
                        Protocol.IMAP),
                "imap-login: Login: user=<bob@example.org>");
    }
}
