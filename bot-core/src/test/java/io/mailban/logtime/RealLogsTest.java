package io.mailban.logtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.mailban.ban.Address;
import io.mailban.ban.Network;
import io.mailban.fail2ban.LogEvent;
import io.mailban.fail2ban.LogLineReader;
import io.mailban.maillog.MailEvent;
import io.mailban.maillog.MailLineReader;
import io.mailban.maillog.Service;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Logs captured from real servers of every Debian suite, in files and from the journal. What is expected is counted with
 * plain patterns, one for each kind, that know nothing of how the readers work.
 */
class RealLogsTest {
    private static final Path FIXTURES = Path.of("src/test/resources/fixtures");

    /**
     * Addresses that occur in these logs only as text that clients sent, or that a failing action printed. fail2ban
     * 1.1.0 itself believes one of them and writes that it found it; that line is real.
     */
    private static final Network FORGED = Network.of("198.51.100.0/24");

    static List<Path> banLogs() throws IOException {
        return logs("fail2ban.log", "journal-fail2ban.txt");
    }

    static List<Path> mailLogs() throws IOException {
        return logs("mail.log", "journal-mail.txt");
    }

    private static List<Path> logs(String... names) throws IOException {
        try (Stream<Path> files = Files.walk(FIXTURES)) {
            return files.filter(
                            file -> List.of(names).contains(file.getFileName().toString()))
                    .sorted()
                    .toList();
        }
    }

    private static List<String> lines(Path log) throws IOException {
        return List.of(Files.readString(log, StandardCharsets.UTF_8).split("\n", -1));
    }

    @Test
    void everySuiteIsThere() throws IOException {
        assertThat(banLogs()).hasSizeGreaterThanOrEqualTo(4);
        assertThat(mailLogs()).hasSameSizeAs(banLogs());
    }

    @ParameterizedTest
    @MethodSource("banLogs")
    void fail2banLogs(Path log) throws IOException {
        Log<LogEvent> read = new Log<>(
                lines(log), lines(log).stream().map(LogLineReader::read).toList());
        // The head of a line of fail2ban's that is no ERROR, in any of the forms; then its own words.
        String head = "^[^\\[]*fail2ban[.a-z-]* *\\[\\d+\\]: (?:(?:NOTICE|WARNING|INFO|DEBUG) +)?";
        String jail = head + "\\[[a-z-]+\\] ";
        read.expect(jail + "Ban .*", LogEvent.Banned.class::isInstance);
        read.expect(jail + "Unban .*", LogEvent.Unbanned.class::isInstance);
        read.expect(jail + "Restore Ban .*", LogEvent.RestoredBan.class::isInstance);
        read.expect(jail + "Repeal Ban .*", LogEvent.RepealedBan.class::isInstance);
        read.expect(jail + ".* already banned", LogEvent.AlreadyBanned.class::isInstance);
        read.expect(jail + "Found .*", LogEvent.Found.class::isInstance);
        read.expect(
                jail + "Found .*, bad .*",
                event -> event instanceof LogEvent.Found f && f.escalation().isPresent());
        read.expect(jail + "Increase Ban .*", LogEvent.IncreasedBan.class::isInstance);
        read.expect(jail + "Ignore .*", LogEvent.Ignored.class::isInstance);
        read.expect(jail + "Flush .*", LogEvent.Flushed.class::isInstance);
        read.expect(head + "Jail .* started", LogEvent.JailStarted.class::isInstance);
        read.expect(head + "Jail .* stopped", LogEvent.JailStopped.class::isInstance);
        read.expect(head + "Starting Fail2ban v.*", LogEvent.ServerStarted.class::isInstance);
        read.expect(head + "(Shutdown in|Exiting) .*", LogEvent.ServerStopping.class::isInstance);
        for (LogEvent event : read.events()) {
            assertThat(event.at()).isNotInstanceOf(LogTime.Missing.class);
            if (event instanceof LogEvent.OfId of) {
                boolean forged = isForged(Address.find(of.written()));
                assertThat(forged && !(event instanceof LogEvent.Found))
                        .as(event.toString())
                        .isFalse();
                assertThat(of.id().text()).isEqualTo(of.written());
            }
            if (event instanceof LogEvent.Found found) {
                assertThat(found.failedAt()).isPresent();
            }
            if (event instanceof LogEvent.IncreasedBan increased) {
                assertThat(increased.until()).isPresent();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("mailLogs")
    void mailLogs(Path log) throws IOException {
        Log<MailEvent> read = new Log<>(
                lines(log), lines(log).stream().map(MailLineReader::read).toList());
        String postfix = "^[^\\[]* postfix/[a-z/]+\\[\\d+\\]: ";
        String dovecot = "^[^\\[]* dovecot(?:\\[\\d+\\])?: ";
        read.expect(
                "(?:" + postfix + "warning: \\S+: SASL \\S+ authentication failed: (?!Invalid auth).*)|(?:" + dovecot
                        + "[a-z0-9]+-login: .*\\(auth failed, .*)|(?:" + dovecot
                        + "auth.*: (?:Password mismatch|unknown user)(?: \\(.*)?)",
                MailEvent.AuthFailure.class::isInstance);
        read.expect(
                "(?:" + postfix + "[0-9A-F]+: client=.*, sasl_username=.*)|(?:" + dovecot
                        + "[a-z0-9]+-login: (?:Login|Logged in): .*)",
                MailEvent.Login.class::isInstance);
        read.expect(
                "(?:" + postfix + ".* status=sent .* Saved\\))|(?:" + dovecot + "lmtp.*: saved mail to INBOX)",
                MailEvent.Delivered.class::isInstance);
        read.expect(
                "(?:" + postfix + "warning: [A-Z][a-z ]+ limit exceeded: .*)|(?:" + dovecot
                        + ".*(?:Maximum number of connections|alert number 4[2568]).*)",
                MailEvent.Trouble.class::isInstance);
        read.expect(
                "(?:" + postfix + "connect from \\S+\\[[^\\]u]+\\])|(?:" + dovecot
                        + "[a-z0-9]+-login: (?!.*alert number 4[2568]).*\\(no auth attempts in \\d+ secs\\).*)",
                MailEvent.Connected.class::isInstance);
        read.expect(
                postfix + "[A-Za-z0-9]+: reject: RCPT from (?!.*: [45]\\d\\d [45]\\.(?:2\\.2|3\\.1) ).*",
                MailEvent.Rejected.class::isInstance);
        for (MailEvent event : read.events()) {
            assertThat(event.at()).isNotInstanceOf(LogTime.Missing.class);
            assertThat(isForged(address(event))).as(event.toString()).isFalse();
            if (event instanceof MailEvent.Login login) {
                assertThat(List.of("bob@example.org", "alice@example.org"))
                        .contains(login.mailbox().name());
                assertThat(login.address()).isPresent();
            }
            if (event instanceof MailEvent.AuthFailure failure) {
                assertThat(failure.address()).isPresent();
                boolean counted = failure.service() == Service.POSTFIX
                        || failure.protocol().isPresent();
                assertThat(failure.attempts().isPresent()).as(event.toString()).isEqualTo(counted);
            }
            assertThat(event.toString()).doesNotContain("a password", "SHA1");
        }
    }

    private static Optional<Address> address(MailEvent event) {
        return switch (event) {
            case MailEvent.AuthFailure failure -> failure.address();
            case MailEvent.Login login -> login.address();
            case MailEvent.Delivered _ -> Optional.empty();
            case MailEvent.Trouble trouble -> trouble.address();
            case MailEvent.Connected connected -> Optional.of(connected.address());
            case MailEvent.Rejected rejected -> Optional.of(rejected.address());
        };
    }

    private static boolean isForged(Optional<Address> address) {
        return address.filter(FORGED::contains).isPresent();
    }

    /** A log's lines, and what was read from each. */
    private record Log<E>(List<String> lines, List<Optional<E>> read) {

        List<E> events() {
            return read.stream().flatMap(Optional::stream).toList();
        }

        /** Exactly the lines of this pattern are events of this kind, and there is one at least in some log. */
        void expect(String pattern, Predicate<E> kind) {
            Predicate<String> expected =
                    Pattern.compile(pattern, Pattern.DOTALL).asMatchPredicate();
            for (int i = 0; i < lines.size(); i++) {
                assertThat(read.get(i).filter(kind).isPresent())
                        .as(lines.get(i))
                        .isEqualTo(expected.test(lines.get(i)));
            }
        }
    }
}
