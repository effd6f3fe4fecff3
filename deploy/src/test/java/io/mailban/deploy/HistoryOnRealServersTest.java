package io.mailban.deploy;

import static io.mailban.bot.Patience.await;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mailban.sandbox.Account;
import io.mailban.sandbox.Login;
import io.mailban.sandbox.MailServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole way through a running bot: locked out of a real server, lifted, back in; then what happened is told, also
 * after the server has forgotten it, the record of it is whole, and the mailbox can be forgotten.
 */
final class HistoryOnRealServersTest {
    @TempDir
    private Path directory;

    @Test
    void whatHappenedIsToldAfterFail2banAndTheLogsForgotItUntilTheMailboxIsForgotten() throws Exception {
        try (RealServers real = new RealServers()) {
            Path config = Configurations.write(directory, "mailban", real.all());
            Process bot = start("run", "--config", config.toString());
            try {
                assertThat(bot.errorReader(UTF_8).readLine()).startsWith("mailban runs");
                for (MailServer server : real.all()) {
                    String address = "203.0.113.2" + server.name().charAt(4);
                    real.lockOut(address, server);
                    JsonNode lifted = json(config, "unban", address, server.name(), "new", "password", "--yes");
                    assertThat(lifted.path("outcome").asText()).isEqualTo("lifted");
                    assertThat(real.client(address).imapLogin(server, Account.BOB))
                            .isEqualTo(Login.LOGGED_IN);
                    await().atMost(Duration.ofSeconds(60)).until(() -> {
                        List<String> kinds = kinds(json(config, "history", address, server.name()));
                        return kinds.contains("unbanned") && kinds.indexOf("logged_in") < kinds.indexOf("unbanned");
                    });
                    JsonNode history = json(config, "history", address, server.name());
                    // Newest first; the ban's end stands in the log before the bot has checked it.
                    assertThat(kinds(history))
                            .containsSubsequence("logged_in", "unbanned", "approved", "requested", "banned", "failed");
                    assertThat(one(history, "requested").path("reason").asText())
                            .isEqualTo("new password");
                    assertThat(one(history, "approved").path("who").asText())
                            .isEqualTo("terminal:" + System.getProperty("user.name"));
                    assertThat(one(history, "failed").path("count").asInt()).isEqualTo(3);
                    assertThat(one(history, "failed").path("mailbox").asText()).startsWith("bob");
                    assertThat(kinds(json(config, "history", "bob@example.org", server.name())))
                            .contains("logged_in", "banned", "unbanned", "approved", "failed");
                }

                MailServer server = real.withFiles();
                server.exec("truncate", "-s", "0", "/var/log/mail.log", "/var/log/fail2ban.log");
                String address = "203.0.113.2" + server.name().charAt(4);
                JsonNode kept = json(config, "history", address, server.name());
                assertThat(kinds(kept)).containsSubsequence("approved", "requested", "banned", "failed");
                assertThat(one(kept, "failed").path("count").asInt()).isEqualTo(3);

                assertThat(json(config, "audit", "verify").path("outcome").asText())
                        .isEqualTo("whole");
                assertThat(grep("bob@example.org")).isNotEmpty();
                assertThat(json(config, "forget", "bob@example.org", "--yes")
                                .path("evidence")
                                .asInt())
                        .isPositive();
                assertThat(grep("bob@example.org"))
                        .as("beside the bot that runs")
                        .isEmpty();
                JsonNode whole = json(config, "audit", "verify");
                assertThat(whole.path("outcome").asText()).isEqualTo("whole");
                assertThat(whole.path("erased_values").asInt()).isPositive();
            } finally {
                bot.destroy();
                bot.waitFor();
            }
        }
    }

    private static List<String> kinds(JsonNode history) {
        List<String> kinds = new ArrayList<>();
        history.path("happenings").forEach(one -> kinds.add(kind(one)));
        return kinds;
    }

    private static JsonNode one(JsonNode history, String kind) {
        for (JsonNode happening : history.path("happenings")) {
            if (kind(happening).equals(kind)) {
                return happening;
            }
        }
        throw new AssertionError("no " + kind + " in " + history);
    }

    private static String kind(JsonNode happening) {
        return happening.path("kind").asText().equals("decision")
                ? happening.path("act").asText()
                : happening.path("kind").asText();
    }

    private List<Path> grep(String text) throws IOException {
        List<Path> found = new ArrayList<>();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.filter(file -> file.getFileName().toString().startsWith("mailban.db"))
                    .filter(Files::isRegularFile)
                    .toList()) {
                if (Files.readString(file, ISO_8859_1).contains(text)) {
                    found.add(file);
                }
            }
        }
        return found;
    }

    private JsonNode json(Path config, String... words) throws IOException, InterruptedException {
        List<String> args = new ArrayList<>(List.of(words));
        args.addAll(List.of("--json", "--config", config.toString()));
        Process process = start(args.toArray(String[]::new));
        process.getOutputStream().close();
        String out = new String(process.getInputStream().readAllBytes(), UTF_8);
        String err = new String(process.getErrorStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as(err + out).isZero();
        return new ObjectMapper().readTree(out);
    }

    private Process start(String... args) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        command.addAll(List.of(args));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("HOME", directory.toString());
        return builder.start();
    }
}
