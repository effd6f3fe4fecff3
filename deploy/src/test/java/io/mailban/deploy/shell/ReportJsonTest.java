package io.mailban.deploy.shell;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mailban.ban.Address;
import io.mailban.ban.Jail;
import io.mailban.ban.Mailbox;
import io.mailban.ban.ServerName;
import io.mailban.maillog.Protocol;
import io.mailban.mailserver.Description;
import io.mailban.mailserver.Obstacle;
import io.mailban.mailserver.Sweeping.Volume;
import io.mailban.mailserver.Tracing;
import io.mailban.mailserver.Tracing.Horizon;
import io.mailban.mailserver.Unreachable;
import io.mailban.report.Device;
import io.mailban.report.JailReview;
import io.mailban.report.JailReview.Advice;
import io.mailban.report.JailReview.Price;
import io.mailban.report.JailReview.Setting;
import io.mailban.report.LockOut;
import io.mailban.report.Report;
import io.mailban.report.Reporting;
import io.mailban.report.StaleDevice;
import io.mailban.report.StaleDevice.Standing;
import io.mailban.report.Why;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A report's JSON, name by name: programs rely on it. */
class ReportJsonTest {
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final Jail SASL = new Jail("postfix-sasl");
    private static final Device LAPTOP =
            new Device(Address.of("203.0.113.7"), Optional.of(new Mailbox("bob@example.org")));
    private static final Setting FOUR =
            new Setting(4, Duration.ofMinutes(10), new Price(11, 9, 1, Duration.ofSeconds(20), 1));
    private static final String FOUR_AS_JSON = """
            {"max_retry":4,"find_time":600,"price":{"bans":11,"delayed":9,"missed":1,"delay_seconds":20,"one_of":1}}""";

    @Test
    void aReportHasAllItsPartsByNameAndItsInstantsInUtc() throws Exception {
        // As it is written: in memory a long 1 and an int 1 differ.
        String json = json(told(new Standing.NotCounted(), new Advice.NothingToChange()))
                .toString();

        assertThat(new ObjectMapper().readTree(json)).isEqualTo(new ObjectMapper().readTree("""
                {"asked_at": "2026-11-22T12:00:00Z", "days": 30, "servers": [{
                  "server": "mail1", "outcome": "answered",
                  "from": "2026-10-23T12:00:00Z", "to": "2026-11-22T12:00:00Z",
                  "locked_out_seconds": 600,
                  "bans_by_jail": {"postfix-sasl": 1},
                  "lock_outs_by_cause": {"wrong_password": 1},
                  "lock_outs": [{"address": "203.0.113.7", "mailboxes": ["bob@example.org"],
                    "jails": ["postfix-sasl"], "since": "2026-11-19T12:00:00Z", "until": "2026-11-19T12:10:00Z",
                    "seconds": 600, "because": "wrong_password"}],
                  "devices": [{"address": "203.0.113.7", "mailbox": "bob@example.org", "lock_outs": 1,
                    "locked_out_seconds": 600, "jails": ["postfix-sasl"], "last": "2026-11-19T12:00:00Z"}],
                  "perhaps_bans": 4,
                  "failing_now": [{"address": "203.0.113.7", "mailbox": "bob@example.org", "protocol": "smtp",
                    "because": "sign_in_again", "since": "2026-11-21T12:00:00Z", "last": "2026-11-22T12:00:00Z",
                    "failures": 96, "pace_seconds": 900, "standing": {"kind": "not_counted"}}],
                  "jails": [{"jail": "postfix-sasl", "max_retry": 3, "find_time": 600, "known_bans": 1,
                    "other_bans": 11, "replay": {"bans": 12, "seen_again": 12},
                    "advice": {"kind": "nothing_to_change"}}],
                  "others": {"bans": 11, "addresses": 9, "one_of": 1},
                  "read": {"files": 8, "bytes": 1000, "sent": 300, "lines": 20,
                    "mail_log": {"source": "/var/log/mail.log", "begins": "2026-09-23T12:00:00Z", "fault": null},
                    "ban_log": {"source": "/var/log/fail2ban.log", "begins": null, "fault": "Permission denied"}},
                  "settings_known": true}]}
                """));
    }

    static Stream<Arguments> standings() {
        return Stream.of(
                Arguments.of(new Standing.NotCounted(), "{\"kind\":\"not_counted\"}"),
                Arguments.of(
                        new Standing.Banned(SASL, Optional.of(NOW)),
                        "{\"kind\":\"banned\",\"jail\":\"postfix-sasl\",\"until\":\"2026-11-22T12:00:00Z\"}"),
                Arguments.of(
                        new Standing.Banned(SASL, Optional.empty()),
                        "{\"kind\":\"banned\",\"jail\":\"postfix-sasl\",\"until\":null}"),
                Arguments.of(
                        new Standing.Counted(SASL, 2, 3, Duration.ofMinutes(10)),
                        "{\"kind\":\"counted\",\"jail\":\"postfix-sasl\",\"failures\":2,\"max_retry\":3,"
                                + "\"find_time\":600}"));
    }

    @ParameterizedTest
    @MethodSource("standings")
    void howCloseADeviceIsToABanHasAKind(Standing standing, String json) {
        assertThat(json(told(standing, new Advice.NothingToChange()))
                        .at("/servers/0/failing_now/0/standing")
                        .toString())
                .isEqualTo(json);
    }

    static Stream<Arguments> advices() {
        return Stream.of(
                Arguments.of(new Advice.NothingToChange(), "{\"kind\":\"nothing_to_change\"}"),
                Arguments.of(new Advice.NotFromFailures(), "{\"kind\":\"not_from_failures\"}"),
                Arguments.of(new Advice.NoneWouldDo(600), "{\"kind\":\"none_would_do\",\"most_failures\":600}"),
                Arguments.of(new Advice.TooDear(FOUR), "{\"kind\":\"too_dear\",\"setting\":" + FOUR_AS_JSON + "}"),
                Arguments.of(
                        new Advice.Change(FOUR, Optional.empty()),
                        "{\"kind\":\"change\",\"setting\":" + FOUR_AS_JSON + ",\"same_find_time\":null}"),
                Arguments.of(
                        new Advice.Change(FOUR, Optional.of(FOUR)),
                        "{\"kind\":\"change\",\"setting\":" + FOUR_AS_JSON + ",\"same_find_time\":" + FOUR_AS_JSON
                                + "}"));
    }

    @ParameterizedTest
    @MethodSource("advices")
    void anAdviceHasAKind(Advice advice, String json) {
        assertThat(json(told(new Standing.NotCounted(), advice))
                        .at("/servers/0/jails/0/advice")
                        .toString())
                .isEqualTo(json);
    }

    @Test
    void aServerThatWasNotReachedHasAnOutcomeToo() {
        ObjectNode json = json(new Reporting.NotTold(
                new Unreachable(new ServerName("mail1"), new Obstacle.Broken("mail1", "the connection ended"))));

        assertThat(json.at("/servers/0/server").asText()).isEqualTo("mail1");
        assertThat(json.at("/servers/0/outcome").asText()).isEqualTo("unreachable");
        assertThat(json.at("/servers/0/lock_outs").isMissingNode()).isTrue();
    }

    private static ObjectNode json(Reporting reporting) {
        return ReportJson.of(List.of(reporting), NOW, Duration.ofDays(30));
    }

    private static Reporting told(Standing standing, Advice advice) {
        Instant since = NOW.minus(Duration.ofDays(3));
        LockOut lockOut = new LockOut(
                LAPTOP.address(),
                Set.of(LAPTOP.mailbox().orElseThrow()),
                List.of(SASL),
                since,
                since.plusSeconds(600),
                Duration.ofMinutes(10),
                Why.WRONG_PASSWORD);
        StaleDevice stale = new StaleDevice(
                LAPTOP,
                Optional.of(Protocol.SMTP),
                NOW.minus(Duration.ofDays(1)),
                NOW,
                96,
                Optional.of(Duration.ofMinutes(15)),
                Why.SIGN_IN_AGAIN,
                standing);
        Report report = new Report(
                NOW.minus(Duration.ofDays(30)),
                NOW,
                List.of(lockOut),
                4,
                List.of(stale),
                List.of(new JailReview(SASL, 3, Duration.ofMinutes(10), 1, 11, 12, 12, advice)),
                new Report.Others(11, 9, 1),
                new Horizon("/var/log/mail.log", Optional.of(NOW.minus(Duration.ofDays(60))), Optional.empty()),
                new Horizon(
                        "/var/log/fail2ban.log",
                        Optional.empty(),
                        Optional.of(new Tracing.Fault.Said("Permission denied"))));
        return new Reporting.Told(
                new ServerName("mail1"),
                report,
                new Volume(8, 1000, 300, 20),
                new Description.Described(
                        "1.1.0", ZoneId.of("Europe/Berlin"), List.of(), "", List.of(), Optional.empty(), List.of()));
    }
}
