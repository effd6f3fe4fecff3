package io.mailban.bot;

import static io.mailban.approval.SampleApprovals.NOON;
import static io.mailban.bot.BotOfFakes.ALICE;
import static io.mailban.bot.BotOfFakes.CAROL;
import static io.mailban.bot.BotOfFakes.DAVE;
import static io.mailban.bot.BotOfFakes.HERE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mailban.access.Person;
import io.mailban.access.SelfApproval;
import io.mailban.ban.Address;
import io.mailban.ban.Mailbox;
import io.mailban.chat.Card;
import io.mailban.chat.CardAction;
import io.mailban.chat.Incoming;
import io.mailban.logtime.LogTime;
import io.mailban.maillog.MailEvent;
import io.mailban.maillog.Protocol;
import io.mailban.maillog.Service;
import io.mailban.mailserver.Trace;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** alice reads and asks; carol and dave approve, carol helps too; the ban of 203.0.113.7 stands on mail1. */
final class HomeTest {
    private final BotOfFakes fakes = new BotOfFakes(SelfApproval.REFUSED, BotOfFakes.Waiting.TAKES_NO_TIME);
    private final FakeServers servers = fakes.servers;
    private final Home home = fakes.home();

    @Test
    void whoMayNothingIsToldSoAndWhomToAsk() {
        assertThat(lines(BotOfFakes.person("mallory")))
                .containsExactly(
                        "Mailban tells why a mail client can't get in, and helps to let it in again. You hold no role"
                                + " here yet",
                        "  to do: ask whoever keeps Mailban's configuration; under access: it takes the id"
                                + " terminal:mallory");
    }

    @Test
    void aReaderSeesServersAndLockedOutUsersMaskedWithWhatTheyMayDo() {
        logIn("203.0.113.7", "bob@example.org");
        assertThat(lines(ALICE))
                .containsExactly(
                        "2 of 2 servers answered; 1 ban stands; 1 known user's address is locked out",
                        "  mail1: 1 ban",
                        "  mail2: nobody is banned",
                        "  [List bans]",
                        "203.0.113.7, b…@example.org's, is locked out",
                        "  mail1: by postfix-sasl since 2026-11-22T11:50:00Z, until 2026-11-22T12:50:00Z",
                        "  [Check] [Request unban]");
        assertThat(lines(CAROL))
                .startsWith("no request waits for you")
                .contains("203.0.113.7, bob@example.org's, is locked out");
    }

    @Test
    void aServerThatIsDownComesFirstAndSaysWhy() {
        servers.goDown("mail2");
        assertThat(lines(ALICE))
                .startsWith(
                        "1 of 2 servers answered; 1 ban stands, none on a known user's address",
                        "  mail2: can't be asked: mail2 refuses connections on port 22");
    }

    @Test
    void nobodyWaitsForASlowServerAndItsAnswerIsThereTheNextTime() {
        servers.keepSilent("mail2");
        assertThat(lines(ALICE))
                .startsWith(
                        "1 of 2 servers answered; 1 ban stands, none on a known user's address",
                        "  mail2: has not answered yet; open this page again in a moment",
                        "  mail1: 1 ban");
        servers.answer("mail2");
        await().until(() -> lines(ALICE).contains("  mail2: nobody is banned"));
    }

    @Test
    void serversAreNotAskedAgainForEachWhoOpensItAndAnOldLookSaysItsTime() {
        assertThat(lines(ALICE)).contains("  mail2: nobody is banned");
        servers.ban("mail2", "dovecot", "198.51.100.9", NOON);
        assertThat(lines(CAROL)).contains("  mail2: nobody is banned");
        fakes.clock.pause(Duration.ofSeconds(21));
        assertThat(lines(CAROL)).contains("  mail2: 1 ban");
        servers.keepSilent("mail2");
        fakes.clock.pause(Duration.ofMinutes(2));
        assertThat(lines(CAROL)).contains("  mail2: 1 ban, as of 2026-11-22T12:00:21Z");
        fakes.clock.pause(Duration.ofMinutes(10));
        assertThat(lines(CAROL)).contains("  mail2: has not answered yet; open this page again in a moment");
        servers.answer("mail2");
    }

    @Test
    void anApproverSeesTheRequestsThatTheirYesCountsFor() {
        Bot bot = fakes.bot();
        bot.handle(new Incoming.Typed(CAROL, HERE, "unban 203.0.113.7 password changed"));
        assertThat(lines(CAROL)).first().isEqualTo("no request waits for you");
        assertThat(lines(DAVE).subList(0, 4))
                .containsExactly(
                        "carol asks to lift the ban on 203.0.113.7 (mail1: postfix-sasl)",
                        "  reason: “password changed”",
                        "  will run: fail2ban-client set postfix-sasl unbanip 203.0.113.7 on mail1",
                        "  [Approve] [Deny]");
        Card.Button approve = home.of(DAVE).getFirst().buttons().getFirst();
        assertThat(approve.confirm())
                .contains(new Card.Confirm(
                        "Lift the ban on 203.0.113.7?", "Lets 203.0.113.7 in again: mail1: postfix-sasl.", "Approve"));
        bot.handle(new Incoming.Pressed(DAVE, HERE, approve.action()));
        assertThat(lines(DAVE)).first().isEqualTo("no request waits for you");
    }

    @Test
    void onesOwnRequestWaitsForOneWhereThatIsAllowed() {
        BotOfFakes alone = new BotOfFakes(SelfApproval.SINGLE_ADDRESS, BotOfFakes.Waiting.TAKES_NO_TIME);
        alone.bot().handle(new Incoming.Typed(CAROL, HERE, "unban 203.0.113.7 password changed"));
        assertThat(lines(alone.home().of(CAROL))).first().asString().startsWith("carol asks to lift");
    }

    @Test
    void ofManyTenAreShownAndTheRestIsCounted() {
        for (int i = 1; i <= 12; i++) {
            servers.ban("mail2", "dovecot", "198.51.100." + i, NOON.plusSeconds(i));
            logIn("198.51.100." + i, "user" + i + "@example.org");
        }
        List<Card> cards = home.of(ALICE);
        assertThat(lines(cards).getFirst())
                .isEqualTo("2 of 2 servers answered; 13 bans stand; 12 known users' addresses are locked out");
        assertThat(cards).hasSize(12);
        assertThat(FakeChat.plain(cards.get(1))).startsWith("198.51.100.12, ");
        assertThat(FakeChat.plain(cards.getLast())).isEqualTo("and 2 more known users' addresses that are locked out");
        assertThat(cards.getLast().buttons())
                .extracting(Card.Button::action)
                .containsExactly(new CardAction.ListBans(Optional.empty(), Optional.empty(), CardAction.ListBans.ANEW));
    }

    private void logIn(String address, String mailbox) {
        for (int days = 2; days <= 3; days++) {
            servers.log(new Trace.OfMail(
                    NOON.minus(Duration.ofDays(days)),
                    new MailEvent.Login(
                            new LogTime.Missing(),
                            Service.DOVECOT,
                            Optional.of(Address.of(address)),
                            new Mailbox(mailbox),
                            Optional.of("PLAIN"),
                            Protocol.IMAP),
                    ""));
        }
    }

    private List<String> lines(Person person) {
        return lines(home.of(person));
    }

    private static List<String> lines(List<Card> cards) {
        List<String> lines = new ArrayList<>();
        for (Card card : cards) {
            lines.add(FakeChat.plain(card));
            card.facts().forEach(fact -> lines.add("  " + fact.label() + ": " + FakeChat.plain(fact.text())));
            if (!card.buttons().isEmpty()) {
                lines.add("  ["
                        + String.join(
                                "] [",
                                card.buttons().stream().map(Card.Button::label).toList())
                        + "]");
            }
        }
        return lines;
    }
}
