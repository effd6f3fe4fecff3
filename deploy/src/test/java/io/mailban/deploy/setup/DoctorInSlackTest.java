package io.mailban.deploy.setup;

import static org.assertj.core.api.Assertions.assertThat;

import io.mailban.slack.FakeSlack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code mailban doctor} and {@code doctor slack} as people start them, with a mail server that refuses connections. */
final class DoctorInSlackTest {
    private static final String ACCESS = """
            access:
              readers: [slack:U0ALICE]
              requesters: [slack:U0ALICE]
              approvers: [slack:S0MAILADMINS]
            """;

    private final FakeSlack slack = FakeSlack.start();
    private final Path directory;

    DoctorInSlackTest(@TempDir Path directory) {
        this.directory = directory;
    }

    @AfterEach
    void stop() {
        slack.close();
    }

    @Test
    void slackAloneIsExaminedAndTheStatusTellsWhatCameOfIt() throws IOException {
        Path file = configuration("mail1");
        Program well = doctor("slack", "--config", file.toString());
        assertThat(well.status()).as(well.err()).isZero();
        assertThat(well.out())
                .contains("Slack is well", "mailban (U0MAILBAN)")
                .doesNotContain("mail1", "xoxb-", "xapp-");

        slack.workspace().revoke("usergroups:read");
        Program missing = doctor("slack", "--config", file.toString());
        assertThat(missing.status()).as(missing.err()).isEqualTo(1);
        assertThat(missing.out())
                .contains(
                        "Slack: 1 thing to mend",
                        "missing: usergroups:read (knows who is in the user groups",
                        "scopes, in Slack:",
                        "api.slack.com/apps → Mailban → Install App → Reinstall to Workspace");
        Program json = doctor("slack", "--json", "--config", file.toString());
        assertThat(json.json().at("/servers")).isEmpty();
        assertThat(json.json().at("/slack/verdict").asText()).isEqualTo("to_mend");
        assertThat(json.json().at("/slack/checks").findValuesAsText("kind")).contains("scopes_missing");
    }

    @Test
    void withoutWordsTheServersAreExaminedAndSlackToo() throws IOException {
        Program both = doctor("--json", "--config", configuration("mail1").toString());
        assertThat(both.status()).as(both.err()).isEqualTo(1);
        assertThat(both.json().at("/servers/0/server").asText()).isEqualTo("mail1");
        assertThat(both.json().at("/slack/verdict").asText()).isEqualTo("well");
        Program one =
                doctor("mail1", "--json", "--config", configuration("mail1").toString());
        assertThat(one.json().has("slack")).isFalse();
    }

    @Test
    void slackThatIsAwayIsNotTold() throws IOException {
        Path file = configuration("mail1");
        slack.close();
        Program away = doctor("slack", "--config", file.toString());
        assertThat(away.status()).as(away.err()).isEqualTo(3);
        assertThat(away.out()).contains("Slack could not be asked");
    }

    @Test
    void theWordMeansTheAppWhereThereIsOneAndElseAServerOfThatName() throws IOException {
        Program app =
                doctor("slack", "--json", "--config", configuration("slack").toString());
        assertThat(app.json().at("/servers")).isEmpty();
        assertThat(app.json().at("/slack/verdict").asText()).isEqualTo("well");
        Path without = Files.writeString(directory.resolve("without.yml"), servers("slack"));
        Program server = doctor("slack", "--json", "--config", without.toString());
        assertThat(server.json().at("/servers/0/server").asText()).isEqualTo("slack");
        Path neither = Files.writeString(directory.resolve("neither.yml"), servers("mail1"));
        Program misuse = doctor("slack", "--config", neither.toString());
        assertThat(misuse.status()).isEqualTo(2);
        assertThat(misuse.err()).contains("the configuration has no slack: and no server of that name");
    }

    private Path configuration(String server) throws IOException {
        return Files.writeString(
                directory.resolve("mailban.yml"),
                servers(server)
                        + ACCESS
                        + """
                slack:
                  bot_token: file:%s
                  app_token: file:%s
                  workspaces: [T0EXAMPLE]
                  channels: [C0REQUESTS, C0MAIL]
                  api: %s
                """.formatted(secret("bot", slack.botToken()), secret("app", slack.appToken()), slack.api()));
    }

    private Path secret(String name, String value) throws IOException {
        Path file = Files.writeString(directory.resolve(name), value);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    private static String servers(String name) {
        return "servers:\n  - name: " + name + "\n    host: 127.0.0.1\n    port: 1\n    user: root\n";
    }

    private Program doctor(String... words) {
        String[] all = new String[words.length + 1];
        all[0] = "doctor";
        System.arraycopy(words, 0, all, 1, words.length);
        return Program.run(directory, all);
    }
}
