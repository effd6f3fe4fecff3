package io.mailban.bot;

import static io.mailban.approval.SampleApprovals.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.mailban.access.Person;
import io.mailban.access.SelfApproval;
import io.mailban.alert.Mute;
import io.mailban.alert.Topic;
import io.mailban.audit.AuditEntry;
import io.mailban.audit.AuditEntry.Act;
import io.mailban.ban.Jail;
import io.mailban.ban.ServerName;
import io.mailban.chat.Card;
import io.mailban.chat.CardAction;
import io.mailban.chat.Incoming;
import io.mailban.reply.MuteWriter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What people hear about mutes. alice reads and asks, carol and dave approve. */
final class MuteTalkTest {
    private static final Topic JAIL = new Topic.OfJail(new Jail("postfix-sasl"));
    private static final Topic MAIL1 = new Topic.OfServer(new ServerName("mail1"));

    private final BotOfFakes fakes = new BotOfFakes(SelfApproval.SINGLE_ADDRESS, BotOfFakes.Waiting.TAKES_NO_TIME);
    private final Bot bot = fakes.bot();

    @Test
    void anApproverMutesAJailAndTheAuditLogNotesIt() {
        say(BotOfFakes.CAROL, "mute Postfix-SASL 2h");
        assertThat(last()).isEqualTo("post 1: jail postfix-sasl on every server is muted until 2026-11-22T14:00:00Z");
        assertThat(standing()).containsExactly(new Mute(JAIL, NOON, NOON.plus(Duration.ofHours(2)), BotOfFakes.CAROL));
        assertThat(fakes.audit.newest(9))
                .extracting(AuditEntry::act, AuditEntry::who, AuditEntry::result)
                .containsExactly(tuple(Act.MUTED, BotOfFakes.CAROL, "jail postfix-sasl until 2026-11-22T14:00:00Z"));
        fakes.clock.pause(Duration.ofHours(2));
        assertThat(standing()).as("it ends by itself").isEmpty();
        say(BotOfFakes.ALICE, "mute");
        assertThat(last()).startsWith("post 2: nothing is muted");
    }

    @Test
    void theAnswerSaysWhatIsNotTouchedAndEndsItByAButton() {
        Mute mute = new Mute(JAIL, NOON, NOON.plusSeconds(60), BotOfFakes.CAROL);
        Card card = MuteWriter.muted(mute, Optional.empty());
        assertThat(card.facts())
                .extracting(fact -> fact.label() + ": " + FakeChat.plain(fact.text()))
                .first()
                .asString()
                .startsWith("not touched: ")
                .contains("🔴", "record");
        assertThat(card.buttons()).containsExactly(new Card.Button("Unmute postfix-sasl", new CardAction.Unmute(JAIL)));
    }

    @Test
    void aNameTooLongForAButtonHasNone() {
        Topic topic = new Topic.OfJail(new Jail("j".repeat(100)));
        Mute mute = new Mute(topic, NOON, NOON.plusSeconds(60), BotOfFakes.CAROL);
        assertThat(MuteWriter.list(List.of(mute)).buttons()).isEmpty();
    }

    @Test
    void onlyApproversMuteAndEndMutesByWordsAndByButtons() {
        say(BotOfFakes.ALICE, "mute mail1 2h");
        assertThat(last()).startsWith("to alice: that takes the role approver");
        press(BotOfFakes.ALICE, new CardAction.Mute(JAIL, Duration.ofHours(1)));
        assertThat(last()).startsWith("to alice: that takes the role approver");
        assertThat(standing()).isEmpty();
        press(BotOfFakes.CAROL, new CardAction.Mute(JAIL, Duration.ofHours(1)));
        say(BotOfFakes.ALICE, "mute end postfix-sasl");
        assertThat(last()).startsWith("to alice: that takes the role approver");
        press(BotOfFakes.ALICE, new CardAction.Unmute(JAIL));
        assertThat(last()).startsWith("to alice: that takes the role approver");
        assertThat(standing()).hasSize(1);
        press(BotOfFakes.DAVE, new CardAction.Unmute(JAIL));
        assertThat(last()).endsWith("no longer muted: jail postfix-sasl on every server");
        press(BotOfFakes.DAVE, new CardAction.Unmute(JAIL));
        assertThat(last()).isEqualTo("to dave: jail postfix-sasl is not muted; mute lists what is");
    }

    @Test
    void aSentClickMutesNothingThatATypedWordWouldNot() {
        press(BotOfFakes.CAROL, new CardAction.Mute(JAIL, Duration.ofDays(31)));
        assertThat(last()).isEqualTo("to carol: nothing is muted for 31d: from 1m to 30d was expected");
        press(BotOfFakes.CAROL, new CardAction.Mute(new Topic.OfJail(new Jail("mail1")), Duration.ofHours(1)));
        assertThat(last())
                .isEqualTo("to carol: mail1 is no jail of any server; servers lists them with their jails;"
                        + " nothing was muted");
        assertThat(standing()).isEmpty();
    }

    @Test
    void aNameOfBothIsAskedForAndOneOfNeitherIsRefused() {
        fakes.servers.ban("mail2", "mail1", "203.0.113.9", NOON);
        say(BotOfFakes.CAROL, "mute mail1 2h");
        assertThat(last())
                .isEqualTo("to carol: mail1 is a jail and a server; say mute jail mail1 or mute server mail1,"
                        + " and for how long");
        say(BotOfFakes.CAROL, "mute server MAIL1 2h");
        say(BotOfFakes.DAVE, "mute jail mail1 1h");
        assertThat(standing()).extracting(Mute::topic).containsExactly(new Topic.OfJail(new Jail("mail1")), MAIL1);
        say(BotOfFakes.CAROL, "mute end mail1");
        assertThat(last()).endsWith("no longer muted: jail mail1 on every server and server mail1 with all its jails");
        say(BotOfFakes.CAROL, "mute dovecot 2h");
        assertThat(last()).startsWith("to carol: dovecot is neither a server, nor a jail of any server; servers lists");
    }

    @Test
    void aServerThatIsAwayIsNamedWhereItMayHaveTheJail() {
        fakes.servers.goDown("mail2");
        say(BotOfFakes.CAROL, "mute dovecot 2h");
        assertThat(last()).startsWith("to carol: dovecot is neither a server, nor a jail of any server that could be");
        say(BotOfFakes.CAROL, "mute mail2 2h");
        assertThat(last()).as("its name is known all the same").contains("server mail2 with all its jails is muted");
    }

    @Test
    void theLastWordCounts() {
        say(BotOfFakes.CAROL, "mute postfix-sasl 2h");
        say(BotOfFakes.DAVE, "mute postfix-sasl 1h");
        assertThat(standing()).extracting(Mute::until).containsExactly(NOON.plus(Duration.ofHours(1)));
        say(BotOfFakes.ALICE, "mute");
        assertThat(last()).endsWith("1 mute stands; what asks to act now (🔴) and the record are not touched");
    }

    private List<Mute> standing() {
        return fakes.mutes.standing(fakes.clock.instant());
    }

    private String last() {
        return fakes.chat.said().getLast();
    }

    private void say(Person person, String text) {
        bot.handle(new Incoming.Typed(person, BotOfFakes.HERE, text));
    }

    private void press(Person person, CardAction action) {
        bot.handle(new Incoming.Pressed(person, BotOfFakes.HERE, action));
    }
}
