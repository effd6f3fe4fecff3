package io.mailban.deploy.parse;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ParseCommandTest {
    private static final String BAN = "2026-11-22 10:50:46,149 fail2ban.actions        [12]: NOTICE  [sshd] Ban ";
    private static final String FAILED =
            "2026-11-22T10:44:30+00:00 mail postfix/smtpd[1]: warning: h[192.0.2.1]: SASL LOGIN authentication failed: x, sasl_username=";

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final ByteArrayOutputStream faults = new ByteArrayOutputStream();
    private int status = -1;

    private String parse(String kind, byte[] log) {
        printed.reset();
        status = ParseCommand.run(
                kind,
                new ByteArrayInputStream(log),
                new PrintStream(printed, true, UTF_8),
                new PrintStream(faults, true, UTF_8));
        return printed.toString(UTF_8);
    }

    @Test
    void printsAnObjectForEachLineThatMeansSomething() {
        String log = BAN + "192.0.2.1\nnoise\n\n" + BAN + "2001:DB8::0007\r\n"
                + "Nov 22 10:44:30 mail fail2ban.actions[1]: NOTICE [j] Flush ticket(s) with x\n"
                + "2026-11-22 10:50:47,000 fail2ban.server         [12]: INFO    Exiting Fail2ban";
        assertThat(parse("fail2ban", log.getBytes(UTF_8))).isEqualTo("""
                        {"line":1,"kind":"ban","at":"2026-11-22T10:50:46.149","jail":"sshd","id":"192.0.2.1"}
                        {"line":4,"kind":"ban","at":"2026-11-22T10:50:46.149","jail":"sshd","id":"2001:DB8::0007"}
                        {"line":5,"kind":"flush","at":null,"jail":"j","id":null}
                        {"line":6,"kind":"server-stopping","at":"2026-11-22T10:50:47","jail":null,"id":null}
                        """);
        assertThat(status).isZero();
    }

    @Test
    void printsMailEventsWithServiceAddressMailboxAndMechanism() {
        String log = FAILED + "Bob@example.org\n"
                + "Nov 22 10:44:30 mail dovecot: imap-login: Login: user=<bob>, method=PLAIN, rip=2001:db8::7\n"
                + "Nov 22 10:44:30 mail dovecot: lda(bob)<1><s>: msgid=<a@b>: saved mail to INBOX\n"
                + "Nov 22 10:44:30 mail postfix/smtpd[1]: warning: Connection rate limit exceeded: 31 from h[192.0.2.1] for service smtpd\n";
        assertThat(parse("mail", log.getBytes(UTF_8))).isEqualTo("""
                        {"line":1,"kind":"auth-failure","at":"2026-11-22T10:44:30Z","service":"postfix","address":"192.0.2.1","mailbox":"bob@example.org","mechanism":"LOGIN"}
                        {"line":2,"kind":"login","at":null,"service":"dovecot","address":"2001:db8::7","mailbox":"bob","mechanism":"PLAIN"}
                        {"line":3,"kind":"delivered","at":null,"service":"dovecot","address":null,"mailbox":"bob","mechanism":null}
                        {"line":4,"kind":"trouble","at":null,"service":"postfix","address":"192.0.2.1","mailbox":null,"mechanism":null}
                        """);
        assertThat(status).isZero();
    }

    /** Bytes that a log really holds: none of them ends a line of the log or of the answer. */
    @Test
    void onlyALineFeedEndsALine() throws IOException {
        String odd = "a\u000b\u000c\u001c\u0085\u2028\u2029\u0000\u001b[31m\"\\\ud83d\ude00\rb";
        String answer = parse("mail", (FAILED + odd + "\n" + FAILED + "c").getBytes(UTF_8));
        assertThat(answer).hasLineCount(2).isASCII();
        assertThat(answer.chars().filter(c -> c < ' ' && c != '\n').count()).isZero();
        ObjectMapper json = new ObjectMapper();
        String[] lines = answer.split("\n", -1);
        assertThat(json.readTree(lines[0]).get("mailbox").asText()).isEqualTo(odd);
        assertThat(json.readTree(lines[1]).get("line").asInt()).isEqualTo(2);
    }

    @Test
    void bytesThatAreNoUtf8AreReplaced() throws IOException {
        String answer = parse("mail", (FAILED + "m\u00fcller").getBytes(ISO_8859_1));
        assertThat(new ObjectMapper().readTree(answer).get("mailbox").asText()).isEqualTo("m\ufffdller");
    }

    @Test
    void linesAcrossBlocksAreWhole() {
        // Lines of many lengths, so that blocks end at any place in them.
        StringBuilder log = new StringBuilder();
        int events = 3_000;
        for (int i = 0; i < events; i++) {
            log.append("x".repeat(i % 97)).append('\n').append(BAN).append(i).append('\n');
        }
        String answer = parse("fail2ban", log.toString().getBytes(UTF_8));
        assertThat(answer).hasLineCount(events);
        assertThat(answer).contains("{\"line\":6000,", "\"id\":\"2999\"}");
    }

    @Test
    void aLineOfManyMegabytesIsOneLine() {
        String log = BAN + "1.2.3.4" + "\u0000x".repeat(20 << 20) + "\n" + BAN + "192.0.2.1\n";
        assertThat(parse("fail2ban", log.getBytes(UTF_8)).lines().toList().getLast())
                .startsWith("{\"line\":2,")
                .endsWith("\"id\":\"192.0.2.1\"}");
        assertThat(status).isZero();
    }

    @Test
    void anyBytesAtAllAreRead() {
        Random random = new Random(20261122);
        byte[] noise = new byte[1 << 20];
        random.nextBytes(noise);
        for (String kind : new String[] {"fail2ban", "mail"}) {
            assertThat(parse(kind, noise)).isEmpty();
            assertThat(status).isZero();
            assertThat(parse(kind, new byte[0])).isEmpty();
            assertThat(status).isZero();
        }
    }

    @Test
    void anotherKindOfLogIsRefusedWithASentence() {
        assertThat(parse("exim", new byte[0])).isEmpty();
        assertThat(status).isEqualTo(2);
        assertThat(faults.toString(UTF_8)).startsWith("exim: the bot reads two kinds of log");
    }

    @Test
    void aLogThatBreaksOffIsReportedBehindWhatWasRead() {
        InputStream broken = new InputStream() {
            private byte[] rest = (BAN + "192.0.2.1\n").getBytes(UTF_8);

            @Override
            public int read(byte[] block, int offset, int length) throws IOException {
                if (rest.length == 0) {
                    throw new IOException("Input/output error");
                }
                int count = rest.length;
                System.arraycopy(rest, 0, block, offset, count);
                rest = new byte[0];
                return count;
            }

            @Override
            public int read() throws IOException {
                throw new IOException("only blocks are read");
            }
        };
        status = ParseCommand.run(
                "fail2ban", broken, new PrintStream(printed, true, UTF_8), new PrintStream(faults, true, UTF_8));
        assertThat(status).isEqualTo(3);
        assertThat(printed.toString(UTF_8)).hasLineCount(1);
        assertThat(faults.toString(UTF_8)).contains("Input/output error");
    }

    @Test
    void stopsQuietlyWhenItsReaderHasGone() {
        OutputStream closed = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("Broken pipe");
            }
        };
        byte[] log = (BAN + "192.0.2.1\n").repeat(10_000).getBytes(UTF_8);
        status = ParseCommand.run(
                "fail2ban",
                new ByteArrayInputStream(log),
                new PrintStream(closed, true, UTF_8),
                new PrintStream(faults, true, UTF_8));
        assertThat(status).isZero();
        assertThat(faults.toString(UTF_8)).isEmpty();
    }
}
