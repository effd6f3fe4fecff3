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
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
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
    private static final Map<String, String> ENV = Map.of("HOME", "/home/alice", "MAILBAN_PASSPHRASE", "hunter2");

    private final ObjectMapper json = new ObjectMapper();

    @TempDir
    private Path directory;

    @Test
    void theExampleIsFine() {
        assertThat(ConfigReader.read(EXAMPLE, ENV)).isInstanceOf(ConfigReading.Read.class);
    }

    @Test
    void theExampleHasEveryKeyThatIsRead() throws IOException {
        Set<String> keys = new TreeSet<>();
        keysOf(tree(Files.readString(EXAMPLE)), "", keys);

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
        assertThat(violations(Files.readString(EXAMPLE))).isEmpty();
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
                "servers: [{name: a, host: b}]\napproval: {self_approval: refused, expires_after: 1h30m}",
                "servers: [{name: a, host: b}]\naccess: {helpers: ['slack:U1']}",
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

    private static Settings settings(Path file) {
        return ((ConfigReading.Read) ConfigReader.read(file, ENV)).settings();
    }

    private static Set<String> asked() {
        Set<String> asked = new TreeSet<>();
        ConfigReader.read(EXAMPLE, ENV, asked);
        return asked;
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
