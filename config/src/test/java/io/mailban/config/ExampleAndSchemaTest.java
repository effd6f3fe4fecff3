package io.mailban.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The example and the editors' schema know every key that is read, and no other. */
final class ExampleAndSchemaTest {
    private static final Path EXAMPLE = Path.of("mailban.example.yml");
    private static final Path SCHEMA = Path.of("mailban.schema.json");
    private static final Map<String, String> ENV = Map.of(
            "HOME",
            "/home/alice",
            "MAILBAN_PASSPHRASE",
            "hunter2",
            "SLACK_BOT_TOKEN",
            "xoxb-1-2-a",
            "SLACK_APP_TOKEN",
            "xapp-1-A1-2-b",
            "SLACK_SIGNING_SECRET",
            "8f742231b10e8888abcd99yyyzzz85a5");

    /** What the example has in the place of {@code app_token}, since nobody has both. */
    private static final Pattern COMMENTED_OUT = Pattern.compile("^  #(http:|  )", Pattern.MULTILINE);

    private final ObjectMapper json = new ObjectMapper();

    @TempDir
    private Path directory;

    @Test
    void theExampleIsFine() throws IOException {
        for (String example : examples()) {
            assertThat(read(example, new TreeSet<>())).isInstanceOf(ConfigReading.Read.class);
        }
    }

    @Test
    void theExampleHasEveryKeyThatIsRead() throws IOException {
        Set<String> keys = new TreeSet<>();
        for (String example : examples()) {
            keysOf(tree(example), "", keys);
        }

        assertThat(keys).isEqualTo(asked());
    }

    @Test
    void theSchemaHasEveryKeyThatIsReadAndDescribesIt() throws IOException {
        Set<String> keys = new TreeSet<>();
        describedIn(json.readTree(SCHEMA.toFile()), "", keys);

        assertThat(keys).isEqualTo(asked());
    }

    @Test
    void theExampleIsAsTheSchemaSays() throws IOException {
        for (String example : examples()) {
            assertThat(violations(example)).isEmpty();
        }
    }

    @Test
    void theExamplesDefaultsAreTheProgramsDefaults() throws IOException {
        Path minimal = directory.resolve("mailban.yml");
        Files.writeString(minimal, "servers: [{name: a, host: b}]\n");

        assertThat(settings(minimal).approval()).isEqualTo(settings(EXAMPLE).approval());
        assertThat(settings(minimal).retention()).isEqualTo(settings(EXAMPLE).retention());
        assertThat(settings(minimal).ssh().deadline())
                .isEqualTo(settings(EXAMPLE).ssh().deadline());
    }

    /** What an editor underlines, the program refuses, and the other way round. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "servers: [{name: a, host: b}]",
                "servers: [{name: a, host: '2001:db8::7', user: bob, port: 1}]",
                "servers: [{name: a, host: b, prefix: sudo -n docker exec -i x, log_prefix: ''}]",
                "servers: [{name: a, host: b, prefix: gate}]",
                "servers: [{name: a, host: b, prefix: gate, log_prefix: sudo -n}]",
                "servers: [{name: a, host: b, log_prefix: gate}]",
                "servers: [{name: a, host: b, mail_log: {host: c, user: d, port: 2, prefix: gate}}]",
                "servers: [{name: a, host: b, mail_log: {user: d}}]",
                "servers: [{name: a, host: b, mail_log: c}]",
                "servers: [{name: a, host: b, mail_log: {host: c, log_prefix: sudo -n}}]",
                "servers: [{name: a, host: b}]\napproval: {self_approval: refused, expires_after: 1h30m}",
                "servers: [{name: a, host: b}]\naccess: {helpers: ['slack:U1']}",
                "servers: [{name: a, host: b}]\naccess: {helpers: ['slack:S1', 'discord:17', 'terminal:x']}",
                "servers: [{name: a, host: b}]\naccess: {helpers: ['slack:alice']}",
                "servers: [{name: a, host: b}]\naccess: {helpers: ['discord:role/17']}",
                "servers: [{name: a, host: b}]\naccess: {same_person: ['terminal:carol slack:U1  discord:17']}",
                "servers: [{name: a, host: b}]\naccess: {same_person: ['terminal:carol slack:S1']}",
                "servers: [{name: a, host: b}]\nretention: {decisions: 400d}",
                "servers: [{name: a, host: b}]\nretention: {decisions: a year}",
                "servers: []",
                "servers: [{name: a}]",
                "servers: [{name: a, host: -b}]",
                "servers: [{name: a, host: b, port: 0}]",
                "servers: [{name: a, host: b, hots: c}]",
                "servers: [{name: a, host: b, user: 'a b'}]",
                "servers: [{name: a, host: b, prefix: sudo}]",
                "servers: [{name: a, host: b, key: k, passphrase: hunter2}]",
                "servers: [{name: a, host: b, key: ~bob/k}]",
                "servers: [{name: a, host: b}]\napproval: {expires_after: ''}",
                "servers: [{name: a, host: b}]\napproval: {watch_for: 10 min}",
                "servers: [{name: a, host: b}]\naccess: {helpers: [U1]}",
                "servers: [{name: a, host: b}]\nknown_addresses: [198.51.100.0/24]",
                "servers: [{name: a, host: b}]\nstores: x"
            })
    void schemaAndProgramAgree(String yaml) throws IOException {
        Path file = directory.resolve("mailban.yml");
        Files.writeString(file, yaml);
        boolean fine = ConfigReader.read(file, ENV) instanceof ConfigReading.Read;

        assertThat(violations(yaml).isEmpty()).isEqualTo(fine);
    }

    /** The same for Slack, whose section is long. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "channels: [C1]",
                "channels: []",
                "workspaces: []",
                "channels: ['#mail']",
                "channels: [D1]",
                "channels: [G1, C2]\nrequests: C2",
                "requests: '#mail'",
                "names: full",
                "names: yes",
                "bot_token: xoxb-1-2-a",
                "bot_token: 'file:'",
                "workspaces: [E1]",
                "workspaces: T1",
                "app_token: xapp-1",
                "http: {signing_secret: '${SLACK_SIGNING_SECRET}'}",
                "tokens: x",
                "api: https://slack-gov.com/api",
                "api: http://127.0.0.1:4000/api/",
                "api: http://[::1]/",
                "api: http://localhost:1/",
                "api: http://slack.com/api/",
                "api: http://127.0.0.1.example.org/",
                "api: https://bob@slack.com/api/",
                "api: https://slack.com/api/?a=b",
                "api: slack.com",
                "app_token: ~\nhttp: {signing_secret: '${SLACK_SIGNING_SECRET}', listen: '[::1]:3000'}",
                "app_token: ~\nhttp: {signing_secret: '${SLACK_SIGNING_SECRET}', listen: localhost}",
                "app_token: ~\nhttp: {signing_secret: '${SLACK_SIGNING_SECRET}', listen: '127.0.0.1:0'}",
                "app_token: ~\nhttp: {listen: '127.0.0.1:3000'}",
                "app_token: ~"
            })
    void schemaAndProgramAgreeOnSlack(String changes) throws IOException {
        Map<String, String> keys = new LinkedHashMap<>(Map.of(
                "bot_token", "${SLACK_BOT_TOKEN}",
                "app_token", "${SLACK_APP_TOKEN}",
                "workspaces", "[T1]",
                "channels", "[C1]"));
        for (String change : changes.lines().toList()) {
            String[] parts = change.split(": ", 2);
            keys.put(parts[0], parts[1]);
        }
        keys.values().remove("~");
        StringBuilder yaml =
                new StringBuilder("servers: [{name: a, host: b}]\naccess: {readers: ['slack:S1']}\nslack:\n");
        keys.forEach((key, value) -> yaml.append("  %s: %s%n".formatted(key, value)));

        schemaAndProgramAgree(yaml.toString());
        schemaAndProgramAgree(yaml.toString().replace("slack:S1", "terminal:alice"));
    }

    private static Settings settings(Path file) {
        return ((ConfigReading.Read) ConfigReader.read(file, ENV)).settings();
    }

    private Set<String> asked() throws IOException {
        Set<String> asked = new TreeSet<>();
        for (String example : examples()) {
            read(example, asked);
        }
        return asked;
    }

    /** As it stands, and with HTTP in the place of the socket. */
    private static List<String> examples() throws IOException {
        String socket = Files.readString(EXAMPLE);
        String http = COMMENTED_OUT.matcher(socket).replaceAll("  $1").replaceAll("(?m)^  app_token: .*$", "");
        assertThat(http).contains("\n  http:\n    listen:");
        return List.of(socket, http);
    }

    private ConfigReading read(String yaml, Set<String> asked) throws IOException {
        Path file = directory.resolve("mailban.yml");
        Files.writeString(file, yaml);
        return ConfigReader.read(file, ENV, asked);
    }

    private Set<ValidationMessage> violations(String yaml) throws IOException {
        return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7)
                .getSchema(Files.readString(SCHEMA))
                .validate(tree(yaml));
    }

    private JsonNode tree(String yaml) {
        return json.valueToTree(new Yaml(new SafeConstructor(new LoaderOptions())).load(yaml));
    }

    private static void keysOf(JsonNode node, String path, Set<String> keys) {
        node.properties().forEach(entry -> {
            String key = path.isEmpty() ? entry.getKey() : path + "." + entry.getKey();
            keys.add(key);
            keysOf(entry.getValue(), key, keys);
            for (JsonNode item : entry.getValue().isArray() ? entry.getValue() : List.<JsonNode>of()) {
                keysOf(item, key + "[]", keys);
            }
        });
    }

    private static void describedIn(JsonNode schema, String path, Set<String> keys) {
        schema.path("properties").properties().forEach(entry -> {
            String key = path.isEmpty() ? entry.getKey() : path + "." + entry.getKey();
            assertThat(entry.getValue().path("description").asText()).as(key).isNotBlank();
            keys.add(key);
            describedIn(entry.getValue(), key, keys);
            describedIn(entry.getValue().path("items"), key + "[]", keys);
        });
    }
}
