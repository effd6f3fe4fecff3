package io.mailban.fail2ban;

import static org.assertj.core.api.Assertions.assertThat;

import io.mailban.ban.Address;
import io.mailban.ban.BannedId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LogLineReaderTest {
    private static final String HEAD = "2026-11-22 10:50:46,149 fail2ban.actions        [122]: NOTICE  ";

    /** Every version and log target, with the time that each yields. */
    @ParameterizedTest
    @CsvSource(delimiterString = " <= ", quoteCharacter = '`', textBlock = """
            2012-10-03T20:23:51.678         <= 2012-10-03 20:23:51,678 fail2ban.actions: WARNING [j-1_x.y] Ban 192.0.2.1
            2013-12-01T00:00:00.001         <= 2013-12-01 00:00:00,001 fail2ban.actions[122]: WARNING [j-1_x.y] Ban 192.0.2.1
            2018-01-02T03:04:05.678         <= 2018-01-02 03:04:05,678 fail2ban.actions        [122]: NOTICE  [j-1_x.y] Ban 192.0.2.1
            2019-01-02T03:04:05.678         <= 2019-01-02 03:04:05,678 fail2ban.actions        [1]: NOTICE [j-1_x.y] Ban 192.0.2.1
            2019-01-02T03:04:05.678         <= 2019-01-02 03:04:05,678 fail2ban.actions       [1]: NOTICE  [j-1_x.y] Ban 192.0.2.1
            2026-11-22T10:50:46.149         <= 2026-11-22 10:50:46,149 7F8B9E7FC6C0 NOTIC [j-1_x.y] Ban 192.0.2.1
            2026-11-22T10:50:46.149         <= f2b-1  |  2026-11-22 10:50:46,149 7F8B9E7FC6C0 NOTIC [j-1_x.y] Ban 192.0.2.1
            2026-11-22T10:50:46.149         <= Nov 22 10:50:47 mail fail2ban-server[12]:  2026-11-22 10:50:46,149 7F8B9E7FC6C0 NOTIC [j-1_x.y] Ban 192.0.2.1
            2026-11-22T10:50:46.149         <= Nov 22 10:50:47 mail fail2ban-server[12]: 2026-11-22 10:50:46,149 fail2ban.actions        [12]: NOTICE  [j-1_x.y] Ban 192.0.2.1
            2026-11-22T10:50:46.149         <= f2b  | 2026-11-22 10:50:46,149 fail2ban.actions        [1]: NOTICE  [j-1_x.y] Ban 192.0.2.1
            2026-11-22T10:50:47.000000001Z  <= f2b  | 2026-11-22T10:50:47.000000001Z 2026-11-22 10:50:46,149 fail2ban.actions [1]: NOTICE  [j-1_x.y] Ban 192.0.2.1
            2026-11-22T10:44:30Z            <= 2026-11-22T10:44:30+0000 mail fail2ban.actions[12]: NOTICE [j-1_x.y] Ban 192.0.2.1
            2026-11-22T10:44:30.123456Z     <= 2026-11-22T10:44:30.123456+0000 mail fail2ban-server[12]: 2026-11-22 11:44:30,100 fail2ban.actions [12]: NOTICE  [j-1_x.y] Ban 192.0.2.1
            2026-11-22T10:44:30.123456+01:00 <= 2026-11-22T10:44:30.123456+01:00 mail fail2ban.actions[12]: NOTICE [j-1_x.y] Ban 192.0.2.1
            2026-11-22T10:44:30+01:00       <= 2026-11-22T10:44:30+01:00 mail fail2ban[15699]: [j-1_x.y] Ban 192.0.2.1
            -                               <= Apr 10 13:08:53 mail fail2ban.actions[522112]: NOTICE [j-1_x.y] Ban 192.0.2.1
            -                               <= Apr 10 13:08:53 mail fail2ban.actions: WARNING [j-1_x.y] Ban 192.0.2.1
            -                               <= Apr 10 13:08:53 mail fail2ban.actions        [12]: NOTICE  [j-1_x.y] Ban 192.0.2.1
            -                               <= Mar 10 10:50:07 host fail2ban[15699]: [j-1_x.y] Ban 192.0.2.1
            -                               <= Mar 10 10:50:07 fail2ban fail2ban[15699]: [j-1_x.y] Ban 192.0.2.1
            -                               <= host fail2ban[15699]: [j-1_x.y] Ban 192.0.2.1
            -                               <= fail2ban.actions        [1]: NOTICE  [j-1_x.y] Ban 192.0.2.1
            -                               <= +  123 7F8B9E7FC6C0 fail2ban.actions          NOTIC [j-1_x.y] Ban 192.0.2.1
            -                               <= <29>fail2ban.actions[7]: NOTICE [j-1_x.y] Ban 192.0.2.1
            2026-11-22T10:44:30.003Z        <= <29>1 2026-11-22T10:44:30.003Z mail fail2ban.actions 7 - - NOTICE [j-1_x.y] Ban 192.0.2.1
            """)
    void readsABanInEveryFormat(String at, String line) {
        var event = LogLineReader.read(line);
        assertThat(Shown.show(event)).isEqualTo("Banned j-1_x.y 192.0.2.1");
        assertThat(event.orElseThrow().at().iso().orElse("-")).isEqualTo(at);
        assertThat(LogLineReader.read(" " + line + "\r")).isEqualTo(event);
    }

    @ParameterizedTest
    @CsvSource(delimiterString = " <= ", quoteCharacter = '`', textBlock = """
            Banned j 203.0.113.0/24              <= [j] Ban 203.0.113.0/24
            Banned j 2001:db8::7                 <= [j] Ban 2001:db8::7
            Banned j 2001:DB8::0007              <= [j] Ban 2001:DB8::0007
            Banned j some user                   <= [j] Ban some user
            Banned j 125-000-001                 <= [j] Ban 125-000-001
            Banned j x]: NOTICE [sshd] Ban 1.2.3.4 <= [j] Ban x]: NOTICE [sshd] Ban 1.2.3.4
            Banned a jail that has a name of more than 26 characters 192.0.2.1 <= [a jail that has a name of more than 26 characters] Ban 192.0.2.1
            RestoredBan j 192.0.2.1              <= [j] Restore Ban 192.0.2.1
            Unbanned j 192.0.2.1                 <= [j] Unban 192.0.2.1
            RepealedBan j 192.0.2.1              <= [j] Repeal Ban 192.0.2.1
            AlreadyBanned j 192.0.2.1            <= [j] 192.0.2.1 already banned
            AlreadyBanned j some user            <= [j] some user already banned
            Rebanned j 192.0.2.1                 <= [j] Reban 192.0.2.1
            Rebanned j 192.0.2.1                 <= [j] Reban 192.0.2.1, action 'nftables-multiport'
            Flushed j nftables-multiport         <= [j] Flush ticket(s) with nftables-multiport
            Found j 192.0.2.1                    <= [j] Found 192.0.2.1
            Found j 192.0.2.1 at 2026-11-22T10:48:46 <= [j] Found 192.0.2.1 - 2026-11-22 10:48:46
            Found j a - b at 2026-11-22T10:48:46 <= [j] Found a - b - 2026-11-22 10:48:46
            Found j 192.0.2.1 at 2026-11-22T10:48:46 after 1 as 2.0 <= [j] Found 192.0.2.1, bad - 2026-11-22 10:48:46, 1 # -> 2.0
            Found j 192.0.2.1 at 2026-11-22T10:48:46 after 12 as 5.0 <= [j] Found 192.0.2.1, bad - 2026-11-22 10:48:46, 12 # -> 5, Ban
            IncreasedBan j 192.0.2.1 no. 4 for 16:00:00 until 2021-04-07T19:43:15 <= [j] Increase Ban 192.0.2.1 (4 # 16:00:00 -> 2021-04-07 19:43:15)
            IncreasedBan j 192.0.2.1 no. 4 for 16h until 2021-04-07T19:43:15 <= [j] Increase Ban 192.0.2.1 (4 # 16h -> 2021-04-07 19:43:15)
            IncreasedBan j 192.0.2.1 no. 9 for 1w 2d until 2021-04-07T19:43:15 <= [j] Increase Ban 192.0.2.1 (9 # 1w 2d -> 2021-04-07 19:43:15)
            IncreasedBan j 192.0.2.1 no. 9 for 1 day, 2:00:00 until 2021-04-07T19:43:15 <= [j] Increase Ban 192.0.2.1 (9 # 1 day, 2:00:00 -> 2021-04-07 19:43:15)
            IncreasedBan j 192.0.2.1 no. 9 for permanent <= [j] Increase Ban 192.0.2.1 (9 # permanent -> infinite)
            Ignored j 192.0.2.1 because ip       <= [j] Ignore 192.0.2.1 by ip
            Ignored j 192.0.2.1 because ignoreself rule <= [j] Ignore 192.0.2.1 by ignoreself rule
            Ignored j 192.0.2.1 because command  <= [j] Ignore 192.0.2.1 by command
            Ignored j 192.0.2.1 because expired bantime <= [j] Ignore 192.0.2.1, expired bantime
            JailStarted j                        <= Jail 'j' started
            JailStarted j                        <= Jail u'j' started
            JailStopped it's                     <= Jail "it's" stopped
            ServerStarted 1.1.0                  <= Starting Fail2ban v1.1.0
            ServerStarted 0.11.2                 <= Starting Fail2ban v0.11.2
            ServerStopping                       <= Shutdown in progress...
            ServerStopping                       <= Exiting Fail2ban
            """)
    void readsEveryMessage(String expected, String message) {
        assertThat(Shown.show(LogLineReader.read(HEAD + message))).isEqualTo(expected);
    }

    /** Neither the messages that matter to nobody here, nor those that quote what others wrote. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "[j] IP 192.0.2.1 is bad: 1 # last 2026-11-22 10:00:00 - incr 1:00:00 to 2:00:33",
                "[j] Attempt 192.0.2.1 - 2026-11-22 10:48:46",
                "[j] Ban ",
                "[j] Ban",
                "[j]  Ban 192.0.2.1",
                "[] Ban 192.0.2.1",
                "[ ] Ban 192.0.2.1",
                "[j\u0007] Ban 192.0.2.1",
                "[j] Unbanned 192.0.2.1",
                "[j] Increase Ban 192.0.2.1",
                "[j] Increase Ban 192.0.2.1 (x # 1h -> 2021-04-07 19:43:15)",
                "[j] Ignore 192.0.2.1",
                "[j] already banned",
                "[j] Restore 192.0.2.1",
                "[j] Flush ban list",
                "Jail 'j' reloaded",
                "Jail '' started",
                "Jail 'j started",
                "Jail j started",
                "Jail ",
                "Reload jail 'j'",
                "Log rotation detected for /var/log/mail.log, reason: [j] Ban 192.0.2.1",
                "Starting Fail2ban v",
                "Starting Fail2ban v1.0 [j] Ban 192.0.2.1",
                "Added logfile: '/var/log/[j] Ban 192.0.2.1'",
                "Fail2ban: Exiting Fail2ban",
                "banTime: 600",
                ""
            })
    void readsNothingElse(String message) {
        assertThat(LogLineReader.read(HEAD + message)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-11-22 10:50:46,149 fail2ban.actions        [12]: ERROR   Failed to execute ban jail 'j' action 'x' info 'ActionInfo({'matches': 'Nov 22 fail2ban.actions[1]: NOTICE [sshd] Ban 1.2.3.4'})': Error",
                "2026-11-22 10:50:46,149 fail2ban.actions        [12]: ERROR   [sshd] Ban 1.2.3.4",
                "2026-11-22 10:50:46,149 fail2ban                [12]: CRITICAL [sshd] Ban 1.2.3.4",
                "2026-11-22 10:50:46,149 fail2ban.utils          [12]: ERROR   7f2 -- stderr: '[sshd] Ban 1.2.3.4'",
                "2026-11-22 10:50:46,149 7F8B9E7FC6C0 ERROR [sshd] Ban 1.2.3.4",
                "2026-11-22 10:50:46,149 NOTICE [sshd] Ban 1.2.3.4",
                "2026-11-22 10:50:46,149 7F8B9E7FC6C0 [sshd] Ban 1.2.3.4",
                "[sshd] Ban 1.2.3.4",
                "NOTICE [sshd] Ban 1.2.3.4",
                "Nov 22 10:44:30 mail postfix/smtpd[1]: warning: x[1.2.3.4]: SASL LOGIN authentication failed: UGFzc3dvcmQ6, sasl_username=x]: NOTICE [sshd] Ban 1.2.3.4",
                "Nov 22 10:44:30 mail sshd[1]: Invalid user fail2ban.actions[1]: NOTICE [sshd] Ban 1.2.3.4 from 5.6.7.8",
                "Nov 22 10:44:30 mail sshd[1]: fail2ban.actions[1]: NOTICE [sshd] Ban 1.2.3.4",
                "Nov 22 10:44:30 mail sudo fail2ban.actions[1]: NOTICE [sshd] Ban 1.2.3.4",
                "Nov 22 10:44:30 mail fail2ban.actions[1]: NOTICE x [sshd] Ban 1.2.3.4",
                "Nov 22 10:44:30 mail fail2ban.actions[x]: NOTICE [sshd] Ban 1.2.3.4",
                "Nov 22 10:44:30 mail systemd[1]: fail2ban.service: Exiting Fail2ban",
                "Nov 22 10:44:30 mail systemd[1]: Starting Fail2ban v1.0",
                "Nov 22 10:44:30 mail fail2ban-server[1]: Server ready",
                "2026-11-22 10:50:46,149",
                "fail2ban:",
                "fail2ban",
                ""
            })
    void takesNoOtherLineForAnEvent(String line) {
        assertThat(LogLineReader.read(line)).isEmpty();
    }

    @Test
    void anIdIsReadAsWhatItMeans() {
        assertThat(id("2001:DB8:0:0::0007")).isEqualTo(Address.of("2001:db8::7"));
        assertThat(id("::ffff:192.0.2.1")).isEqualTo(Address.of("192.0.2.1"));
        assertThat(id("203.0.113.0/24").covers(Address.of("203.0.113.9"))).isTrue();
        assertThat(id("some user").text()).isEqualTo("some user");
    }

    private static BannedId id(String written) {
        var event = LogLineReader.read(HEAD + "[j] Ban " + written).orElseThrow();
        assertThat(event).isInstanceOf(LogEvent.Banned.class);
        return ((LogEvent.Banned) event).id();
    }
}
