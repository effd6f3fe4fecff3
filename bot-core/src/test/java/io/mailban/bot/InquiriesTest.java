package io.mailban.bot;

import static org.assertj.core.api.Assertions.assertThat;

import io.mailban.ban.Address;
import io.mailban.ban.Ban;
import io.mailban.ban.Jail;
import io.mailban.ban.Mailbox;
import io.mailban.ban.ServerName;
import io.mailban.diagnosis.BanRoll;
import io.mailban.diagnosis.Diagnoser;
import io.mailban.diagnosis.Finding;
import io.mailban.diagnosis.Question;
import io.mailban.known.Recognizer;
import io.mailban.known.Whose;
import io.mailban.logtime.LogTime;
import io.mailban.maillog.MailEvent;
import io.mailban.maillog.Protocol;
import io.mailban.maillog.Service;
import io.mailban.mailserver.BanRecords;
import io.mailban.mailserver.Evidencing;
import io.mailban.mailserver.FirewallSearch;
import io.mailban.mailserver.Trace;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

final class InquiriesTest {
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    private static final Address LAPTOP = Address.of("203.0.113.7");

    private final SettableClock clock = new SettableClock(NOON);
    private final FakeServers servers =
            new FakeServers("mail1", "mail2").ban("mail1", "postfix-sasl", "203.0.113.7", NOON.minusSeconds(600));
    private final AskedRecords records = new AskedRecords();
    private final Inquiries inquiries =
            new Inquiries(servers, servers, records, new Diagnoser(new Recognizer(Set.of())), clock);

    @Test
    void aServerThatIsGoneIsRememberedWithItsBansAndWhenTheyWereSeen() {
        servers.goDown("mail2");
        assertThat(unreachable("mail2").last()).isEmpty();
        inquiries.check(new Question.OfAddress(LAPTOP), Optional.empty());
        servers.goDown("mail1");
        clock.pause(Duration.ofMinutes(12));
        Finding.LastKnown known = unreachable("mail1").last().orElseThrow();
        assertThat(known.at()).isEqualTo(NOON);
        assertThat(known.bans()).extracting(Ban::jail).containsExactly(new Jail("postfix-sasl"));
    }

    @Test
    void aBanThatHasEndedSinceIsNotSaidToStand() {
        inquiries.bans(Optional.empty(), Optional.empty());
        servers.goDown("mail1");
        clock.pause(Duration.ofHours(2));
        assertThat(unreachable("mail1").last()).contains(new Finding.LastKnown(NOON, List.of()));
    }

    @Test
    void theDatabaseIsAskedForABanAndTheFirewallWhereNoneStands() {
        inquiries.check(new Question.OfAddress(LAPTOP), Optional.empty());
        assertThat(records.asked).containsExactlyInAnyOrder("evidence mail1", "firewall mail2");
        records.asked.clear();
        servers.ban("mail2", "recidive", "203.0.113.0/24", NOON);
        inquiries.check(new Question.OfAddress(LAPTOP), Optional.of(new ServerName("mail2")));
        assertThat(records.asked).contains("firewall mail2");
        records.asked.clear();
        servers.goDown("mail2");
        inquiries.check(new Question.OfAddress(LAPTOP), Optional.of(new ServerName("mail2")));
        assertThat(records.asked).isEmpty();
    }

    @Test
    void bansTellWhichOfTheBannedAreUsers() {
        servers.ban("mail1", "postfix-sasl", "198.51.100.9", NOON);
        servers.log(login("203.0.113.7", NOON.minus(Duration.ofDays(3))));
        servers.log(login("203.0.113.7", NOON.minus(Duration.ofDays(2))));
        BanRoll roll = inquiries.bans(Optional.of(new ServerName("mail1")), Optional.empty());
        assertThat(roll.servers().values().iterator().next().whose())
                .containsEntry(
                        LAPTOP,
                        new Whose.Known(new Mailbox("bob@example.org"), 2, NOON.minus(Duration.ofDays(3)), Set.of()))
                .containsEntry(Address.of("198.51.100.9"), new Whose.Unknown(Set.of()));
    }

    @Test
    void aJailThatNoServerHasIsNotSaidToHoldNobody() {
        assertThat(bansOf("postfix-sals").unheardOf()).contains(new Jail("postfix-sals"));
        assertThat(bansOf("postfix-sasl").unheardOf()).isEmpty();
        servers.goDown("mail2");
        assertThat(bansOf("postfix-sals").unheardOf()).isEmpty();
    }

    private BanRoll bansOf(String jail) {
        return inquiries.bans(Optional.empty(), Optional.of(new Jail(jail)));
    }

    private Finding.ServerUnreachable unreachable(String server) {
        return (Finding.ServerUnreachable) inquiries
                .check(new Question.OfAddress(LAPTOP), Optional.of(new ServerName(server)))
                .worst();
    }

    private static Trace login(String address, Instant at) {
        return new Trace.OfMail(
                at,
                new MailEvent.Login(
                        new LogTime.Missing(),
                        Service.DOVECOT,
                        Optional.of(Address.of(address)),
                        new Mailbox("bob@example.org"),
                        Optional.empty(),
                        Protocol.IMAP),
                "");
    }

    /** Writes down what it is asked for, and knows nothing. */
    private static final class AskedRecords implements BanRecords {
        private final List<String> asked = new CopyOnWriteArrayList<>();

        @Override
        public Evidencing evidence(ServerName server, Address address) {
            asked.add("evidence " + server);
            return new Evidencing.Kept(List.of());
        }

        @Override
        public FirewallSearch firewall(ServerName server, Address address) {
            asked.add("firewall " + server);
            return new FirewallSearch.Searched(List.of());
        }
    }
}
