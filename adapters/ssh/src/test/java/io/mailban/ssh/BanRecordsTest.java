package io.mailban.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import io.mailban.ban.Address;
import io.mailban.ban.Jail;
import io.mailban.maillog.MailEvent;
import io.mailban.mailserver.Evidencing;
import io.mailban.mailserver.Evidencing.KeptBan;
import io.mailban.mailserver.FirewallPlace.IpSet;
import io.mailban.mailserver.FirewallPlace.NftChain;
import io.mailban.mailserver.FirewallPlace.NftSet;
import io.mailban.mailserver.FirewallPlace.Rule;
import io.mailban.mailserver.FirewallSearch;
import io.mailban.mailserver.FirewallSearch.Entry;
import io.mailban.mailserver.Trace;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the script's answers mean; they are those of real servers, where no comment says otherwise. */
class BanRecordsTest {
    private static final ServerClock UTC = new ServerClock(ZoneOffset.UTC, Duration.ZERO);
    private static final Jail SASL = new Jail("postfix-sasl");

    /** fail2ban 1.1.0: the first line is cut where its time was found, the others are whole. */
    private static final String ROW = """
            {"jail": "postfix-sasl", "ip": "203.0.113.7", "timeofban": 1795376148, "bantime": 3600, "bancount": 1, \
            "data": {"matches": [["", "2026-11-22T19:35:47.883458+00:00", " mailserver postfix/submission/smtpd[152]: \
            warning: unknown[203.0.113.7]: SASL PLAIN authentication failed: (reason unavailable), \
            sasl_username=bob@example.org"], "2026-11-22T19:35:47.961479+00:00 mailserver postfix/submission/smtpd[152]: \
            warning: unknown[203.0.113.7]: SASL PLAIN authentication failed: (reason unavailable), \
            sasl_username=b\\u00f6b@example.org"], "failures": 3, "ip4": "203.0.113.7"}}
            """;

    @Test
    void aBanInBothTablesIsOneWithItsLinesInOrder() {
        KeptBan ban = kept("M bips\n" + ROW + "M bans\n" + ROW + "M end\n");
        assertThat(ban.jail()).isEqualTo(SASL);
        assertThat(ban.id()).isEqualTo(Address.of("203.0.113.7"));
        assertThat(ban.since()).isEqualTo(Instant.ofEpochSecond(1795376148));
        assertThat(ban.banTime()).contains(Duration.ofHours(1));
        assertThat(ban.failures()).isEqualTo(3);
        assertThat(ban.times()).isEqualTo(1);
        assertThat(ban.lines())
                .extracting(Trace::at)
                .containsExactly(
                        Instant.parse("2026-11-22T19:35:47.883458Z"), Instant.parse("2026-11-22T19:35:47.961479Z"));
        assertThat(ban.lines())
                .first()
                .isInstanceOfSatisfying(
                        Trace.OfMail.class,
                        line -> assertThat(line.event())
                                .isInstanceOfSatisfying(
                                        MailEvent.AuthFailure.class,
                                        failure -> assertThat(failure.address()).contains(Address.of("203.0.113.7"))));
        assertThat(ban.lines().getLast().line()).contains("sasl_username=böb@example.org");
    }

    @Test
    void aServersClockThatIsAheadIsTranslated() {
        ServerClock ahead = new ServerClock(ZoneOffset.UTC, Duration.ofMinutes(5));
        assertThat(BanDatabase.read("M bips\n" + ROW + "M bans\nM end\n", "M", ahead, ""))
                .isInstanceOfSatisfying(
                        Evidencing.Kept.class,
                        kept -> assertThat(kept.bans().getFirst().since())
                                .isEqualTo(Instant.ofEpochSecond(1795376148 - 300)));
    }

    @Test
    void aBanByHandHasNoFailureAndOneWithoutEndNoLength() {
        KeptBan ban = kept("""
                M bips
                {"jail": "recidive", "ip": "2001:db8::77", "timeofban": 1795377357, "bantime": -1, "bancount": 2, \
                "data": {"matches": [], "failures": 0}}
                M bans
                M end
                """);
        assertThat(ban.failures()).isZero();
        assertThat(ban.lines()).isEmpty();
        assertThat(ban.banTime()).isEmpty();
        assertThat(ban.times()).isEqualTo(2);
    }

    @Test
    void repeatedBansAreCountedWhereTheDatabaseDoesNot() {
        String rows = "M bips\nM bans\n" + row(300) + row(200) + row(100) + "M end\n";
        assertThat(BanDatabase.read(rows, "M", UTC, ""))
                .isInstanceOfSatisfying(
                        Evidencing.Kept.class,
                        kept -> assertThat(kept.bans())
                                .extracting(KeptBan::times)
                                .containsExactly(3, 2, 1));
    }

    /** Made up. */
    @Test
    void passwordsInLinesAreRedactedAndLinesThatMeanNothingLeftOut() {
        KeptBan ban = kept("""
                M bips
                {"jail": "dovecot", "ip": "203.0.113.7", "timeofban": 1795376148, "bantime": 60, "bancount": 1, \
                "data": {"matches": ["2026-11-22T19:35:47+00:00 h dovecot: auth-worker(7): conn unix:auth-worker: \
                auth-worker<1>: sql(bob@example.org,203.0.113.7): Password mismatch (given password: sesame)", \
                "nonsense", 5, {"a": "b"}], "failures": 3}}
                M bans
                M end
                """);
        assertThat(ban.lines()).hasSize(1);
        assertThat(ban.lines().getFirst().line()).contains("given password: …").doesNotContain("sesame");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            M fault evidence there is no python3 to read /x with  | there is no python3 to read /x with
            M fault evidence /x: unable to open database file     | /x: unable to open database file
            M bips                                                | sudo: a password is required
            """)
    void whatCannotBeReadIsSaid(String out, String words) {
        assertThat(BanDatabase.read(out + "\n", "M", UTC, "sudo: a password is required\n"))
                .isEqualTo(new Evidencing.NotReadable(words));
    }

    @Test
    void aFirewallsEntriesNameTheirJail() {
        Set<Jail> jails = Set.of(SASL, new Jail("f6"), new Jail("dovecot"));
        assertThat(Firewall.read("""
                        M in nft-set inet f2b-table addr-set-postfix-sasl
                        M in nft-set inet f2b-table addr6-set-gone
                        M in ipset f2b-dovecot6
                        M in ipset f2b-f6
                        M in ip6tables f2b-dovecot -s 2001:db8::7/128 -j DROP
                        M in nft-set inet f2b-table others
                        M in nft-chain ip filter MAILCOW
                        M fault firewall iptables: too old
                        M end
                        """, "M", jails, ""))
                .isEqualTo(new FirewallSearch.Searched(List.of(
                        new Entry(new NftSet("inet", "f2b-table", "addr-set-postfix-sasl"), Optional.of(SASL)),
                        new Entry(new NftSet("inet", "f2b-table", "addr6-set-gone"), Optional.of(new Jail("gone"))),
                        new Entry(new IpSet("f2b-dovecot6"), Optional.of(new Jail("dovecot"))),
                        new Entry(new IpSet("f2b-f6"), Optional.of(new Jail("f6"))),
                        new Entry(
                                new Rule(Rule.Tool.IP6TABLES, "f2b-dovecot", "-s 2001:db8::7/128 -j DROP"),
                                Optional.of(new Jail("dovecot"))),
                        new Entry(new NftSet("inet", "f2b-table", "others"), Optional.empty()),
                        new Entry(new NftChain("ip", "filter", "MAILCOW"), Optional.empty()))));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            M end                                                            | ''
            M in tea leaves                                                  | not understood: M in tea leaves
            M fault firewall there is neither nft nor ipset nor iptables     | there is neither nft nor ipset nor iptables
            ''                                                               | sudo: a password is required
            """)
    void nothingFoundIsToldFromNothingRead(String out, String words) {
        FirewallSearch expected =
                words.isEmpty() ? new FirewallSearch.Searched(List.of()) : new FirewallSearch.NotReadable(words);
        assertThat(Firewall.read(out + "\n", "M", Set.of(), "sudo: a password is required\n"))
                .isEqualTo(expected);
    }

    private static KeptBan kept(String out) {
        Evidencing read = BanDatabase.read(out, "M", UTC, "");
        assertThat(read)
                .isInstanceOfSatisfying(
                        Evidencing.Kept.class, kept -> assertThat(kept.bans()).hasSize(1));
        return ((Evidencing.Kept) read).bans().getFirst();
    }

    private static String row(int time) {
        return "{\"jail\": \"dovecot\", \"ip\": \"203.0.113.7\", \"timeofban\": " + time
                + ", \"bantime\": 60, \"bancount\": 1, \"data\": {}}\n";
    }
}
