package io.mailban.reply;

import static org.assertj.core.api.Assertions.assertThat;

import io.mailban.ban.Address;
import io.mailban.ban.AddressScope;
import io.mailban.ban.Ban;
import io.mailban.ban.Jail;
import io.mailban.ban.Mailbox;
import io.mailban.ban.ServerName;
import io.mailban.bot.FakeChat;
import io.mailban.chat.Card;
import io.mailban.chat.CardAction;
import io.mailban.diagnosis.BanCause;
import io.mailban.diagnosis.Diagnosis;
import io.mailban.diagnosis.Finding;
import io.mailban.diagnosis.Mark;
import io.mailban.diagnosis.Question;
import io.mailban.diagnosis.Rhythm;
import io.mailban.known.Whose;
import io.mailban.maillog.Cause;
import io.mailban.maillog.Protocol;
import io.mailban.maillog.TroubleKind;
import io.mailban.mailserver.FirewallPlace;
import io.mailban.mailserver.FirewallSearch.Entry;
import io.mailban.mailserver.JailSettings.Closes;
import io.mailban.mailserver.JailSettings.Manner;
import io.mailban.mailserver.Obstacle;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Each finding as a person reads it. */
final class FindingWordsTest {
    private static final Instant AT = Instant.parse("2026-11-22T12:00:00Z");
    private static final Address LAPTOP = Address.of("203.0.113.7");
    private static final Mailbox BOB = new Mailbox("bob@example.org");
    private static final Jail SASL = new Jail("postfix-sasl");
    private static final Ban BAN = new Ban(SASL, LAPTOP, Optional.of(AT), Optional.of(AT.plusSeconds(3600)));
    private static final Whose KNOWN = new Whose.Known(BOB, 212, AT.minus(Duration.ofDays(19)), Set.of());
    private static final Whose GUESSER = new Whose.Suspicious(Set.of(BOB, new Mailbox("info")), Set.of(), Set.of());

    @Test
    void aBanOfABobsTellsWhatTheClientNoticesAndThatItComesBack() {
        assertThat(lines(banned(
                        KNOWN,
                        failed(new Rhythm(Optional.of(Duration.ofMinutes(5)), Rhythm.Passwords.NOT_SHOWN)),
                        new Mark.ComesBack(Optional.of(Duration.ofMinutes(5)), 3),
                        new Mark.NearRecidive(4, 5, Duration.ofDays(1)))))
                .containsExactly(
                        "203.0.113.7 can't reach mail1: banned since 2026-11-22T12:00:00Z, until 2026-11-22T13:00:00Z",
                        "jail: postfix-sasl",
                        "because: 3 wrong SMTP passwords for bob@example.org in 2 min, the last at 2026-11-22T12:00:00Z;"
                                + " it looks like one stale password, tried every 5 min",
                        "blocks: 25 143: IMAP too; the client hangs until it gives up",
                        "again: it comes back unless the password is changed: 3 bans within a day, the device tries"
                                + " every 5 min",
                        "next: recidive 4 of 5 within 24 h: one more ban makes a long one",
                        "whose: bob@example.org's: 212 good logins since 2026-11-03T12:00:00Z, nobody else's",
                        "will run: fail2ban-client set postfix-sasl unbanip 203.0.113.7");
    }

    @Test
    void anAttackersBanSaysSoAndOffersNoUnban() {
        Finding finding = banned(GUESSER, failed(Rhythm.NOT_TOLD), new Mark.ComesBack(Optional.empty(), 3));
        assertThat(lines(finding))
                .contains("to do: nothing: it looks like an attacker's address, and is kept out as it should be")
                .noneMatch(line -> line.startsWith("will run") || line.startsWith("again"));
        assertThat(card(finding).buttons())
                .extracting(Card.Button::action)
                .noneMatch(CardAction.RequestUnban.class::isInstance);
    }

    @Test
    void aForgedBanNamesWhoForgedIt() {
        assertThat(lines(banned(KNOWN, new BanCause.Forged(Address.of("198.51.100.66"), 3, AT))))
                .contains(
                        "because: forged: what fail2ban counted came from 198.51.100.66, which sent 3 user names made to"
                                + " look like this address, the last at 2026-11-22T12:00:00Z",
                        "to do: lift it, and mend the filter (filter.d/dovecot.conf), or it is banned again at"
                                + " anybody's will");
    }

    @Test
    void aBanWithoutEffectSaysSoInItsFirstSentence() {
        assertThat(lines(banned(
                        KNOWN, new BanCause.ByHand(), new Mark.StillGetsThrough(4, Protocol.IMAP, AT.plusSeconds(90)))))
                .contains("203.0.113.7 is banned on mail1 since 2026-11-22T12:00:00Z, until 2026-11-22T13:00:00Z,"
                        + " and gets through nevertheless")
                .anyMatch(line -> line.startsWith("no effect: it came through 4 times since, the last by IMAP"))
                .as("it blocks nothing")
                .noneMatch(line -> line.startsWith("blocks"));
    }

    @Test
    void aBannedGatewayIsAnAlarm() {
        Finding finding =
                banned(KNOWN, new BanCause.ByHand(), new Mark.SharedByMany(AddressScope.PRIVATE, Set.of(BOB)));
        assertThat(card(finding).tone()).isEqualTo(Card.Tone.ALARM);
        assertThat(lines(finding).getFirst()).endsWith("; everybody behind it may be locked out");
    }

    @Test
    void whatIsLeftInTheFirewallComesWithTheCommandThatMendsIt() {
        Entry entry =
                new Entry(new FirewallPlace.NftSet("inet", "f2b-table", "addr-set-postfix-sasl"), Optional.of(SASL));
        assertThat(lines(new Finding.LeftInFirewall(LAPTOP, List.of(entry))))
                .containsExactly(
                        "203.0.113.7 can't reach mail1: fail2ban's firewall still holds it, though no jail does",
                        "held by: nft inet f2b-table addr-set-postfix-sasl",
                        "to do: on the server: sudo nft delete element inet f2b-table addr-set-postfix-sasl { 203.0.113.7 }");
    }

    @Test
    void everyOtherTroubleHasItsSentenceAndWhatToDo() {
        for (TroubleKind kind : TroubleKind.values()) {
            List<String> lines = lines(new Finding.OtherTrouble(kind, Optional.of(LAPTOP), Optional.of(BOB), 3, AT));
            assertThat(lines).hasSize(3);
            assertThat(lines.get(0)).contains("on mail1");
            assertThat(lines.get(1))
                    .isEqualTo(
                            "because: 3 times within a day, the last at 2026-11-22T12:00:00Z as" + " bob@example.org");
            assertThat(lines.get(2)).startsWith("to do: ");
        }
    }

    @Test
    void anUnreachableServerTellsWhatItSaidTheLastTime() {
        Finding finding = new Finding.ServerUnreachable(
                new Obstacle.PortClosed("mail1", 22), Optional.of(new Finding.LastKnown(AT, List.of(BAN))));
        assertThat(lines(finding))
                .contains("last known: 2026-11-22T12:00:00Z: banned by postfix-sasl since 2026-11-22T12:00:00Z, until"
                        + " 2026-11-22T13:00:00Z");
    }

    @Test
    void aLineThatBeginsWithTheServersNameDoesNotNameItAgain() {
        Diagnosis diagnosis = new Diagnosis(
                new Question.OfAddress(LAPTOP),
                AT,
                List.of(
                        new Diagnosis.OfServer(
                                new ServerName("mail1"), List.of(banned(KNOWN, new BanCause.ByHand())), List.of()),
                        new Diagnosis.OfServer(
                                new ServerName("mail2"), List.of(banned(KNOWN, new BanCause.ByHand())), List.of())),
                List.of());
        assertThat(lines(ReplyWriter.diagnosis(diagnosis)))
                .contains("mail2: 203.0.113.7 can't reach the server: banned since 2026-11-22T12:00:00Z, until"
                        + " 2026-11-22T13:00:00Z");
    }

    private static BanCause failed(Rhythm rhythm) {
        return new BanCause.FailedLogins(
                3, Set.of(BOB), Optional.of(Protocol.SMTP), Cause.WRONG_PASSWORD, AT.minusSeconds(120), AT, rhythm);
    }

    private static Finding banned(Whose whose, BanCause cause, Mark... marks) {
        return new Finding.Banned(
                LAPTOP,
                List.of(BAN),
                cause,
                new Closes.Ports(List.of(25, 143)),
                Manner.SILENT,
                List.of(marks),
                whose,
                Optional.empty());
    }

    private static Card card(Finding finding) {
        return ReplyWriter.diagnosis(new Diagnosis(
                new Question.OfAddress(LAPTOP),
                AT,
                List.of(new Diagnosis.OfServer(new ServerName("mail1"), List.of(finding), List.of())),
                List.of()));
    }

    private static List<String> lines(Finding finding) {
        return lines(card(finding));
    }

    private static List<String> lines(Card card) {
        assertThat(card.masked().verdict() + " " + card.masked().facts())
                .as("what others see names no mailbox in full")
                .doesNotContain(BOB.name());
        List<String> lines = new ArrayList<>();
        lines.add(FakeChat.plain(card));
        card.facts().forEach(fact -> lines.add(fact.label() + ": " + FakeChat.plain(fact.text())));
        return lines;
    }
}
