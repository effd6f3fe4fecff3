package io.mailban.bot;

import static io.mailban.approval.SampleApprovals.NOON;
import static io.mailban.bot.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.mailban.access.Person;
import io.mailban.access.SelfApproval;
import io.mailban.approval.Approval;
import io.mailban.approval.ApprovalId;
import io.mailban.approval.Stage;
import io.mailban.chat.Incoming;
import org.junit.jupiter.api.Test;

/** What may happen to the bans, to fail2ban and to the switch between a yes and the last step. */
final class ExecutionTest {
    private BotOfFakes fakes = new BotOfFakes(SelfApproval.REFUSED, BotOfFakes.Waiting.MOVES_THE_CLOCK);
    private FakeServers servers = fakes.servers;
    private Bot bot = fakes.bot();

    private void begin(BotOfFakes another) {
        fakes = another;
        servers = another.servers;
        bot = another.bot();
    }

    @Test
    void theSameJailsNextBanOfTheSameDeviceIsWhatWasApproved() {
        say(BotOfFakes.ALICE, "unban 203.0.113.7 password changed");
        servers.end("mail1", "postfix-sasl", "203.0.113.7");
        servers.ban("mail1", "postfix-sasl", "203.0.113.7", NOON.plusSeconds(60));
        say(BotOfFakes.CAROL, "approve aaaaaaa1");
        await().until(() -> stage() instanceof Stage.Done);
        assertThat(servers.lifted()).containsExactly("mail1 postfix-sasl 203.0.113.7");
        assertThat(fakes.store.find(new ApprovalId("aaaaaaa2"))).isEmpty();
    }

    @Test
    void whoBansByHandWhatIsAboutToBeLiftedIsAskedFor() {
        say(BotOfFakes.ALICE, "unban 203.0.113.7 password changed");
        servers.end("mail1", "postfix-sasl", "203.0.113.7");
        servers.banByHand("mail1", "postfix-sasl", "203.0.113.7", NOON.plusSeconds(60));
        say(BotOfFakes.CAROL, "approve aaaaaaa1");
        await().until(() -> stage() instanceof Stage.Replaced);
        assertThat(fakes.store.find(new ApprovalId("aaaaaaa2")))
                .hasValueSatisfying(
                        again -> assertThat(again.consent().missing()).isEqualTo(2));
        assertThat(servers.lifted()).isEmpty();
    }

    @Test
    void aFail2banThatHasNotRestoredItsBansYetIsWaitedFor() {
        say(BotOfFakes.ALICE, "unban 203.0.113.7 password changed");
        servers.startAnew("mail1");
        fakes.clock.at(NOON.plusSeconds(15), () -> servers.restore("mail1"));
        say(BotOfFakes.CAROL, "approve aaaaaaa1");
        await().until(() -> stage() instanceof Stage.Done);
        assertThat(servers.lifted()).containsExactly("mail1 postfix-sasl 203.0.113.7");
        assertThat(fakes.chat.said())
                .anySatisfy(line -> assertThat(line).contains("tried again at 2026-11-22T12:00:05Z"));
    }

    @Test
    void whatIsOnlyNotRestoredYetDoesNotEndTheRequestThatWaitsForPeople() throws InterruptedException {
        say(BotOfFakes.ALICE, "unban 203.0.113.7 password changed");
        servers.startAnew("mail1");
        assertThat(fakes.unbans.endIfGone(request()).stage()).isInstanceOf(Stage.Requested.class);
        servers.restore("mail1");
        servers.end("mail1", "postfix-sasl", "203.0.113.7");
        assertThat(fakes.unbans.endIfGone(request()).stage()).isInstanceOf(Stage.Overtaken.class);
    }

    @Test
    void aNetworkThatNoDatabaseTellsOfIsLookedForTwice() throws InterruptedException {
        servers.ban("mail2", "postfix-sasl", "198.51.100.0/24", NOON);
        say(BotOfFakes.ALICE, "unban 198.51.100.0/24 our new provider");
        servers.startAnew("mail2");
        fakes.clock.at(NOON.plusSeconds(4), () -> servers.restore("mail2"));
        assertThat(fakes.unbans.endIfGone(request()).stage()).isInstanceOf(Stage.Requested.class);
        say(BotOfFakes.CAROL, "approve aaaaaaa1");
        servers.startAnew("mail2");
        fakes.clock.at(NOON.plusSeconds(9), () -> servers.restore("mail2"));
        say(BotOfFakes.DAVE, "approve aaaaaaa1");
        await().until(() -> stage() instanceof Stage.Done);
        assertThat(servers.lifted()).containsExactly("mail2 postfix-sasl 198.51.100.0/24");
    }

    @Test
    void theSwitchStopsAPlanBetweenTwoStepsAndTheRestGoesOnAfterIt() {
        // The clock stands, so that nothing but the switch lets the rest go on.
        begin(new BotOfFakes(SelfApproval.REFUSED, BotOfFakes.Waiting.TAKES_NO_TIME));
        servers.ban("mail2", "dovecot", "203.0.113.7", NOON.minusSeconds(60));
        servers.afterALift(() -> fakes.restraint.readOnly(BotOfFakes.DAVE));
        say(BotOfFakes.ALICE, "unban 203.0.113.7 password changed");
        say(BotOfFakes.CAROL, "approve aaaaaaa1");
        await().until(() -> stage() instanceof Stage.Retrying);
        assertThat(((Stage.Retrying) stage()).results())
                .extracting(result -> result.server() + " " + result.outcome() + " " + result.isHeldBack())
                .containsExactly("mail1 LIFTED false", "mail2 NOT_TOLD true");
        await().until(() -> fakes.chat
                .said()
                .contains("edit 1: approved by carol at 2026-11-22T12:00:00Z: lifting the ban on 203.0.113.7;"
                        + " Mailban is read-only now, and the rest waits for the end of that, until"
                        + " 2026-11-22T12:30:00Z"));
        assertThat(servers.lifted()).containsExactly("mail1 postfix-sasl 203.0.113.7");
        var _ = fakes.restraint.readsAndWrites(BotOfFakes.DAVE);
        await().until(() -> stage() instanceof Stage.Done);
        assertThat(servers.lifted()).containsExactly("mail1 postfix-sasl 203.0.113.7", "mail2 dovecot 203.0.113.7");
        assertThat(((Stage.Done) stage()).success()).isEqualTo(Stage.Success.WHOLE);
    }

    private Approval request() {
        return fakes.store.find(new ApprovalId("aaaaaaa1")).orElseThrow();
    }

    private Stage stage() {
        return request().stage();
    }

    private void say(Person person, String words) {
        bot.handle(new Incoming.Typed(person, BotOfFakes.HERE, words));
    }
}
