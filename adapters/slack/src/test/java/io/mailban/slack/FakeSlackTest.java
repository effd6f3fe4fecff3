package io.mailban.slack;

import static io.mailban.bot.Patience.await;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.slack.api.Slack;
import com.slack.api.SlackConfig;
import com.slack.api.bolt.App;
import com.slack.api.bolt.AppConfig;
import com.slack.api.bolt.request.RequestHeaders;
import com.slack.api.bolt.socket_mode.SocketModeApp;
import com.slack.api.bolt.util.SlackRequestParser;
import com.slack.api.model.event.AppHomeOpenedEvent;
import com.slack.api.model.event.AppMentionEvent;
import com.slack.api.model.view.Views;
import com.slack.api.socket_mode.SocketModeClient;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Bolt itself against the fake: what it takes in as real, and what it gets back. */
final class FakeSlackTest {
    private final FakeSlack slack = FakeSlack.start();

    @AfterEach
    void close() {
        slack.close();
    }

    private Slack client() {
        var config = new SlackConfig();
        config.setMethodsEndpointUrlPrefix(slack.api().toString());
        config.setStatsEnabled(false);
        return Slack.getInstance(config);
    }

    private App app() {
        return new App(AppConfig.builder()
                .slack(client())
                .singleTeamBotToken(slack.botToken())
                .signingSecret(slack.signingSecret())
                .build());
    }

    private AutoCloseable listening(App app) throws Exception {
        var socket = new SocketModeApp(slack.appToken(), app, SocketModeClient.Backend.JavaWebSocket, 5);
        socket.startAsync();
        await().until(() -> slack.living() == 1);
        return socket::stop;
    }

    @Test
    void aCommandIsAnsweredAndPressedAndAskedAbout() throws Exception {
        App app = app();
        app.command("/mailban", (request, context) -> {
            context.respond(
                    answer -> answer.text("working on " + request.getPayload().getText()));
            context.client()
                    .chatPostMessage(post -> post.channel(request.getPayload().getChannelId())
                            .text("Ask?")
                            .blocksAsString("""
                                    [{"type":"actions","elements":[{"type":"button","action_id":"unban 1","value":"unban x",
                                      "text":{"type":"plain_text","text":"Request unban"}}]}]"""));
            return context.ack();
        });
        app.blockAction(Pattern.compile("unban.*"), (request, context) -> {
            context.client()
                    .viewsOpen(open -> open.triggerId(request.getPayload().getTriggerId())
                            .view(Views.view(view -> view.type("modal")
                                    .callbackId("form")
                                    .title(Views.viewTitle(
                                            title -> title.type("plain_text").text("Why?")))
                                    .submit(Views.viewSubmit(
                                            submit -> submit.type("plain_text").text("Send")))
                                    .blocks(List.of(com.slack.api.model.block.Blocks.input(input -> input.blockId(
                                                    "reason")
                                            .label(com.slack.api.model.block.composition.BlockCompositions.plainText(
                                                    "Reason"))
                                            .element(com.slack.api.model.block.element.BlockElements.plainTextInput(
                                                    text -> text.actionId("answer")))))))));
            return context.ack();
        });
        app.viewSubmission("form", (request, context) -> {
            String answers =
                    request.getPayload().getView().getState().getValues().toString();
            return answers.contains("value=no")
                    ? context.ack(ack -> ack.responseAction("errors").errors(Map.of("reason", "say more")))
                    : context.ack();
        });
        try (var _ = listening(app)) {
            assertThat(slack.slash("U0ALICE", "C0MAIL", "check 203.0.113.7")
                            .ack()
                            .after())
                    .isLessThan(Duration.ofSeconds(3));
            assertThat(slack.ephemerals("U0ALICE"))
                    .extracting(Shown::text)
                    .containsExactly("working on check 203.0.113.7");
            Shown asked = slack.messages("C0MAIL").getFirst();
            slack.click("U0BOB", asked, "Request unban").ack();
            Shown modal = slack.modals("U0BOB").getFirst();
            assertThat(slack.submit("U0BOB", modal, Map.of("reason", "no"))
                            .ack()
                            .body())
                    .hasToString("{\"response_action\":\"errors\",\"errors\":{\"reason\":\"say more\"}}");
            assertThat(slack.modals("U0BOB")).hasSize(1);
            slack.submit("U0BOB", modal, Map.of("reason", "because")).ack();
            assertThat(slack.modals("U0BOB")).isEmpty();
        }
    }

    @Test
    void eventsReachTheirListeners() throws Exception {
        App app = app();
        app.event(AppMentionEvent.class, (payload, context) -> {
            context.client()
                    .chatPostMessage(post -> post.channel(payload.getEvent().getChannel())
                            .threadTs(payload.getEvent().getThreadTs())
                            .text("heard "
                                    + payload.getEvent()
                                            .getText()
                                            .replace('<', '‹')
                                            .replace('>', '›')));
            return context.ack();
        });
        app.event(AppHomeOpenedEvent.class, (payload, context) -> {
            context.client()
                    .viewsPublish(publish -> publish.userId(payload.getEvent().getUser())
                            .view(Views.view(view ->
                                    view.type("home").blocks(List.of(com.slack.api.model.block.Blocks.divider())))));
            return context.ack();
        });
        try (var _ = listening(app)) {
            Shown first = slack.say("U0ALICE", "C0MAIL", "203.0.113.7 can't get in");
            slack.mention("U0BOB", "C0MAIL", first.ts(), "check 203.0.113.7").ack();
            assertThat(slack.replies("C0MAIL", first.ts()))
                    .extracting(Shown::text)
                    .containsExactly("<@U0MAILBAN> check 203.0.113.7", "heard ‹@U0MAILBAN› check 203.0.113.7");
            slack.openHome("U0BOB").ack();
            assertThat(slack.findHome("U0BOB")).isPresent();
        }
    }

    @Test
    void aClosedSocketIsOpenedAgain() throws Exception {
        App app = app();
        app.command("/mailban", (_, context) -> context.ack());
        try (var _ = listening(app)) {
            slack.disconnect("refresh_requested");
            slack.slash("U0ALICE", "C0MAIL", "help").ack();
            assertThat(slack.connections()).isEqualTo(2);
        }
    }

    @Test
    void aSilentConnectionStaysOpenAndAnswersNothing() throws Exception {
        try (SocketModeClient client = client().socketMode(slack.appToken(), SocketModeClient.Backend.JavaWebSocket)) {
            client.setAutoReconnectEnabled(false);
            client.connect();
            await().until(() -> slack.living() == 1);
            assertThat(client.verifyConnection()).isTrue();
            slack.silence();
            assertThat(slack.living()).isZero();
            // it counts what came within the last second as an answer
            await().until(() -> !client.verifyConnection());
            client.connectToNewEndpoint();
            await().until(() -> slack.living() == 1);
            assertThat(slack.connections()).isEqualTo(2);
        }
    }

    @Test
    void theSameDeedsComeOverSignedHttp() throws Exception {
        App app = app();
        app.command("/mailban", (request, context) -> {
            context.respond(answer ->
                    answer.text("heard " + request.getPayload().getText().replace("&", "&amp;")));
            return context.ack();
        });
        app.event(
                AppMentionEvent.class,
                (payload, context) -> payload.getEvent().getText().endsWith("hello") ? context.ack() : null);
        var parser = new SlackRequestParser(app.config());
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/slack/events", exchange -> {
            try (exchange) {
                String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
                var request = parser.parse(SlackRequestParser.HttpRequest.builder()
                        .requestUri("/slack/events")
                        .requestBody(body)
                        .headers(new RequestHeaders(exchange.getRequestHeaders()))
                        .build());
                exchange.sendResponseHeaders(app.run(request).getStatusCode(), -1);
            } catch (Exception e) {
                throw new IOException(e);
            }
        });
        server.start();
        try {
            slack.speakHttp(URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/slack/events"));
            app.start();
            assertThat(slack.slash("U0ALICE", "C0MAIL", "check ü & 203.0.113.7")
                            .ack()
                            .status())
                    .isEqualTo(200);
            assertThat(slack.ephemerals("U0ALICE"))
                    .extracting(Shown::text)
                    .containsExactly("heard check ü &amp; 203.0.113.7");
            assertThat(slack.mention("U0ALICE", "C0MAIL", "hello").ack().status())
                    .isEqualTo(200);
            slack.skew(Duration.ofMinutes(-6));
            assertThat(slack.slash("U0ALICE", "C0MAIL", "help").ack().status()).isEqualTo(401);
            slack.skew(Duration.ZERO);
            slack.signWith("another secret");
            assertThat(slack.slash("U0ALICE", "C0MAIL", "help").ack().status()).isEqualTo(401);
        } finally {
            server.stop(0);
            app.stop();
        }
    }
}
