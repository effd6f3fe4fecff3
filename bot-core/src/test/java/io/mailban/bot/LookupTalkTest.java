package io.mailban.bot;

import static io.mailban.approval.SampleApprovals.NOON;
import static io.mailban.bot.BotOfFakes.ALICE;
import static io.mailban.bot.BotOfFakes.CAROL;
import static io.mailban.bot.BotOfFakes.HERE;
import static io.mailban.bot.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.mailban.access.Person;
import io.mailban.access.SelfApproval;
import io.mailban.ban.Address;
import io.mailban.ban.Jail;
import io.mailban.ban.Mailbox;
import io.mailban.chat.Card;
import io.mailban.chat.CardAction;
import io.mailban.chat.CardAction.ListBans;
import io.mailban.chat.Incoming;
import io.mailban.chat.MessageRef;
import io.mailban.chat.Naming;
import io.mailban.logtime.LogTime;
import io.mailban.maillog.MailEvent;
import io.mailban.maillog.Protocol;
import io.mailban.maillog.Service;
import io.mailban.mailserver.Trace;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What people are shown while servers are slow, what only the one who asked is shown, and how lists are turned. */
final class LookupTalkTest {
    private final BotOfFakes fakes = new BotOfFakes(SelfApproval.REFUSED, BotOfFakes.Waiting.MOVES_THE_CLOCK);
    private final FakeServers servers = fakes.servers;
    private final FakeChat chat = fakes.chat;
    private final Bot bot = fakes.bot();

    @Test
    void aSlowCheckShowsWhomItAsksAndTheSameMessageBecomesTheAnswer() {
        servers.keepSilent("mail1");
        servers.keepSilent("mail2");
        Thread asking = inTheBackground(ALICE, "check 203.0.113.7");
        await().until(() -> !chat.said().isEmpty());
        assertThat(chat.said()).containsExactly("post 1: asking mail1, mail2 …");
        servers.answer("mail2");
        await().until(() -> chat.said().size() == 2);
        assertThat(chat.said()).last().asString().startsWith("edit 1: no trace of 203.0.113.7 on mail2");
        servers.answer("mail1");
        join(asking);
        assertThat(chat.said()).hasSize(3).last().asString().startsWith("edit 1: 203.0.113.7 can't reach mail1");
    }

    @Test
    void aFastAnswerIsOneMessage() {
        for (String words : List.of("check 203.0.113.7", "bans", "servers")) {
            say(ALICE, words);
        }
        assertThat(chat.said()).hasSize(3).allMatch(line -> line.startsWith("post "));
    }

    @Test
    void listsOfSlowServersShowLifeInTheMessageThatTheyBecome() {
        servers.keepSilent("mail2");
        for (String words : List.of("bans", "bans mail2", "servers")) {
            Thread asking = inTheBackground(ALICE, words);
            int before = chat.said().size();
            await().until(() -> chat.said().size() > before);
            servers.answer("mail2");
            join(asking);
            servers.keepSilent("mail2");
        }
        assertThat(chat.said())
                .containsExactly(
                        "post 1: asking mail1, mail2 …",
                        "edit 1: 1 ban stands",
                        "post 2: asking mail2 …",
                        "edit 2: nobody is banned",
                        "post 3: asking mail1, mail2 …",
                        "edit 3: 2 of 2 servers answered");
    }

    @Test
    void whatIsPrivateShowsLifeToOneAlone() {
        servers.keepSilent("mail2");
        Thread asking = inTheBackground(CAROL, "history 203.0.113.7");
        await().until(() -> !chat.said().isEmpty());
        servers.answer("mail2");
        join(asking);
        assertThat(chat.said())
                .containsExactly(
                        "to carol: asking mail1, mail2 …",
                        "to carol: nothing is known to have happened to 203.0.113.7");
    }

    @Test
    void aFormDoesNotWaitForSlowServersAndWhatFollowsItShowsLife() {
        servers.keepSilent("mail2");
        Thread pressing = inTheBackground(ALICE, "unban 203.0.113.7");
        join(pressing);
        assertThat(chat.said()).containsExactly("asks alice: Request unban");
        Thread asking = inTheBackground(ALICE, "unban 203.0.113.7 mail2 password changed");
        await().until(() -> chat.said().size() == 2);
        servers.answer("mail2");
        join(asking);
        assertThat(chat.said().subList(1, 3))
                .containsExactly(
                        "to alice: asking mail2 …", "to alice: 203.0.113.7 is in no jail: there is nothing to lift");
    }

    @Test
    void aSlowAnswerThatFailsLeavesNoPromise() {
        servers.keepSilent("mail1");
        Thread asking = inTheBackground(ALICE, "bans");
        await().until(() -> !chat.said().isEmpty());
        servers.breakDown("mail1");
        join(asking);
        assertThat(chat.said())
                .containsExactly(
                        "post 1: asking mail1, mail2 …",
                        "edit 1: there is no answer: Mailban failed at it, and has told why to the one who asked",
                        "to alice: Mailban could not do that: mail1 is broken");
    }

    @Test
    void aMailboxIsLookedUpForTheOneWhoAskedAlone() {
        bobIsKnown();
        say(CAROL, "check bob@example.org");
        assertThat(chat.said())
                .singleElement()
                .asString()
                .startsWith("to carol: ")
                .contains("203.0.113.7 can't reach mail1");
    }

    @Test
    void whoAskedIsToldTheMaskedNamesOnceAndOnlyWhereThereAreAny() {
        bobIsKnown();
        chat.naming(Naming.MASKED);
        say(ALICE, "check 203.0.113.7");
        assertThat(chat.said())
                .hasSize(2)
                .last()
                .isEqualTo("to alice: for you alone: b…@example.org is bob@example.org");
        say(ALICE, "bans");
        assertThat(chat.said())
                .hasSize(4)
                .last()
                .isEqualTo("to alice: for you alone: b…@example.org is bob@example.org");
        say(ALICE, "bans mail2");
        say(ALICE, "servers");
        assertThat(chat.said()).hasSize(6).noneMatch(line -> line.startsWith("post") && line.contains("bob"));
        chat.naming(Naming.FULL);
        say(ALICE, "check 203.0.113.7");
        assertThat(chat.said()).hasSize(7);
    }

    @Test
    void bansAreTurnedPageByPageInTheirOwnMessage() {
        bobIsKnown();
        for (int i = 1; i <= 59; i++) {
            servers.ban("mail2", "dovecot", "198.51.100." + i, NOON.minusSeconds(i));
        }
        say(ALICE, "bans");
        assertThat(chat.said()).last().isEqualTo("post 1: 60 bans stand; a user is among them; 1–25 of 60");
        assertThat(chat.lastShown().facts()).hasSize(26);
        assertThat(chat.lastShown().facts().getFirst().label()).isEqualTo("user");
        press(button("Next 25"), Optional.of(new MessageRef(HERE, "1")));
        assertThat(chat.said()).last().asString().startsWith("edit 1: ").endsWith("26–50 of 60");
        assertThat(chat.lastShown().buttons()).extracting(Card.Button::label).containsExactly("Next 25", "Previous 25");
        press(new ListBans(Optional.empty(), Optional.empty(), 99), Optional.of(new MessageRef(HERE, "1")));
        assertThat(chat.said()).last().asString().startsWith("edit 1: ").endsWith("51–60 of 60");
        assertThat(chat.lastShown().buttons()).extracting(Card.Button::label).containsExactly("Previous 25");
        press(button("Previous 25"), Optional.empty());
        assertThat(chat.said()).last().asString().startsWith("post 2: ").endsWith("26–50 of 60");
    }

    @Test
    void everyBanIsOnOnePageOnceAndAPageKeepsToWhatWasAskedFor() {
        for (int i = 1; i <= 51; i++) {
            servers.ban("mail2", i <= 30 ? "dovecot" : "recidive", "198.51.100." + i, NOON);
        }
        List<String> shown = Stream.of(1, 2, 3)
                .peek(page -> press(
                        new ListBans(Optional.of(servers.names().getLast()), Optional.empty(), page), Optional.empty()))
                .flatMap(_ -> chat.lastShown().facts().stream())
                .filter(fact -> fact.label().isEmpty())
                .map(fact -> FakeChat.plain(fact.text().subList(0, 1)))
                .toList();
        assertThat(shown).hasSize(51).doesNotHaveDuplicates();
        press(
                new ListBans(Optional.empty(), Optional.of(new Jail("dovecot")), 1),
                Optional.of(new MessageRef(HERE, "9")));
        assertThat(chat.said()).last().isEqualTo("edit 9: 30 bans stand; 1–25 of 30");
        assertThat(button("Next 25")).isEqualTo(new ListBans(Optional.empty(), Optional.of(new Jail("dovecot")), 2));
    }

    @Test
    void theListUnderTheServersIsAMessageOfItsOwn() {
        say(ALICE, "servers");
        CardAction list = button("List bans");
        assertThat(CardAction.find(list.encoded())).contains(list);
        press(list, Optional.of(new MessageRef(HERE, "1")));
        assertThat(chat.said()).last().isEqualTo("post 2: 1 ban stands");
    }

    @Test
    void whoMayNotReadTurnsNoPage() {
        Person mallory = BotOfFakes.person("mallory");
        bot.handle(new Incoming.Pressed(
                mallory,
                HERE,
                new ListBans(Optional.empty(), Optional.empty(), 1),
                Optional.of(new MessageRef(HERE, "1"))));
        bot.handle(new Incoming.Pointed(mallory, HERE, "203.0.113.7"));
        assertThat(chat.said()).hasSize(2).allMatch(line -> line.startsWith("to mallory: that takes the role reader"));
    }

    @Test
    void anAddressInAMessageIsChecked() {
        point("Hi, I get a timeout from <http://203.0.113.7|203.0.113.7>, port 993. Thanks, Bob");
        assertThat(chat.said()).singleElement().asString().startsWith("post 1: 203.0.113.7 can't reach mail1");
        point("my mail is broken");
        assertThat(chat.said())
                .last()
                .isEqualTo("to alice: there is no IP address in that message, such as 203.0.113.7 or 2001:db8::7");
    }

    @Test
    void ofManyAddressesInAMessageThreeAreCheckedEachWithItsOwnAnswer() {
        point("10.0.0.1 203.0.113.7 198.51.100.9 192.0.2.5 2001:db8::7");
        assertThat(chat.said().getFirst())
                .isEqualTo("to alice: there are 5 addresses in that message; checked are 203.0.113.7, 198.51.100.9,"
                        + " 192.0.2.5");
        assertThat(chat.said().subList(1, 4))
                .allMatch(line -> line.startsWith("post "))
                .anyMatch(line -> line.contains("203.0.113.7 can't reach"))
                .anyMatch(line -> line.contains("no trace of 198.51.100.9"))
                .anyMatch(line -> line.contains("no trace of 192.0.2.5"));
        assertThat(chat.said()).hasSize(4);
    }

    private void bobIsKnown() {
        for (int days = 2; days <= 3; days++) {
            servers.log(new Trace.OfMail(
                    NOON.minus(Duration.ofDays(days)),
                    new MailEvent.Login(
                            new LogTime.Missing(),
                            Service.DOVECOT,
                            Optional.of(Address.of("203.0.113.7")),
                            new Mailbox("bob@example.org"),
                            Optional.of("PLAIN"),
                            Protocol.IMAP),
                    "imap-login: Login: user=<bob@example.org>"));
        }
    }

    private CardAction button(String label) {
        return chat.lastShown().buttons().stream()
                .filter(button -> button.label().equals(label))
                .findFirst()
                .orElseThrow()
                .action();
    }

    private void press(CardAction action, Optional<MessageRef> on) {
        bot.handle(new Incoming.Pressed(ALICE, HERE, action, on));
    }

    private void point(String text) {
        bot.handle(new Incoming.Pointed(ALICE, HERE, text));
    }

    private void say(Person person, String words) {
        bot.handle(new Incoming.Typed(person, HERE, words));
    }

    private Thread inTheBackground(Person person, String words) {
        return Thread.startVirtualThread(() -> say(person, words));
    }

    private static void join(Thread thread) {
        await().until(() -> !thread.isAlive());
    }
}
