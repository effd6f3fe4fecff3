package io.mailban.logtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.mailban.fail2ban.LogLineReader;
import io.mailban.maillog.MailLineReader;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lines made to hurt a reader: of a megabyte, of any characters, cut and joined anywhere. */
class HostileLinesTest {
    private static final int MEGABYTE = 1 << 20;

    /** Reading these megabytes takes a second or two on a busy machine; anything quadratic in them takes an hour. */
    private static final Duration LINEAR = Duration.ofMinutes(2);

    /** Events, with a mark where the text is that of a client, a sender or an action. */
    private static final List<String> MARKED = List.of(
            "2026-11-22 10:50:46,149 fail2ban.actions        [12]: NOTICE  [j] Ban ¦192.0.2.1",
            "2026-11-22 10:50:46,149 fail2ban.filter         [12]: INFO    [j] Found ¦192.0.2.1 - 2026-11-22 10:48:46",
            "2026-11-22 10:50:46,149 fail2ban.observer       [12]: NOTICE  [j] Increase Ban ¦192.0.2.1 (4 # 16:00:00 -> 2021-04-07 19:43:15)",
            "2026-11-22 10:50:46,149 7F8B9E7FC6C0 NOTIC [j] Reban ¦192.0.2.1, action 'x'",
            "f2b  | 2026-11-22T10:44:30.123456Z mail fail2ban-server[1]: 2026-11-22 10:50:46,149 fail2ban.jail [1]: INFO Jail '¦j' started",
            "<22>1 2026-11-22T10:44:30.003Z mail dovecot - - [a@1 b=\"¦x\"] imap-login: Login: user=<b>, rip=192.0.2.1",
            "Nov 22 10:44:30 mail postfix/smtpd[1]: warning: h[192.0.2.1]: SASL LOGIN authentication failed: x, sasl_username=¦bob",
            "Nov 22 10:44:30 mail postfix/smtpd[1]: 4A2: client=h[192.0.2.1], sasl_method=PLAIN, sasl_username=¦bob",
            "Nov 22 10:44:30 mail postfix/lmtp[1]: 4A2: to=<\"¦a\\\"b\"@x>, orig_to=<c>, relay=d, delay=1, dsn=2.0.0, status=sent (250 Saved)",
            "Nov 22 10:44:30 mail dovecot: imap-login: Aborted login (auth failed, 3 attempts in 16 secs): user=<¦bob>, method=PLAIN, rip=192.0.2.1, session=<x>",
            "Nov 22 10:44:30 mail dovecot: auth(¦bob,192.0.2.1,sasl:login)<s>: Info: sql: Password mismatch (given password: x)",
            "Nov 22 10:44:30 mail dovecot: auth: sql(¦bob,192.0.2.1,<s>): unknown user (given password: x)",
            "Nov 22 10:44:30 auth: pam_unix(dovecot:auth): authentication failure; logname= tty=dovecot ruser=¦bob rhost=192.0.2.1",
            "Nov 22 10:44:30 mail dovecot: lmtp(6743, bob): S: msgid=<¦a@b>: saved mail to INBOX");

    private static final List<String> LINES =
            MARKED.stream().map(line -> line.replace("¦", "")).toList();

    @ParameterizedTest
    @ValueSource(
            strings = {
                " ",
                "a",
                "[",
                "]",
                "(",
                "<",
                ">",
                ":",
                ": ",
                "\u0000",
                "\r",
                "\u2028",
                "\ud83d",
                "9",
                "|",
                "] ",
                "{}",
                "\\",
                "\"",
                "2026-11-22 10:44:30,149 ",
                "Nov 22 10:44:30 ",
                "<22>",
                "fail2ban ",
                "fail2ban.actions[1]: ",
                "[j] Ban ",
                " already banned",
                " - 2026-11-22 10:48:46",
                ", action '",
                " by ",
                " (1 # 1 -> 1)",
                "dovecot: ",
                ", sasl_username=",
                ": to=<",
                ", status=sent (",
                ": reject: ",
                " from ",
                "user=<",
                ">, session=<",
                ", rip=1.2.3.4",
                ": user=<",
                " method=",
                " (auth failed, ",
                " attempts",
                ": Password mismatch",
                ": unknown user (",
                ": pam_authenticate() failed: Authentication failure (",
                ") - trying the next ",
                ": conn ",
                ": auth-worker<",
                ",<s>",
                ",sasl:x",
                ",master,",
                " rhost=",
                " ruser=",
                "): ",
                ")<",
                ": saved mail to ",
                ", stored mail into mailbox ",
                ": rejected: ",
                "SSL alert number ",
                "proxy(",
                "): started proxying to "
            })
    void aMegabyteIsReadInLinearTime(String shape) {
        String megabyte = shape.repeat(MEGABYTE / shape.length());
        assertTimeoutPreemptively(LINEAR, () -> {
            readBoth(megabyte);
            for (String line : MARKED) {
                readBoth(line.replace("¦", megabyte));
                readBoth(line.replace("¦", "") + megabyte);
            }
        });
    }

    /** Mutations of good lines: any cut, any swap, any character, any line inside another. Nothing throws. */
    @Test
    void noLineIsTooBrokenToRead() {
        Random random = new Random(20261122);
        for (int i = 0; i < 100_000; i++) {
            StringBuilder line = new StringBuilder(pick(random));
            for (int changes = random.nextInt(4); changes >= 0; changes--) {
                mutate(line, random);
            }
            readBoth(line.toString());
        }
    }

    /** Every beginning and every end of every line. */
    @Test
    void everyCutCanBeRead() {
        for (String line : LINES) {
            for (int i = 0; i <= line.length(); i++) {
                readBoth(line.substring(0, i));
                readBoth(line.substring(i));
            }
        }
    }

    @Test
    void theLinesThemselvesAreEvents() {
        for (String line : LINES) {
            boolean event = LogLineReader.read(line).isPresent()
                    || MailLineReader.read(line).isPresent();
            assertThat(event).as(line).isTrue();
        }
    }

    private static String pick(Random random) {
        return LINES.get(random.nextInt(LINES.size()));
    }

    private static void mutate(StringBuilder line, Random random) {
        int at = random.nextInt(line.length() + 1);
        switch (random.nextInt(6)) {
            case 0 -> line.insert(at, (char) random.nextInt(256));
            case 1 -> line.insert(at, (char) random.nextInt(65_536));
            case 2 -> line.insert(at, pick(random));
            case 3 -> line.setLength(at);
            case 4 -> line.delete(0, at);
            default -> line.delete(at, Math.min(line.length(), at + random.nextInt(20)));
        }
    }

    private static void readBoth(String line) {
        LogLineReader.read(line).ifPresent(event -> print(event.at()));
        MailLineReader.read(line).ifPresent(event -> print(event.at()));
    }

    private static void print(LogTime time) {
        String all = time.iso().orElse("") + time.instant(ZoneOffset.UTC, Instant.EPOCH);
        assertThat(all).isNotEmpty();
    }
}
