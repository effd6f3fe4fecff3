package io.mailban.slack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.http.Fault;
import com.slack.api.Slack;
import com.slack.api.SlackConfig;
import com.slack.api.methods.MethodsClient;
import com.slack.api.methods.SlackApiException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the fake refuses, in Slack's own words, and what it spoils when told to. */
@NullUnmarked
final class FakeSlackRefusalsTest {
    @TempDir
    private Path kept;

    private FakeSlack slack;
    private MethodsClient methods;

    @BeforeEach
    void start() {
        slack = FakeSlack.startFor(kept);
        methods = client(slack.botToken());
    }

    @AfterEach
    void close() {
        slack.close();
    }

    private MethodsClient client(String token) {
        var config = new SlackConfig();
        config.setMethodsEndpointUrlPrefix(slack.api().toString());
        config.setStatsEnabled(false);
        return Slack.getInstance(config).methods(token);
    }

    private String post(String channel) throws Exception {
        return methods.chatPostMessage(post -> post.channel(channel).text("x")).getError();
    }

    @Test
    void channels() throws Exception {
        assertThat(post("C0NONE")).isEqualTo("channel_not_found");
        slack.workspace().leave("C0MAIL");
        assertThat(post("C0MAIL")).isEqualTo("not_in_channel");
        slack.workspace().flag("C0MAIL", "is_archived", true);
        assertThat(post("C0MAIL")).isEqualTo("is_archived");
    }

    @Test
    void messages() throws Exception {
        assertThat(methods.chatPostMessage(post -> post.channel("C0MAIL")).getError())
                .isEqualTo("no_text");
        assertThat(methods.chatUpdate(post -> post.channel("C0MAIL").ts("1.2").text("x"))
                        .getError())
                .isEqualTo("message_not_found");
        Shown others = slack.say("U0BOB", "C0MAIL", "mine");
        assertThat(methods.chatUpdate(
                                post -> post.channel("C0MAIL").ts(others.ts()).text("x"))
                        .getError())
                .isEqualTo("cant_update_message");
        var refused = methods.chatPostMessage(post -> post.channel("C0MAIL")
                .text("x")
                .blocksAsString("[{\"type\":\"section\",\"text\":{\"type\":\"mrkdwn\",\"text\":\"\"}}]"));
        assertThat(refused.getError()).isEqualTo("invalid_blocks");
        assertThat(refused.getResponseMetadata().getMessages()).contains("[ERROR] blocks[0].text.text is empty");
        assertThat(slack.messages("C0MAIL")).containsExactly(others);
    }

    @Test
    void tokensAndScopes() throws Exception {
        assertThat(client("xoxb-other").usersInfo(info -> info.user("U0BOB")).getError())
                .isEqualTo("invalid_auth");
        slack.workspace().revoke("chat:write");
        var missing = methods.chatPostMessage(post -> post.channel("C0MAIL").text("x"));
        assertThat(missing.getError()).isEqualTo("missing_scope");
        assertThat(missing.getNeeded()).isEqualTo("chat:write");
        assertThat(missing.getProvided()).contains("commands").doesNotContain("chat:write");
        assertThat(methods.authTest(test -> test).getHttpResponseHeaders().get("x-oauth-scopes"))
                .containsExactly(missing.getProvided());
    }

    @Test
    void triggers() throws Exception {
        var view = """
                {"type":"modal","title":{"type":"plain_text","text":"Why?"},"blocks":[{"type":"divider"}]}""";
        String trigger = Json.text(slack.unheard("U0BOB").payload(), "trigger_id");
        assertThat(methods.viewsOpen(open -> open.triggerId("1.2.3").viewAsString(view))
                        .getError())
                .isEqualTo("invalid_trigger_id");
        assertThat(methods.viewsOpen(open -> open.triggerId(trigger).viewAsString(view))
                        .isOk())
                .isTrue();
        assertThat(methods.viewsOpen(open -> open.triggerId(trigger).viewAsString(view))
                        .getError())
                .isEqualTo("exchanged_trigger_id");
        String late = Json.text(slack.unheard("U0BOB").payload(), "trigger_id");
        slack.expireTickets();
        assertThat(methods.viewsOpen(open -> open.triggerId(late).viewAsString(view))
                        .getError())
                .isEqualTo("expired_trigger_id");
        assertThat(slack.modals("U0BOB")).hasSize(1);
    }

    @Test
    void whatIsToGoWrongGoesWrongOnceAndInOrder() throws Exception {
        slack.next("chat.postMessage", new Mishap.Limited(Duration.ofSeconds(7)));
        slack.next("chat.postMessage", new Mishap.Refused("internal_error"));
        slack.next("chat.postMessage", new Mishap.DoneThenBroken(Fault.CONNECTION_RESET_BY_PEER));
        assertThatThrownBy(() -> post("C0MAIL")).isInstanceOfSatisfying(SlackApiException.class, limited -> {
            assertThat(limited.getResponse().code()).isEqualTo(429);
            assertThat(limited.getResponse().header("Retry-After")).isEqualTo("7");
        });
        assertThat(post("C0MAIL")).isEqualTo("internal_error");
        assertThat(slack.messages("C0MAIL")).isEmpty();
        // a connection that was used before: OkHttp itself asks again, and Slack says it twice
        assertThat(post("C0MAIL")).isNull();
        assertThat(slack.messages("C0MAIL")).hasSize(2);
        slack.next("chat.postMessage", new Mishap.Broken(Fault.CONNECTION_RESET_BY_PEER));
        methods = client(slack.botToken());
        assertThatThrownBy(() -> post("C0MAIL")).isInstanceOf(IOException.class);
        assertThat(slack.messages("C0MAIL")).hasSize(2);
        assertThat(post("C0MAIL")).isNull();
    }

    @Test
    void aChannelTakesOneMessageASecondWhenRatesAreLimited() throws Exception {
        slack.limitRates();
        assertThat(post("C0MAIL")).isNull();
        assertThat(post("C0REQUESTS")).isNull();
        assertThatThrownBy(() -> post("C0MAIL")).isInstanceOf(SlackApiException.class);
        assertThat(slack.messages("C0MAIL")).hasSize(1);
    }
}
