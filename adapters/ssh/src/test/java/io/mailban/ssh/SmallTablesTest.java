package io.mailban.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mailban.mailserver.Fail2banSilent.Cause;
import io.mailban.mailserver.JailSettings.Closes;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Small readers, as tables. */
class SmallTablesTest {
    private static final Instant SUMMER = Instant.parse("2026-07-01T12:00:00Z");

    @Test
    void portsAreReadByNumberNameAndRange() {
        assertThat(PortText.read("smtp,465,submission,imap,imaps,pop3,pop3s"))
                .isEqualTo(new Closes.Ports(List.of(25, 110, 143, 465, 587, 993, 995)));
        assertThat(PortText.read("1000:1002, ssh")).isEqualTo(new Closes.Ports(List.of(22, 1000, 1001, 1002)));
        assertThat(PortText.read("0:65535")).isEqualTo(new Closes.Everything());
        assertThat(PortText.read("any")).isEqualTo(new Closes.Everything());
        assertThat(PortText.read("")).isEqualTo(new Closes.NothingKnown());
        assertThat(PortText.read("nonsense,70000,-5")).isEqualTo(new Closes.NothingKnown());
    }

    @Test
    void aZoneIsTakenByNameWhereItFitsTheOffset() {
        assertThat(ServerZone.read("offset +0200\nname \nname Europe/Berlin\n", SUMMER))
                .isEqualTo(ZoneId.of("Europe/Berlin"));
        assertThat(ServerZone.read("offset +0200\nname \nname /usr/share/zoneinfo/Europe/Berlin\n", SUMMER))
                .isEqualTo(ZoneId.of("Europe/Berlin"));
        assertThat(ServerZone.read("offset +0300\nname Europe/Berlin\n", SUMMER))
                .isEqualTo(ZoneOffset.ofHours(3));
        assertThat(ServerZone.read("offset +0530\nname Nowhere/Land\n", SUMMER))
                .isEqualTo(ZoneOffset.ofHoursMinutes(5, 30));
        assertThat(ServerZone.read("", SUMMER)).isEqualTo(ZoneOffset.UTC);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "255 | Failed to access socket path: /var/run/fail2ban/fail2ban.sock. | NOT_RUNNING",
                "255 | Permission denied to socket: /var/run/fail2ban/fail2ban.sock, (you must be root) | NOT_PERMITTED",
                "1 | sudo: a password is required | NOT_PERMITTED",
                "127 | bash: line 1: fail2ban-client: command not found | NOT_INSTALLED",
                "127 | sh: 1: fail2ban-client: not found | NOT_INSTALLED",
                "1 | sudo: fail2ban-client: command not found | NOT_INSTALLED",
                "1 | Error response from daemon: No such container: mail | NOT_RUNNING",
                "126 | sh: 1: fail2ban-client: Permission denied | NOT_PERMITTED",
            })
    void complaintsNameTheirCause(int status, String words, Cause cause) {
        assertThat(Complaint.reason(words, status)).isEqualTo(Optional.of(cause));
    }

    @Test
    void aComplaintIsShownWithoutItsFrame() {
        assertThat(Complaint.bare("""
                        2026-11-22 16:42:26,167 fail2ban                [423]: ERROR   NOK: ('nosuch',)
                        Sorry but the jail 'nosuch' does not exist""")).isEqualTo("Sorry but the jail 'nosuch' does not exist");
        assertThat(Complaint.bare("2026-11-22 16:42:26,167 fail2ban [423]: ERROR   Failed to access socket path: /x."))
                .isEqualTo("Failed to access socket path: /x.");
    }

    @Test
    void passwordsAndTheirHashesAreRedacted() {
        assertThat(Redaction.of("auth: pam(bob,192.0.2.1): Password mismatch (given password: a)b (c) d)"))
                .isEqualTo("auth: pam(bob,192.0.2.1): Password mismatch (given password: …)");
        assertThat(Redaction.of("auth: x (SHA1 of given password: 1a2b3c)"))
                .isEqualTo("auth: x (SHA1 of given password: …)");
        assertThat(Redaction.of("auth: Debug: client in: AUTH\t1\tPLAIN\tresp=AGJvYgBzZWNyZXQ=\tx"))
                .isEqualTo("auth: Debug: client in: AUTH\t1\tPLAIN\tresp=…\tx");
        String harmless = "imap-login: Login: user=<bob>, method=PLAIN, rip=192.0.2.1";
        assertThat(Redaction.of(harmless)).isEqualTo(harmless);
    }

    @Test
    void aServerIsReadFromTheWordsGivenToSsh() {
        assertThat(SshServer.of("mail1").host()).isEqualTo("mail1");
        assertThat(SshServer.of("root@mail1").user()).contains("root");
        assertThat(SshServer.of("root@mail1:2222").port()).isEqualTo(OptionalInt.of(2222));
        assertThat(SshServer.of("root@[2001:db8::1]:2222").host()).isEqualTo("2001:db8::1");
        assertThat(SshServer.of("2001:db8::1").host()).isEqualTo("2001:db8::1");
        assertThat(SshServer.of("2001:db8::1").port()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "root@", "-oProxyCommand=id", "mail1:port", "mail1:0", "mail1:70000", "two words"})
    void whatNamesNoServerIsRefused(String text) {
        assertThatThrownBy(() -> SshServer.of(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void outputOfScriptsIsCutAtTheMarkAlone() {
        Instant now = Instant.parse("2026-11-22T12:00:00Z");
        LogOutput output = LogOutput.read("""
                m ready
                m begin mail 1000 /var/log/my mail.log
                first line
                m lines mail 1000 /var/log/my mail.log
                x m fault ban no
                second line

                m begin ban 0 journal
                m fault ban it may not be read
                m end
                """, "m", now);
        assertThat(output.parts())
                .extracting(LogOutput.Part::path)
                .containsExactly("/var/log/my mail.log", "/var/log/my mail.log", "journal");
        assertThat(output.parts().get(1).lines()).containsExactly("x m fault ban no", "second line");
        assertThat(output.parts().get(2).written()).isEqualTo(now);
        assertThat(output.complaints())
                .containsExactly(new LogOutput.Complaint(LogOutput.Log.BAN, "it may not be read"));
        assertThat(output.ending()).isEqualTo(LogOutput.Ending.WHOLE);
        assertThat(LogOutput.read("m begin mail 1 x\nhalf a li", "m", now).ending())
                .isEqualTo(LogOutput.Ending.CUT);
    }
}
