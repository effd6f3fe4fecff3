package io.mailban.diagnosis;

import static io.mailban.diagnosis.Seen.LAPTOP;
import static io.mailban.diagnosis.Seen.NOW;
import static io.mailban.diagnosis.Seen.SASL;
import static io.mailban.diagnosis.Seen.ago;
import static org.assertj.core.api.Assertions.assertThat;

import io.mailban.ban.Address;
import io.mailban.ban.Ban;
import io.mailban.ban.Mailbox;
import io.mailban.known.Recognizer;
import io.mailban.known.Whose;
import io.mailban.maillog.Cause;
import io.mailban.maillog.Protocol;
import io.mailban.maillog.TroubleKind;
import io.mailban.mailserver.BanListing;
import io.mailban.mailserver.FirewallPlace;
import io.mailban.mailserver.FirewallSearch.Entry;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What keeps a client out when no ban does. */
final class OtherFindingsTest {
    private static final long DAY = 24 * 60;
    private static final Mailbox BOB = new Mailbox("bob@example.org");
    private static final Entry SET =
            new Entry(new FirewallPlace.NftSet("inet", "f2b-table", "addr-set-postfix-sasl"), Optional.of(SASL));

    private final Diagnoser diagnoser = new Diagnoser(new Recognizer(Set.of()));

    @Test
    void anEntryInTheFirewallWithoutABanIsLeftBehind() {
        assertThat(worst(new Seen().inFirewall(SET))).isEqualTo(new Finding.LeftInFirewall(LAPTOP, List.of(SET)));
        assertThat(findings(new Seen().banned(SASL, "203.0.113.7", 5).inFirewall(SET)))
                .noneMatch(Finding.LeftInFirewall.class::isInstance);
    }

    @Test
    void mailcowsNetfilterIsNotFail2ban() {
        Entry entry = new Entry(new FirewallPlace.NftChain("ip", "filter", "MAILCOW"), Optional.empty());
        assertThat(worst(new Seen().inFirewall(entry))).isEqualTo(new Finding.OtherFirewall(LAPTOP, List.of(entry)));
    }

    @ParameterizedTest
    @EnumSource(names = {"CONNECTION_LIMIT", "RATE_LIMIT", "CERTIFICATE_REFUSED", "DISK_FULL"})
    void aClientsTroubleIsToldUntilItGetsInAgain(TroubleKind kind) {
        Seen seen = new Seen().trouble(kind, 40).trouble(kind, 30);
        assertThat(worst(seen))
                .isEqualTo(new Finding.OtherTrouble(kind, Optional.of(LAPTOP), Optional.empty(), 2, ago(30)));
        boolean over = kind != TroubleKind.DISK_FULL;
        assertThat(findings(seen.loggedIn("bob@example.org", 20)))
                .noneMatch(finding -> over && finding instanceof Finding.OtherTrouble);
    }

    @Test
    void aFullMailboxIsToldUntilMailArrivesAgain() {
        Seen seen =
                new Seen().loggedIn("bob@example.org", 50).notArrived("bob@example.org", TroubleKind.MAILBOX_FULL, 20);
        assertThat(worst(seen))
                .isEqualTo(new Finding.OtherTrouble(
                        TroubleKind.MAILBOX_FULL, Optional.empty(), Optional.of(BOB), 1, ago(20)));
        assertThat(worst(seen.arrived("bob@example.org", 10))).isInstanceOf(Finding.GettingIn.class);
    }

    @Test
    void aRefusedTokenMeansToSignInAgain() {
        Seen seen = new Seen().failed("bob@example.org", Cause.TOKEN_REFUSED, 5);
        assertThat(worst(seen)).isEqualTo(new Finding.SignInAgain(LAPTOP, Optional.of(BOB), 1, ago(5)));
        assertThat(worst(seen.loggedIn("bob@example.org", 4))).isInstanceOf(Finding.GettingIn.class);
    }

    @Test
    void aNameWithoutItsDomainIsToldWhereOthersLogInWithIt() {
        Seen seen = new Seen().failed("bob", Cause.UNKNOWN_USER, 5);
        Seen elsewhere = new Seen().loggedIn("203.0.113.99", "bob@example.org", 60);
        Neighbours neighbours = new Neighbours(
                new BanListing.Standing(List.of()),
                elsewhere.observation().traces(),
                elsewhere.observation().traces());
        assertThat(diagnoser.mailboxesToFollow(LAPTOP, seen.observation().traces(), NOW))
                .containsExactly(new Mailbox("bob"));
        assertThat(diagnoser
                        .explain(LAPTOP, seen.observation(), neighbours, NOW)
                        .worst())
                .isEqualTo(new Finding.WithoutDomain(LAPTOP, new Mailbox("bob"), BOB, 1, ago(5)));
    }

    @Test
    void theBannedIpv6AddressOfTheSameOwnerIsTold() {
        Address ipv6 = Address.of("2001:db8::7");
        Ban ban = new Ban(SASL, ipv6, Optional.of(ago(5)), Optional.empty());
        Seen seen = new Seen().loggedIn("bob@example.org", 60);
        Seen others = new Seen()
                .loggedIn("bob@example.org", 60)
                .loggedIn("2001:db8::7", "bob@example.org", 3 * DAY)
                .loggedIn("2001:db8::7", "bob@example.org", 2 * DAY);
        Neighbours neighbours = new Neighbours(
                new BanListing.Standing(List.of(ban)),
                others.observation().traces(),
                others.observation().traces());
        assertThat(diagnoser
                        .explain(LAPTOP, seen.observation(), neighbours, NOW)
                        .worst())
                .isEqualTo(new Finding.SiblingBanned(LAPTOP, ipv6, BOB, List.of(ban)));
    }

    @Test
    void somebodyElsesBannedAddressIsNoSibling() {
        Ban ban = new Ban(SASL, Address.of("198.51.100.9"), Optional.of(ago(5)), Optional.empty());
        Seen seen = new Seen().loggedIn("bob@example.org", 60);
        // A guess that worked: it failed for several names within the day before.
        Seen thief = new Seen().loggedIn("198.51.100.9", "bob@example.org", 60);
        Seen all = new Seen().loggedIn("198.51.100.9", "bob@example.org", 60);
        for (String name : List.of("admin", "info", "test")) {
            all.failedFrom("198.51.100.9", name + "@example.org", 70);
        }
        Neighbours neighbours = new Neighbours(
                new BanListing.Standing(List.of(ban)),
                thief.observation().traces(),
                all.observation().traces());
        assertThat(diagnoser
                        .explain(LAPTOP, seen.observation(), neighbours, NOW)
                        .findings())
                .singleElement()
                .isInstanceOf(Finding.GettingIn.class);
    }

    @Test
    void loginsThatFailUncountedAreNoSilence() {
        assertThat(worst(new Seen().failed("bob@example.org", 50)))
                .isInstanceOfSatisfying(
                        Finding.LoginsFail.class,
                        fail -> assertThat(fail.cause()).isInstanceOf(BanCause.FailedLogins.class));
        assertThat(worst(new Seen().connected(Protocol.IMAP, 5)))
                .isEqualTo(new Finding.OnlyConnects(LAPTOP, 1, Protocol.IMAP, ago(5)));
    }

    @Test
    void aNameThatNobodyEverLoggedInByIsNoMailboxThatTheLogsKnow() {
        Seen seen = new Seen().failed("bop@example.org", Cause.UNKNOWN_USER, 5);
        assertThat(ofMailbox("bop@example.org", seen, Map.of()).worst())
                .isInstanceOfSatisfying(
                        Finding.NoSuchMailbox.class,
                        none -> assertThat(none.refusedAsUnknown()).isEqualTo(1));
        assertThat(ofMailbox("bop@example.org", seen.arrived("bop@example.org", 60), Map.of())
                        .worst())
                .isInstanceOf(Finding.MailboxUse.class);
    }

    @Test
    void aMailboxLeadsWithWhatIsKnownAndCountsTheGuessers() {
        Seen seen = new Seen().loggedIn("203.0.113.7", "bob@example.org", 2 * DAY);
        seen.loggedIn("203.0.113.8", "bob@example.org", 30);
        for (int i = 10; i < 48; i++) {
            seen.failedFrom("198.51.100." + i, "bob@example.org", 60 + i);
        }
        Map<Address, Whose> whose = Map.of(
                LAPTOP,
                new Whose.Known(BOB, 9, ago(9 * DAY), Set.of()),
                Address.of("203.0.113.8"),
                new Whose.Perhaps(BOB, 1, ago(30)));
        Finding.MailboxUse use =
                (Finding.MailboxUse) ofMailbox("bob@example.org", seen, whose).worst();
        assertThat(use.own())
                .extracting(Finding.AddressUse::address)
                .containsExactly(LAPTOP, Address.of("203.0.113.8"));
        assertThat(use.others()).hasSize(38);
    }

    private static Diagnosis.OfServer ofMailbox(String name, Seen seen, Map<Address, Whose> whose) {
        Mailbox mailbox = new Mailbox(name);
        Observation observation = seen.observation();
        return MailboxDiagnoser.explain(
                mailbox, observation, MailboxDiagnoser.use(mailbox, observation, whose), List.of());
    }

    private Finding worst(Seen seen) {
        return findings(seen).getFirst();
    }

    private List<Finding> findings(Seen seen) {
        return diagnoser.explain(LAPTOP, seen.observation(), NOW).findings();
    }
}
