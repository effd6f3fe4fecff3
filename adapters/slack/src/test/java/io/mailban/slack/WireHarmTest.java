package io.mailban.slack;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The checker is checked: what strangers' text could do is found, what it looks like when it is harmless is not. */
final class WireHarmTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "<!channel>",
                "<!here|here>",
                "<!everyone>",
                "say @here now",
                "@channel",
                "<@U0DAVE>",
                "<@W0DAVE|dave>",
                "<!subteam^S0ALL|all>",
                "<http://evil.example|your bank>",
                "<mailto:x@example.org|y>",
                "<#C0MAIL>",
                "a\u202eb",
                "a\u0000b",
                "a\u001b[31mb",
                "a\u2028b",
                "a\u0085b",
                "a\u200fb",
                "a\tb"
            })
    void whatCouldActIsFound(String text) {
        assertThat(harm(text)).hasSize(1).first().asString().startsWith("chat.postMessage.blocks[0].text.text ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "&lt;!channel&gt;",
                "<!date^1763812800^{time}|12:00 UTC>",
                "someone@here.example",
                "@\u2060here",
                "<@U0CAROL>, please",
                "`@here`",
                "two\nlines",
                "\\x{202e}"
            })
    void whatIsHarmlessIsNot(String text) {
        assertThat(harm(text)).isEmpty();
    }

    @Test
    void namesAreNeverMadeMentions() {
        assertThat(WireHarm.faults("chat.postMessage", Json.object("text", "x", "link_names", "1"), _ -> true))
                .hasSize(1);
        assertThat(WireHarm.faults("chat.postMessage", Json.object("text", "x", "parse", "full"), _ -> true))
                .hasSize(1);
    }

    private static List<String> harm(String text) {
        return WireHarm.faults(
                "chat.postMessage",
                Json.object(
                        "text",
                        "x",
                        "blocks",
                        Json.array(
                                Json.object("type", "section", "text", Json.object("type", "mrkdwn", "text", text)))),
                id -> id.equals("U0CAROL"));
    }
}
