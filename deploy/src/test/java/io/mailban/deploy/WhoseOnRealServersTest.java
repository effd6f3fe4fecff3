package io.mailban.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.mailban.ban.Address;
import io.mailban.ban.Mailbox;
import io.mailban.chat.Card;
import io.mailban.chat.CardAction;
import io.mailban.diagnosis.Diagnosis;
import io.mailban.diagnosis.Finding;
import io.mailban.diagnosis.Question;
import io.mailban.known.Whose;
import io.mailban.reply.ReplyWriter;
import io.mailban.sandbox.Account;
import io.mailban.sandbox.Client;
import io.mailban.sandbox.Login;
import io.mailban.sandbox.MailServer;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A user, a guesser who uses the user's name and a thief who has the password, on real servers. */
final class WhoseOnRealServersTest extends OnRealServers {
    private static final Mailbox ALICE = new Mailbox("alice@example.org");

    @ParameterizedTest
    @MethodSource("servers")
    void aGuesserWhoUsesBobsNameIsNobody(MailServer server) {
        guess("203.0.113.40", server, "bob", "bob", "bob");
        server.awaitBan("postfix-sasl", "203.0.113.40");
        assertThat(banned("203.0.113.40", server).whose())
                .isEqualTo(new Whose.Unknown(Set.of(new Mailbox("bob@example.org"))));
    }

    @ParameterizedTest
    @MethodSource("servers")
    void aThiefWhoGuessedAndGotInIsAnAlarm(MailServer server) {
        guess("203.0.113.41", server, "admin", "info", "office");
        // The thief waits until the ban has ended.
        server.awaitBan("postfix-sasl", "203.0.113.41");
        server.exec("fail2ban-client", "set", "postfix-sasl", "unbanip", "203.0.113.41");
        assertThat(real.client("203.0.113.41").imapLogin(server, Account.ALICE)).isEqualTo(Login.LOGGED_IN);
        Diagnosis.OfServer answer = real.check("203.0.113.41", server);
        assertThat(answer.worst()).isInstanceOfSatisfying(Finding.GuessWorked.class, guess -> {
            assertThat(guess.gotIn()).containsExactly(ALICE);
            assertThat(guess.names()).hasSize(3);
        });
        real.banByHand("postfix-sasl", "203.0.113.41", server);
        Card card = ReplyWriter.diagnosis(new Diagnosis(
                new Question.OfAddress(Address.of("203.0.113.41")),
                Instant.now(),
                List.of(real.check("203.0.113.41", server)),
                List.of()));
        assertThat(card.tone()).isEqualTo(Card.Tone.ALARM);
        assertThat(card.buttons()).extracting(Card.Button::action).noneMatch(CardAction.RequestUnban.class::isInstance);
    }

    @Test
    void aMailboxLeadsWithItsOwnAddressesAndNamesTheGuessers() {
        MailServer server = real.withFiles();
        assertThat(real.client("203.0.113.42").imapLogin(server, Account.ALICE)).isEqualTo(Login.LOGGED_IN);
        real.datedBack(server, "rip=203.0.113.42,", 3 * 24 * 60, 2 * 24 * 60);
        for (int i = 50; i < 54; i++) {
            guess("203.0.113." + i, server, "alice");
        }
        Finding.MailboxUse use = use(real.checkMailbox("alice@example.org", server));
        assertThat(use.own().getFirst().address()).isEqualTo(Address.of("203.0.113.42"));
        assertThat(use.own().getFirst().whose()).isInstanceOf(Whose.Known.class);
        assertThat(use.others())
                .extracting(Finding.AddressUse::address)
                .contains(Address.of("203.0.113.50"), Address.of("203.0.113.53"));
    }

    @ParameterizedTest
    @MethodSource("servers")
    void aNameThatIsOnlyTriedIsNoMailboxThatTheLogsKnow(MailServer server) {
        guess("203.0.113.43", server, "bop");
        assertThat(real.checkMailbox("bop@example.org", server).worst()).isInstanceOf(Finding.NoSuchMailbox.class);
    }

    @ParameterizedTest
    @MethodSource("servers")
    void aLoginWithoutItsDomainIsTold(MailServer server) {
        assertThat(real.client("203.0.113.44").imapLogin(server, Account.BOB)).isEqualTo(Login.LOGGED_IN);
        assertThat(real.client("203.0.113.45").imapLogin(server, new Account("bob", "bobs-password")))
                .isEqualTo(Login.WRONG_PASSWORD);
        assertThat(real.check("203.0.113.45", server).worst())
                .isInstanceOfSatisfying(
                        Finding.WithoutDomain.class,
                        without -> assertThat(without.full()).isEqualTo(new Mailbox("bob@example.org")));
    }

    private void guess(String address, MailServer server, String... names) {
        Client client = real.client(address);
        for (String name : names) {
            assertThat(client.smtpLogin(server, new Account(name + "@example.org", "guess")))
                    .isEqualTo(Login.WRONG_PASSWORD);
        }
    }

    private Finding.Banned banned(String address, MailServer server) {
        assertThat(real.check(address, server).worst()).isInstanceOf(Finding.Banned.class);
        return (Finding.Banned) real.check(address, server).worst();
    }

    private static Finding.MailboxUse use(Diagnosis.OfServer answer) {
        return (Finding.MailboxUse) answer.findings().stream()
                .filter(Finding.MailboxUse.class::isInstance)
                .findFirst()
                .orElseThrow();
    }
}
