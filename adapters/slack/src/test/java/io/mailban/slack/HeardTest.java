package io.mailban.slack;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.slack.api.app_backend.interactive_components.response.ActionResponse;
import com.slack.api.methods.response.chat.ChatPostMessageResponse;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is made of answers, Slack's and others'. */
final class HeardTest {
    private final WireMockServer server =
            new WireMockServer(options().bindAddress("127.0.0.1").dynamicPort());

    @BeforeEach
    void start() {
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "{}", "[]", "{\"ok\":", "<html>", "\"ok\"", "{\"ok\":false}", "\u0000"})
    void whatIsNotSlacksAnswerIsAskedForAgain(String body) {
        assertThat(post(aResponse().withBody(body))).isInstanceOf(Heard.Lost.class);
    }

    @ParameterizedTest
    @CsvSource({"0,0", "1,1", "30,30", "7200,3600", "-1,3600", "soon,1", "'',1"})
    void aLimitLastsAsLongAsSlackSaysWithinReason(String said, long seconds) {
        assertThat(post(aResponse().withStatus(429).withHeader("Retry-After", said)))
                .isEqualTo(new Heard.Later<>(Duration.ofSeconds(seconds)));
    }

    @ParameterizedTest
    @CsvSource({"400,Denied", "403,Denied", "404,Denied", "408,Lost", "500,Lost", "502,Lost", "503,Lost", "504,Lost"})
    void aStatusIsTheServersOrOurs(int status, String kind) {
        assertThat(post(aResponse().withStatus(status)).getClass().getSimpleName())
                .isEqualTo(kind);
        assertThat(answer(aResponse().withStatus(status)).getClass().getSimpleName())
                .isEqualTo(kind);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ok|Done",
                "''|Done",
                "{\"ok\":true}|Done",
                "{\"ok\":false,\"error\":\"used_url\"}|Denied",
                "{\"ok\":|Lost",
            })
    void aResponseUrlAnswersInWordsOrJson(String body, String kind) {
        assertThat(answer(aResponse().withBody(body)).getClass().getSimpleName())
                .isEqualTo(kind);
    }

    @Test
    void aRedirectIsNotFollowedWithAToken() {
        assertThat(post(aResponse().withStatus(302).withHeader("Location", server.baseUrl() + "/elsewhere")))
                .isInstanceOf(Heard.Denied.class);
        assertThat(server.getAllServeEvents()).hasSize(1);
    }

    private Heard<ChatPostMessageResponse> post(ResponseDefinitionBuilder answer) {
        server.stubFor(any(anyUrl()).willReturn(answer));
        Api api = new Api(URI.create(server.baseUrl() + "/api/"), "xoxb-1"::toCharArray);
        return Heard.of(
                () -> api.client().chatPostMessage(r -> r.channel("C0MAIL").text("hello")));
    }

    private Heard<String> answer(ResponseDefinitionBuilder answer) {
        server.stubFor(any(anyUrl()).willReturn(answer));
        Api api = new Api(URI.create(server.baseUrl() + "/api/"), "xoxb-1"::toCharArray);
        return Heard.of(
                api.slack(),
                server.baseUrl() + "/answer",
                ActionResponse.builder().text("hello").build());
    }
}
