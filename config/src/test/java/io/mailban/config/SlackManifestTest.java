package io.mailban.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** What people paste into Slack: the least, with its reasons, within Slack's limits, and whole. */
final class SlackManifestTest {
    private static final Path FILE = Path.of("slack-manifest.yml");

    /** Slack's documentation of each event. */
    private static final Map<String, Set<String>> NEEDED_BY_EVENT = Map.of(
            "app_mention", Set.of("app_mentions:read"),
            "message.im", Set.of("im:history"),
            "app_home_opened", Set.of());

    /** Slack's documentation of each method that the bot calls; those that need none (auth.test, views.*) are not here. */
    private static final Map<String, Set<String>> NEEDED_BY_METHOD = Map.of(
            "chat.postMessage, chat.postEphemeral, chat.update", Set.of("chat:write"),
            "users.info", Set.of("users:read"),
            "usergroups.users.list", Set.of("usergroups:read"),
            "conversations.info", Set.of("channels:read", "groups:read"));

    @Test
    void itAsksForExactlyTheScopesThatItsFeaturesAndTheBotsCallsNeed() throws IOException {
        Set<String> needed = new TreeSet<>();
        needed.add("commands");
        NEEDED_BY_METHOD.values().forEach(needed::addAll);
        for (JsonNode event : manifest().at("/settings/event_subscriptions/bot_events")) {
            assertThat(NEEDED_BY_EVENT).containsKey(event.asText());
            needed.addAll(NEEDED_BY_EVENT.get(event.asText()));
        }

        assertThat(SlackManifest.builtIn().scopes())
                .extracting(SlackManifest.Scope::name)
                .containsExactlyInAnyOrderElementsOf(needed);
        assertThat(manifest().at("/oauth_config/scopes/user").isMissingNode())
                .as("nothing on anybody's behalf")
                .isTrue();
    }

    @Test
    void everyScopeHasItsReasonBesideIt() {
        assertThat(SlackManifest.builtIn().scopes())
                .isNotEmpty()
                .allSatisfy(scope -> assertThat(scope.reason()).as(scope.name()).hasSizeGreaterThan(20));
    }

    @Test
    void theProgramHasTheScopesThatTheFileNames() throws IOException {
        assertThat(SlackManifest.builtIn().scopes())
                .extracting(SlackManifest.Scope::name)
                .isEqualTo(manifest()
                        .at("/oauth_config/scopes/bot")
                        .valueStream()
                        .map(JsonNode::asText)
                        .toList());
    }

    /** Slack's own limits (slackapi/manifest-schema, 1.0.0). */
    @ParameterizedTest
    @CsvSource({
        "/display_information/name, 35",
        "/display_information/description, 140",
        "/features/bot_user/display_name, 80",
        "/features/slash_commands/0/command, 32",
        "/features/slash_commands/0/description, 2000",
        "/features/slash_commands/0/usage_hint, 1000",
        "/features/shortcuts/0/name, 24",
        "/features/shortcuts/0/callback_id, 255",
        "/features/shortcuts/0/description, 150"
    })
    void namesKeepToSlacksLimits(String place, int most) throws IOException {
        assertThat(manifest().at(place).asText()).isNotBlank().hasSizeLessThanOrEqualTo(most);
    }

    @Test
    void whatTheBotListensForIsThere() throws IOException {
        JsonNode manifest = manifest();

        assertThat(manifest.at("/features/slash_commands/0/command").asText()).isEqualTo("/mailban");
        assertThat(manifest.at("/features/slash_commands/0/should_escape").asBoolean(true))
                .isFalse();
        assertThat(manifest.at("/features/shortcuts/0/callback_id").asText()).isEqualTo("check_address");
        assertThat(manifest.at("/features/shortcuts/0/type").asText()).isEqualTo("message");
        assertThat(manifest.at("/features/app_home/home_tab_enabled").asBoolean())
                .isTrue();
        assertThat(manifest.at("/features/app_home/messages_tab_read_only_enabled")
                        .asBoolean(true))
                .as("people may write to it")
                .isFalse();
        assertThat(manifest.at("/settings/interactivity/is_enabled").asBoolean())
                .isTrue();
        assertThat(manifest.at("/settings/socket_mode_enabled").asBoolean()).isTrue();
        assertThat(manifest.at("/settings/token_rotation_enabled").asBoolean(true))
                .isFalse();
    }

    @Test
    void overHttpItsThreeAddressesAreOne() throws IOException {
        JsonNode http = tree(Files.readString(FILE)
                .replaceAll("(?m)^( *)#((request_)?url: )", "$1$2")
                .replace("socket_mode_enabled: true", "socket_mode_enabled: false"));

        assertThat(List.of(
                        http.at("/features/slash_commands/0/url").asText(),
                        http.at("/settings/event_subscriptions/request_url").asText(),
                        http.at("/settings/interactivity/request_url").asText()))
                .allMatch("https://mailban.example.org/slack/events"::equals);
        assertThat(http.at("/settings/socket_mode_enabled").asBoolean(true)).isFalse();
    }

    private static JsonNode manifest() throws IOException {
        return tree(Files.readString(FILE));
    }

    private static JsonNode tree(String yaml) {
        return new ObjectMapper().valueToTree(new Yaml(new SafeConstructor(new LoaderOptions())).load(yaml));
    }
}
