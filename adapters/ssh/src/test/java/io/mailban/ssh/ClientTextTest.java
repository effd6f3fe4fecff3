package io.mailban.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import io.mailban.ban.Jail;
import io.mailban.ssh.ClientText.Times;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The texts are those of fail2ban 1.0.2 and 1.1.0, unless another version is named. */
class ClientTextTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    @Test
    void readsWhatEachJailHolds() {
        assertThat(ClientText.banned("[{'postfix-sasl': ['203.0.113.7', '203.0.113.0/24']}, {'it\\'s': []}]"))
                .contains(Map.of(
                        new Jail("postfix-sasl"),
                        List.of("203.0.113.7", "203.0.113.0/24"),
                        new Jail("it's"),
                        List.of()));
    }

    @Test
    void anythingElseIsNoTableOfBans() {
        assertThat(ClientText.banned("Invalid command")).isEmpty();
        assertThat(ClientText.banned("[['postfix-sasl']]")).isEmpty();
        assertThat(ClientText.banned("")).isEmpty();
    }

    @Test
    void readsTimesInTheServersZone() {
        String printed = """
                203.0.113.7 \t2026-11-22 10:40:48 + 600 = 2026-11-22 10:50:48
                some user \t2026-07-01 10:00:00 + -1 = 9999-12-31 23:59:59
                2001:db8::7 \t2026-11-22 10:40:48 + 99999999999 = 9999-12-31 23:59:59
                no times here
                bad \t2026-02-31 10:00:00 + 1 = x""";
        Instant since = Instant.parse("2026-11-22T09:40:48Z");
        assertThat(ClientText.bansWithTime(printed, new ServerClock(BERLIN, Duration.ZERO), Instant.EPOCH))
                .isEqualTo(Map.of(
                        "203.0.113.7", new Times(since, Optional.of(since.plusSeconds(600))),
                        "some user", new Times(Instant.parse("2026-07-01T08:00:00Z"), Optional.empty()),
                        "2001:db8::7", new Times(since, Optional.empty())));
    }

    @Test
    void anIdThatLooksLikeATimeIsStillTheId() {
        String id = "x \t2026-11-22 10:40:48 + 600 = 2026-11-22 10:50:48";
        assertThat(ClientText.bansWithTime(
                        id + " \t2026-11-22 11:00:00 + 5 = 2026-11-22 11:00:05",
                        new ServerClock(BERLIN, Duration.ZERO),
                        Instant.EPOCH))
                .containsOnlyKeys(id);
    }

    @Test
    void readsJails() {
        assertThat(ClientText.jails("Status\n|- Number of jail:\t2\n`- Jail list:\tdovecot-invalid, postfix-sasl"))
                .containsExactly(new Jail("dovecot-invalid"), new Jail("postfix-sasl"));
        assertThat(ClientText.jails("Status\n|- Number of jail:\t0\n`- Jail list:\t"))
                .isEmpty();
    }

    @Test
    void readsTheBansOfAJailFromItsStatus() {
        assertThat(ClientText.bannedOf("""
                        Status for the jail: postfix-sasl
                        |- Filter
                        |  |- Currently failed:\t0
                        |  |- Total failed:\t3
                        |  `- File list:\t/var/log/mail.log
                        `- Actions
                           |- Currently banned:\t2
                           |- Total banned:\t2
                           `- Banned IP list:\t203.0.113.7 2001:db8::7""")).containsExactly("203.0.113.7", "2001:db8::7");
        // fail2ban 0.8
        assertThat(ClientText.bannedOf("   `- IP list:\t203.0.113.7 ")).containsExactly("203.0.113.7");
        assertThat(ClientText.bannedOf("   `- Banned IP list:\t")).isEmpty();
    }

    @Test
    void readsTreesAndLists() {
        assertThat(ClientText.tree("These IP addresses/networks are ignored:\n|- 127.0.0.0/8\n`- ::1"))
                .containsExactly("127.0.0.0/8", "::1");
        assertThat(ClientText.tree("No IP address/network is ignored")).isEmpty();
        assertThat(ClientText.listed(
                        "The jail postfix-sasl has the following actions:\nnftables-multiport, mail-whois"))
                .containsExactly("nftables-multiport", "mail-whois");
        assertThat(ClientText.listed("No actions for jail x")).isEmpty();
    }
}
