package io.mailban.slack;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.slack.api.methods.response.auth.AuthTestResponse;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Map;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;

final class AskedTest {
    @Test
    void whatKeepsSlackAwayIsToldInWordsOfOurOwn() {
        Map.of(
                        new SocketTimeoutException("xoxb-secret"), "no answer in time",
                        new UnknownHostException("xoxb-secret"), "its name can't be resolved here",
                        new ConnectException("xoxb-secret"), "it can't be connected to from here",
                        new SSLHandshakeException("xoxb-secret"),
                                "its certificate is not trusted here, or a proxy is in between",
                        new SocketException("xoxb-secret"), "the connection broke",
                        new EOFException("xoxb-secret"), "EOFException")
                .forEach((fault, words) -> assertThatThrownBy(() -> ask(fault))
                        .isInstanceOf(SlackAway.class)
                        .hasMessage(words));
    }

    @Test
    void anAnswerThatIsNoneIsToldAsSuch() {
        assertThatThrownBy(() -> Asked.<AuthTestResponse>of(() -> {
                    throw new NullPointerException("the SDK trips over an empty answer");
                }))
                .isInstanceOf(SlackAway.class)
                .hasMessage("an answer that is not Slack's");
    }

    private static void ask(IOException fault) throws SlackAway {
        var _ = Asked.<AuthTestResponse>of(() -> {
            throw fault;
        });
    }
}
