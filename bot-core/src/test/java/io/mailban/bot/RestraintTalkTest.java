package io.mailban.bot;

import static io.mailban.approval.SampleApprovals.NOON;
import static io.mailban.bot.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.mailban.access.Person;
import io.mailban.access.SelfApproval;
import io.mailban.approval.Approval;
import io.mailban.approval.Stage;
import io.mailban.audit.AuditEntry;
import io.mailban.ban.Address;
import io.mailban.chat.CardAction;
import io.mailban.chat.Incoming;
import io.mailban.restraint.Mode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What people hear about exemptions, limits, the switch and reminders. alice asks; carol and dave approve too. */
final class RestraintTalkTest {
    private final BotOfFakes fakes = new BotOfFakes(SelfApproval.SINGLE_ADDRESS, BotOfFakes.Waiting.TAKES_NO_TIME);
    private final Bot bot = fakes.bot();

    @Test
    void anExemptionTakesASecondApprover() {
        say(BotOfFakes.CAROL, "exempt 203.0.113.7 2h the new printer");
        assertThat(fakes.chat.said().getFirst())
                .startsWith("ping 1 [dave]: carol asks")
                .contains("203.0.113.7");
        say(BotOfFakes.CAROL, "approve aaaaaaa1");
        assertThat(fakes.exemptions.all()).isEmpty();
        say(BotOfFakes.DAVE, "approve aaaaaaa1");
        await().until(() -> fakes.exemptions.all().size() == 2);
        await().until(() -> fakes.servers.lifted(), List.of("mail1 postfix-sasl 203.0.113.7")::equals);
        assertThat(fakes.lists.ignoredBy("mail1", "recidive")).containsExactly("203.0.113.7");
        await().until(() -> fakes.chat
                .said()
                .contains("edit 1: 203.0.113.7 is exempt from bans for 2 h, allowed by carol and dave at"
                        + " 2026-11-22T12:00:00Z, checked. Waiting for the client …"));
        say(BotOfFakes.ALICE, "exemptions");
        assertThat(fakes.chat.said()).last().asString().endsWith("2 exemptions");
        pressEnd();
        await().until(() -> fakes.exemptions.all().size() == 1);
        assertThat(fakes.lists.ignoredBy("mail1", "postfix-sasl")).isEmpty();
    }

    private void pressEnd() {
        CardAction end = CardAction.find("endexempt 203.0.113.7 mail1").orElseThrow();
        bot.handle(new Incoming.Pressed(BotOfFakes.ALICE, BotOfFakes.HERE, end));
        assertThat(fakes.chat.said()).last().asString().startsWith("to alice: that takes the role approver");
        bot.handle(new Incoming.Pressed(BotOfFakes.DAVE, BotOfFakes.HERE, end));
        assertThat(fakes.chat.said()).last().asString().endsWith("the exemption of 203.0.113.7 is ended");
    }

    @Test
    void withoutAReasonItIsAskedForAndOnlyApproversMayAsk() {
        say(BotOfFakes.ALICE, "exempt 203.0.113.7 2h please");
        assertThat(fakes.chat.said()).last().asString().startsWith("to alice: that takes the role approver");
        say(BotOfFakes.CAROL, "exempt 203.0.113.7 90m mail1");
        assertThat(fakes.chat.said()).last().isEqualTo("asks carol: Request an exemption");
        CardAction asked = new CardAction.RequestExemption(
                Address.of("203.0.113.7"),
                Duration.ofMinutes(90),
                Optional.of(fakes.servers.names().getFirst()));
        assertThat(CardAction.find(asked.encoded())).contains(asked);
        bot.handle(new Incoming.Answered(BotOfFakes.CAROL, BotOfFakes.HERE, asked, Map.of("reason", "the printer")));
        assertThat(fakes.store.open()).hasSize(1);
    }

    @Test
    void whatIsTooLongOrExemptAlreadyIsSaid() {
        say(BotOfFakes.CAROL, "exempt 203.0.113.7 31d printer");
        assertThat(fakes.chat.said())
                .last()
                .asString()
                .startsWith("to carol: an exemption for 31d is too long: at most 30d are allowed");
        fakes.lists.jail("mail2", "postfix-sasl", "198.51.100.0/24");
        say(BotOfFakes.CAROL, "exempt 198.51.100.9 2h mail2 printer");
        assertThat(fakes.chat.said())
                .last()
                .asString()
                .startsWith("to carol: 198.51.100.9 is exempt already, by the operator's own ignoreip");
    }

    @Test
    void soManyRequestsWithinAnHourAndNoMore() {
        for (int i = 0; i < BotOfFakes.MOST_PER_HOUR; i++) {
            fakes.servers.ban("mail2", "dovecot", "198.51.100." + i, NOON);
            say(BotOfFakes.ALICE, "unban 198.51.100." + i + " please");
        }
        say(BotOfFakes.ALICE, "unban 203.0.113.7 please");
        assertThat(fakes.chat.said())
                .last()
                .isEqualTo("to alice: alice has made 3 requests within an hour, and no more are allowed"
                        + " (approval.limit_per_hour); the next is possible at 2026-11-22T13:00:00Z");
        assertThat(fakes.store.open()).hasSize(BotOfFakes.MOST_PER_HOUR);
        say(BotOfFakes.CAROL, "unban 203.0.113.7 please");
        assertThat(fakes.store.open()).as("others go on").hasSize(BotOfFakes.MOST_PER_HOUR + 1);
        fakes.clock.pause(Duration.ofHours(1));
        fakes.servers.ban("mail2", "dovecot", "198.51.100.99", NOON);
        say(BotOfFakes.ALICE, "unban 198.51.100.99 please");
        assertThat(fakes.chat.said()).last().asString().contains("alice asks");
    }

    @Test
    void soManyApprovalsWithinAnHourAndNoMoreButEveryDenial() {
        for (int i = 0; i < BotOfFakes.MOST_PER_HOUR; i++) {
            fakes.servers.ban("mail2", "dovecot", "198.51.100." + i, NOON);
            say(BotOfFakes.ALICE, "unban 198.51.100." + i + " please");
            say(BotOfFakes.CAROL, "approve aaaaaaa" + (i + 1));
        }
        say(BotOfFakes.DAVE, "unban 203.0.113.7 please");
        say(BotOfFakes.CAROL, "approve aaaaaaa4");
        assertThat(fakes.chat.said())
                .anyMatch(line -> line.startsWith("to carol: carol has made 3 approvals within an hour"));
        say(BotOfFakes.CAROL, "deny aaaaaaa4 not today");
        assertThat(fakes.chat.said()).anyMatch(line -> line.contains("denied by carol"));
    }

    @Test
    void readOnlyIsSwitchedOnInTheChatAndNotOff() {
        say(BotOfFakes.ALICE, "unban 203.0.113.7 please");
        say(BotOfFakes.ALICE, "read-only on");
        assertThat(fakes.chat.said()).last().asString().startsWith("to alice: that takes the role approver");
        say(BotOfFakes.CAROL, "read-only on");
        assertThat(fakes.chat.said())
                .last()
                .asString()
                .contains("Mailban is read-only since 2026-11-22T12:00:00Z, switched so by carol");
        say(BotOfFakes.DAVE, "approve aaaaaaa1");
        assertThat(fakes.chat.said())
                .last()
                .asString()
                .startsWith("to dave: nothing is lifted or exempted now: Mailban is read-only since");
        say(BotOfFakes.DAVE, "unban 203.0.113.7 mail1 again");
        assertThat(fakes.chat.said()).last().asString().startsWith("to dave: nothing is lifted or exempted now");
        say(BotOfFakes.CAROL, "read-only off");
        assertThat(fakes.chat.said())
                .last()
                .asString()
                .contains("read-only is switched off only at the shell of the machine");
        say(BotOfFakes.ALICE, "check 203.0.113.7");
        assertThat(fakes.chat.said()).last().asString().contains("203.0.113.7 can't reach mail1");
        assertThat(fakes.servers.lifted()).isEmpty();
        assertThat(fakes.restraint.readsAndWrites(BotOfFakes.CAROL))
                .isEqualTo(new Restraint.Switching.Switched(new Mode.ReadsAndWrites()));
        say(BotOfFakes.DAVE, "approve aaaaaaa1");
        await().until(() -> fakes.servers.lifted().size() == 1);
    }

    @Test
    void whatWasApprovedAMomentBeforeTheSwitchWaitsForIt() {
        say(BotOfFakes.ALICE, "unban 203.0.113.7 please");
        Approval waiting = fakes.store.open().getFirst();
        fakes.store.move(
                waiting,
                waiting.movedTo(
                        new Stage.Approved(new Stage.Decision(BotOfFakes.CAROL, NOON, Stage.Decision.Kind.BY_ANOTHER))),
                new AuditEntry(NOON, BotOfFakes.CAROL, AuditEntry.Act.APPROVED, "203.0.113.7", ""));
        var _ = fakes.restraint.readOnly(BotOfFakes.CAROL);
        List<CompletableFuture<?>> going = fakes.requests.resume();
        await().during(Duration.ofMillis(200))
                .until(() -> fakes.servers.lifted().isEmpty());
        var _ = fakes.restraint.readsAndWrites(BotOfFakes.CAROL);
        await().until(() -> fakes.servers.lifted().size() == 1);
        assertThat(going).hasSize(1);
    }

    @Test
    void configuredReadOnlyCanNotBeSwitchedOff() {
        Restraint configured = new Restraint(fakes.memory, fakes.memory, new Mode.ConfiguredReadOnly(), 3, fakes.clock);
        assertThat(configured.readsAndWrites(BotOfFakes.CAROL)).isEqualTo(new Restraint.Switching.Configured());
        assertThat(configured.mode()).isEqualTo(new Mode.ConfiguredReadOnly());
    }

    @Test
    void approversArePingedOnceAndOnceAgainAndNeverMore() throws InterruptedException {
        say(BotOfFakes.ALICE, "unban 203.0.113.7 please");
        fakes.copies(fakes.clock).remind(fakes.store.open().getFirst());
        fakes.copies(fakes.clock).remind(fakes.store.open().getFirst());
        assertThat(fakes.clock.instant()).isEqualTo(NOON.plus(Duration.ofMinutes(10)));
        assertThat(fakes.chat.said())
                .containsExactly(
                        "ping 1 [carol, dave]: alice asks to lift the ban on 203.0.113.7 (mail1: postfix-sasl)",
                        "ping 2 [carol, dave]: still waits, since 2026-11-22T12:00:00Z: alice asks to lift the ban on"
                                + " 203.0.113.7 (mail1: postfix-sasl)");
        say(BotOfFakes.CAROL, "unban 203.0.113.7 me too");
        assertThat(fakes.chat.said().getLast()).as("shown again without a ping").startsWith("post 3:");
    }

    @Test
    void nobodyIsRemindedOfWhatIsDecided() throws InterruptedException {
        say(BotOfFakes.ALICE, "unban 203.0.113.7 please");
        var waiting = fakes.store.open().getFirst();
        say(BotOfFakes.CAROL, "deny aaaaaaa1 no");
        fakes.copies(fakes.clock).remind(waiting);
        assertThat(fakes.chat.said()).noneMatch(line -> line.startsWith("ping 2"));
    }

    private void say(Person person, String text) {
        bot.handle(new Incoming.Typed(person, BotOfFakes.HERE, text));
    }
}
