package io.mailban.slack;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.slack.api.bolt.App;
import io.mailban.chat.MessageRef;
import io.mailban.slack.Deed.What;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What Slack documents for its payloads, through Bolt's own parser: what is read out of each. */
class ListenerTest {
    private final List<Deed> deeds = new ArrayList<>();
    private final App app = Listener.app(
            new Api(URI.create("http://127.0.0.1:1/api/"), () -> "xoxb-x".toCharArray()),
            () -> Optional.of("U0MAILBAN"),
            deeds::add);
    private final Envelopes envelopes = new Envelopes(app);

    @Test
    void onAnEnterpriseGridTheOrganisationIsNoWorkspace() {
        hear("events_api", event("T1", false, """
                {"type": "app_mention", "user": "W1", "text": "<@U0MAILBAN> help", "ts": "1.2", "channel": "C1",
                 "team": "E1", "user_team": "E1", "event_ts": "1.2"}"""));

        assertThat(deeds).extracting(Deed::sender).containsExactly(new Deed.Sender("W1", Set.of("T1")));
    }

    @Test
    void aPersonOfAnotherWorkspaceBringsBothAlong() {
        hear("events_api", event("T1", false, """
                {"type": "app_mention", "user": "U9", "text": "<@U0MAILBAN> help", "ts": "1.2", "channel": "C1",
                 "team": "T9", "user_team": "T9"}"""));

        assertThat(deeds).extracting(deed -> deed.sender().teams()).containsExactly(Set.of("T1", "T9"));
    }

    @Test
    void inASharedChannelTheEventIsOfTheWorkspaceThatTheBotIsInstalledIn() {
        hear("events_api", event("T9", true, """
                {"type": "app_mention", "user": "U1", "text": "<@U0MAILBAN> help", "ts": "1.2", "channel": "C1",
                 "team": "T1", "user_team": "T1"}"""));

        assertThat(deeds).extracting(deed -> deed.sender().teams()).containsExactly(Set.of("T1"));
    }

    @Test
    void elsewhereItIsOfTheWorkspaceThatSlackNames() {
        hear("events_api", event("T9", false, """
                {"type": "app_mention", "user": "U1", "text": "<@U0MAILBAN> help", "ts": "1.2", "channel": "C1"}"""));

        assertThat(deeds).extracting(deed -> deed.sender().teams()).containsExactly(Set.of("T9"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"""
                {"type": "message", "subtype": "message_changed", "channel": "D1", "channel_type": "im", "ts": "1.2",
                 "message": {"type": "message", "user": "U1", "text": "unban 203.0.113.7", "ts": "1.1"}}""", """
                {"type": "message", "subtype": "message_deleted", "channel": "D1", "channel_type": "im", "ts": "1.2",
                 "previous_message": {"type": "message", "user": "U1", "text": "unban 203.0.113.7", "ts": "1.1"}}""", """
                {"type": "message", "subtype": "bot_message", "bot_id": "B1", "channel": "D1", "channel_type": "im",
                 "text": "unban 203.0.113.7", "ts": "1.2"}""", """
                {"type": "message", "bot_id": "B0MAILBAN", "user": "U0MAILBAN", "channel": "D1", "channel_type": "im",
                 "text": "unban 203.0.113.7", "ts": "1.2"}""", """
                {"type": "message", "user": "U0MAILBAN", "channel": "D1", "channel_type": "im", "text": "x", "ts": "1.2"}""", """
                {"type": "message", "user": "U1", "channel": "C1", "channel_type": "channel", "text": "x", "ts": "1.2"}""", """
                {"type": "message", "user": "U1", "channel": "C1", "text": "x", "ts": "1.2"}""", """
                {"type": "message", "user": "U1", "channel": "D1", "channel_type": "mpim", "text": "x", "ts": "1.2"}""", """
                {"type": "app_mention", "user": "U1", "channel": "D1", "text": "<@U0MAILBAN> help", "ts": "1.2"}""", """
                {"type": "app_mention", "bot_id": "B1", "user": "U1", "channel": "C1", "text": "<@U0MAILBAN> x", "ts": "1.2"}""", """
                {"type": "app_mention", "user": "U1", "channel": "C1", "text": "<@U0MAILBAN> unban 203.0.113.7",
                 "edited": {"user": "U1", "ts": "1.3"}, "ts": "1.2"}""", """
                {"type": "app_home_opened", "user": "U1", "channel": "D1", "tab": "messages", "event_ts": "1.2"}""", """
                {"type": "team_join", "user": {"id": "U1"}}""", """
                {"type": "of_tomorrow"}"""})
    void whatNobodySaidToTheBotIsAcknowledgedAndNothingElse(String event) {
        hear("events_api", event("T1", false, event));

        assertThat(deeds).isEmpty();
    }

    @Test
    void aDirectMessageInAThreadIsAnsweredThere() {
        hear("events_api", event("T1", false, """
                {"type": "message", "user": "U1", "channel": "D1", "channel_type": "im", "text": "help", "ts": "1.2",
                 "thread_ts": "1.1", "blocks": [{"type": "of_tomorrow"}, {"type": "rich_text", "elements":
                 [{"type": "rich_text_section", "elements": [{"type": "of_tomorrow"}]}]}]}"""));

        assertThat(deeds)
                .containsExactly(new Deed(
                        new Deed.Sender("U1", Set.of("T1")),
                        new Spot("D1", Optional.of("1.1")),
                        Optional.of("event:Ev1"),
                        Deed.Opening.NONE,
                        new What.Said("help")));
    }

    @Test
    void aMessageThatHasAThreadIsNotInOne() {
        hear("interactive", """
                {"type": "block_actions", "team": null, "user": {"id": "U1", "team_id": "T1"}, "trigger_id": "1.2.x",
                 "container": {"type": "message", "message_ts": "1.1", "channel_id": "C1", "is_ephemeral": false,
                 "thread_ts": "1.1"}, "channel": {"id": "C1"}, "message": {"ts": "1.1", "thread_ts": "1.1"},
                 "response_url": "https://hooks.example.org/x",
                 "actions": [{"type": "button", "action_id": "approve", "value": "approve abcd2345", "action_ts": "3.4"}]}""");

        Spot channel = new Spot("C1", Optional.empty());
        assertThat(deeds)
                .containsExactly(new Deed(
                        new Deed.Sender("U1", Set.of("T1")),
                        channel,
                        Optional.of("action:3.4:approve:U1"),
                        new Deed.Opening(Optional.of("1.2.x"), Optional.of("https://hooks.example.org/x")),
                        new What.Press(
                                "approve", "approve abcd2345", Optional.of(new MessageRef(channel.place(), "1.1")))));
        assertThat(deeds.toString()).doesNotContain("hooks.example.org").doesNotContain("1.2.x");
    }

    @Test
    void aMessageIsPointedAtWhateverItHolds() {
        hear("interactive", """
                {"type": "message_action", "callback_id": "check_address", "team": {"id": "T1"}, "trigger_id": "1.2.x",
                 "user": {"id": "U1", "team_id": "T1"}, "channel": {"id": "C1"}, "message_ts": "1.1",
                 "message": {"type": "message", "ts": "1.1", "reply_count": "of tomorrow", "subtype": null,
                 "files": [{"created": "of tomorrow"}], "blocks": [{"text": {"text": "banned: 203.0.113.7"}}]}}""");

        assertThat(deeds).extracting(Deed::what).containsExactly(new What.PointedAt("banned: 203.0.113.7"));
    }

    @Test
    void aButtonWorksWhateverTheMessageAroundItHolds() {
        hear("interactive", """
                {"type": "block_actions", "enterprise": null, "user": {"id": "U1", "team_id": "T1"}, "view": null,
                 "container": {"type": "message", "message_ts": "1.1", "channel_id": "C1", "thread_ts": null},
                 "message": {"ts": "1.1", "reply_count": "of tomorrow", "blocks": [{"text": "of tomorrow"}]},
                 "actions": [{"type": "button", "action_id": "lines-1", "value": "lines 203.0.113.7"}]}""");

        Spot channel = new Spot("C1", Optional.empty());
        assertThat(deeds)
                .extracting(Deed::what)
                .containsExactly(new What.Press(
                        "lines-1", "lines 203.0.113.7", Optional.of(new MessageRef(channel.place(), "1.1"))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ", \"channel_type\": null", ", \"channel_type\": \"im\", \"subtype\": null"})
    void aDirectMessageIsKnownByItsChannelToo(String kind) {
        hear("events_api", event("T1", false, """
                {"type": "message", "user": "U1", "channel": "D1", "text": "help", "ts": "1.2", "bot_id": null%s}""".formatted(kind)));

        assertThat(deeds).extracting(Deed::what).containsExactly(new What.Said("help"));
    }

    @Test
    void aHomeIsOpenedAlsoWhereNoTabIsNamed() {
        hear("events_api", event("T1", false, """
                {"type": "app_home_opened", "user": "U1", "channel": "D1"}"""));

        assertThat(deeds).extracting(Deed::what).containsExactly(new What.LookedHome(Optional.of("D1")));
    }

    @Test
    void aLinkIsNoButton() {
        hear("interactive", """
                {"type": "block_actions", "team": {"id": "T1"}, "user": {"id": "U1", "team_id": "T1"},
                 "container": {"type": "message", "message_ts": "1.1", "channel_id": "C1"}, "channel": {"id": "C1"},
                 "actions": [{"type": "button", "action_id": "a", "url": "https://example.org/", "action_ts": "3.4"}]}""");

        assertThat(deeds).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "null",
                "{\"type\": null}",
                "{\"type\": \"block_actions\"}",
                "{\"type\": \"block_actions\", \"actions\": []}",
                "{\"type\": \"block_suggestion\"}",
                "{\"type\": \"view_submission\", \"view\": {\"type\": \"modal\"}, \"user\": {\"id\": \"U1\"}}",
                "{\"type\": \"view_submission\", \"view\": {\"type\": \"workflow_step\"}}",
                "{\"type\": \"view_submission\"}",
                "{\"type\": \"view_closed\", \"view\": {\"callback_id\": \"form\"}}",
                "{\"type\": \"message_action\", \"callback_id\": \"check_address\"}",
                "{\"type\": \"shortcut\", \"callback_id\": \"x\", \"user\": {\"id\": \"U1\"}}",
                "{\"type\": \"interactive_message\"}",
                "{\"type\": \"event_callback\", \"event\": {}}",
                "{\"command\": \"/mailban\"}"
            })
    void whatCannotBeReadIsAcknowledgedToo(String payload) {
        hear("interactive", payload);

        assertThat(deeds).isEmpty();
    }

    @Test
    void withoutAnEnvelopeThereIsNothingToAcknowledge() {
        String message = "{\"type\": \"of_tomorrow\"}";

        assertThat(envelopes.acknowledge(JsonParser.parseString(message).getAsJsonObject()))
                .isEmpty();
        assertThat(Envelopes.read("not JSON")).isEmpty();
        assertThat(Envelopes.read("[1]")).isEmpty();
    }

    /** Hears an envelope, and expects that it is acknowledged with nothing to say. */
    private void hear(String type, String payload) {
        String message = "{\"envelope_id\": \"e-1\", \"type\": \"" + type + "\", \"payload\": " + payload + "}";
        JsonObject envelope = JsonParser.parseString(message).getAsJsonObject();
        assertThat(envelopes.acknowledge(envelope)).contains("{\"envelope_id\":\"e-1\"}");
    }

    private static String event(String team, boolean shared, String event) {
        return """
                {"type": "event_callback", "team_id": "%s", "event_id": "Ev1", "event": %s, "is_ext_shared_channel": %s,
                 "authorizations": [{"enterprise_id": null, "team_id": "T1", "user_id": "U0MAILBAN", "is_bot": true}]}""".formatted(team, event, shared);
    }
}
