package io.mailban.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import io.mailban.fail2ban.LogEvent;
import io.mailban.fail2ban.LogLineReader;
import io.mailban.maillog.MailEvent;
import io.mailban.maillog.MailLineReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The words that a server's logs are searched for find every line that means something, in logs of every Debian suite. */
class SweptWordsTest {
    private static final Path FIXTURES = Path.of("../../bot-core/src/test/resources/fixtures");

    @Test
    void noLoginIsMissed() throws IOException {
        assertNoneMissed(
                "logins",
                line -> MailLineReader.read(line)
                        .filter(event -> event instanceof MailEvent.Login || event instanceof MailEvent.AuthFailure)
                        .isPresent(),
                "mail.log",
                "journal-mail.txt");
    }

    @Test
    void noBanIsMissed() throws IOException {
        assertNoneMissed(
                "bans",
                line -> LogLineReader.read(line)
                        .filter(event -> switch (event) {
                            case LogEvent.Banned _,
                                    LogEvent.Unbanned _,
                                    LogEvent.RestoredBan _,
                                    LogEvent.RepealedBan _,
                                    LogEvent.Found _,
                                    LogEvent.JailStarted _,
                                    LogEvent.JailStopped _,
                                    LogEvent.ServerStarted _,
                                    LogEvent.ServerStopping _ -> true;
                            case LogEvent.Rebanned _,
                                    LogEvent.AlreadyBanned _,
                                    LogEvent.IncreasedBan _,
                                    LogEvent.Ignored _,
                                    LogEvent.Flushed _ -> false;
                        })
                        .isPresent(),
                "fail2ban.log",
                "journal-fail2ban.txt");
    }

    private static void assertNoneMissed(String list, Predicate<String> matters, String... names) throws IOException {
        Matcher matcher = Pattern.compile("(?m)^" + list + "='([^']+)'").matcher(LogScripts.TEXT);
        assertThat(matcher.find()).isTrue();
        List<String> words = List.of(matcher.group(1).split("\n", -1));
        List<String> mattering = new ArrayList<>();
        try (Stream<Path> files = Files.walk(FIXTURES)) {
            for (Path file : files.filter(
                            one -> List.of(names).contains(one.getFileName().toString()))
                    .toList()) {
                Files.readString(file).lines().filter(matters).forEach(mattering::add);
            }
        }
        assertThat(mattering).hasSizeGreaterThan(50);
        assertThat(mattering).allMatch(line -> words.stream().anyMatch(line::contains));
    }

    @Test
    void linesAreCutWhereverTheBytesArrive() throws IOException {
        String longest = "x".repeat(200_000);
        LineFeed feed = new LineFeed(
                new ByteArrayInputStream(("eins\n\nzwei ö\n" + longest + "\nlast").getBytes(StandardCharsets.UTF_8)));
        assertThat(feed.next()).isEqualTo("eins");
        assertThat(feed.next()).isEmpty();
        assertThat(feed.next()).isEqualTo("zwei ö");
        assertThat(feed.next()).isEqualTo("x".repeat(64 * 1024));
        assertThat(feed.next()).isEqualTo("last");
        assertThat(feed.next()).isNull();
    }
}
