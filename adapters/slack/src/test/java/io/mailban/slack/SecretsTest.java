package io.mailban.slack;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.http.Fault;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What opens a door is in no log, however much goes wrong. */
class SecretsTest {
    private static final Logger ROOT = Logger.getLogger("io.mailban");

    private final FakeSlack slack = FakeSlack.start();
    private final Overheard bot = new Overheard();
    private final SlackPlatform platform = SlackPlatform.of(
            slack.setup(),
            Set.of(),
            InstantSource.system(),
            new Pace(Duration.ofSeconds(1), Duration.ofSeconds(5), Duration.ofSeconds(1), Duration.ofSeconds(1)));
    private final Log log = new Log();

    @BeforeEach
    void open() {
        ROOT.setLevel(Level.ALL);
        ROOT.addHandler(log);
        platform.open(bot.ears());
    }

    @AfterEach
    void close() {
        platform.close();
        slack.close();
        ROOT.removeHandler(log);
        ROOT.setLevel(null);
    }

    @Test
    void noLogHoldsWhatOpensADoor() {
        List<String> secrets = new ArrayList<>(List.of(slack.botToken(), slack.appToken(), slack.signingSecret()));
        bot.forgetful();
        slack.next("chat.postEphemeral", new Mishap.Refused("not_in_channel"));
        slack.next("response_url", new Mishap.Broken(Fault.CONNECTION_RESET_BY_PEER));
        secrets.addAll(opens(slack.slash("U0ALICE", "C0MAIL", "servers")));
        // Not a broken connection: where that was a pooled one, the HTTP client silently asks again.
        slack.next("apps.connections.open", new Mishap.Status(503));
        slack.closeSocket();

        Awaitility.await()
                .atMost(30, TimeUnit.SECONDS)
                .untilAsserted(() -> assertThat(log.lines)
                        .anyMatch(line -> line.contains("could not take in what U0ALICE did"))
                        .anyMatch(line -> line.contains("Slack is away"))
                        .anyMatch(line -> line.contains("Slack is back")));
        assertThat(secrets).hasSize(5);
        assertThat(log.lines).noneMatch(line -> secrets.stream().anyMatch(line::contains));
    }

    private static List<String> opens(Delivery delivery) {
        delivery.ack();
        JsonObject payload = delivery.payload();
        return List.of("response_url", "trigger_id").stream()
                .map(payload::get)
                .map(JsonElement::getAsString)
                .toList();
    }

    /** Every line that this program logs, with its exceptions. */
    private static final class Log extends Handler {
        private final List<String> lines = new CopyOnWriteArrayList<>();

        @Override
        public void publish(LogRecord entry) {
            StringWriter text = new StringWriter().append(entry.getMessage());
            if (entry.getThrown() != null) {
                entry.getThrown().printStackTrace(new PrintWriter(text, true));
            }
            lines.add(text.toString());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
