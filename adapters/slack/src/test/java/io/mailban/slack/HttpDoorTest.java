package io.mailban.slack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.slack.api.app_backend.SlackSignature;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpDoorTest {
    private static final String COMMAND = "command=%2Fmailban&text=servers&team_id=T0EXAMPLE&channel_id=C0MAIL"
            + "&user_id=U0ALICE&trigger_id=1.2.3&response_url=http%3A%2F%2F127.0.0.1%3A1%2F";

    private final FakeSlack slack = FakeSlack.start();
    private final Overheard bot = new Overheard();
    private final HttpClient client = HttpClient.newHttpClient();
    private SlackPlatform platform;

    @BeforeEach
    void open() {
        platform = SlackPlatform.of(
                slack.setup(new SlackSetup.Transport.Http(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                        () -> slack.signingSecret().toCharArray())),
                Set.of(),
                InstantSource.system());
        platform.open(bot.ears());
    }

    @AfterEach
    void close() {
        platform.close();
        slack.close();
    }

    @Test
    void aSignedRequestIsTaken() throws Exception {
        assertThat(send(COMMAND, Duration.ZERO).statusCode()).isEqualTo(200);

        assertThat(bot.await(1)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(longs = {-301, -86_400, 302, 86_400})
    void aStampThatIsOffIsRefusedInBothDirections(long seconds) throws Exception {
        HttpResponse<String> answer = send(COMMAND, Duration.ofSeconds(seconds));

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.body()).contains("s off; the limit is 300 s");
        assertThat(bot.heard()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {-295, 295})
    void aStampThatIsALittleOffIsTaken(long seconds) throws Exception {
        assertThat(send(COMMAND, Duration.ofSeconds(seconds)).statusCode()).isEqualTo(200);
    }

    @Test
    void aWrongSignatureIsRefused() throws Exception {
        String stamp = Long.toString(Instant.now().getEpochSecond());
        String right = new SlackSignature.Generator(slack.signingSecret()).generate(stamp, COMMAND);

        for (String wrong : new String[] {
            new SlackSignature.Generator("another secret").generate(stamp, COMMAND),
            new SlackSignature.Generator(slack.signingSecret()).generate(stamp, COMMAND + "x"),
            right.toUpperCase(Locale.ROOT),
            right.substring(3),
            "v0=",
            ""
        }) {
            assertThat(send(COMMAND, stamp, wrong).statusCode()).as(wrong).isEqualTo(401);
        }
        assertThat(send(COMMAND, "12x", right).statusCode()).isEqualTo(401);
        assertThat(send(COMMAND, "99999999999999999999", right).statusCode()).isEqualTo(401);
        assertThat(bot.heard()).isEmpty();
    }

    @Test
    void anUnsignedRequestIsRefusedWhateverItAsks() throws Exception {
        for (String body :
                new String[] {COMMAND, "ssl_check=1&token=x", "{\"type\":\"url_verification\",\"challenge\":\"x\"}"}) {
            HttpResponse<String> answer = client.send(
                    HttpRequest.newBuilder(at("/slack/events"))
                            .POST(HttpRequest.BodyPublishers.ofString(body))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(body).isEqualTo(401);
            assertThat(answer.body()).isEqualTo("it is not signed\n");
        }
    }

    @Test
    void anAddressIsVerifiedByItsChallenge() throws Exception {
        HttpResponse<String> answer =
                send("{\"type\":\"url_verification\",\"token\":\"x\",\"challenge\":\"c-h-a-l\"}", Duration.ZERO);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("c-h-a-l");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "{}",
                "[]",
                "ssl_check=1",
                "payload=",
                "payload=%7B",
                "payload=%ZZ",
                "payload=%7B%22type%22%3A%22block_actions%22%7D",
                "payload=%7B%22type%22%3A%22of_tomorrow%22%7D",
                "payload=%7B%22type%22%3A%22block_suggestion%22%7D",
                "{\"type\":\"event_callback\"}",
                "{\"type\":\"event_callback\",\"event\":{\"type\":\"of_tomorrow\"}}",
                "command=%2Fother"
            })
    void whatCannotBeReadIsAcknowledgedAndPassedOver(String body) throws Exception {
        assertThat(send(body, Duration.ZERO).statusCode()).isEqualTo(200);

        assertThat(bot.heard()).isEmpty();
    }

    @Test
    void aBodyHasABound() throws Exception {
        assertThat(send("text=" + "x".repeat(999_995), Duration.ZERO).statusCode())
                .isEqualTo(200);
        assertThat(send("text=" + "x".repeat(1_000_000), Duration.ZERO).statusCode())
                .isEqualTo(413);
    }

    @Test
    void healthIsThatSlackTakesTheToken() throws Exception {
        HttpResponse<String> answer = get("/healthz");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).startsWith("ok: Slack took the bot's token at ");
    }

    @Test
    void whereSlackIsAwayHealthSaysSo() throws Exception {
        slack.next("auth.test", new Mishap.Status(503));
        slack.next("auth.test", new Mishap.Slow(Duration.ofSeconds(5)));
        try (SlackPlatform other = SlackPlatform.of(
                slack.setup(new SlackSetup.Transport.Http(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                        () -> slack.signingSecret().toCharArray())),
                Set.of(),
                InstantSource.system())) {
            other.open(bot.ears());
            HttpResponse<String> answer = client.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:"
                                    + other.listening().orElseThrow().getPort() + "/healthz"))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());

            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.body()).isEqualTo("Slack has not taken the bot's token yet; the log says why\n");
        }
    }

    @Test
    void anAddressThatIsTakenIsNamed() {
        InetSocketAddress taken = platform.listening().orElseThrow();
        try (SlackPlatform other = SlackPlatform.of(
                slack.setup(new SlackSetup.Transport.Http(
                        taken, () -> slack.signingSecret().toCharArray())),
                Set.of(),
                InstantSource.system())) {
            assertThatThrownBy(() -> other.open(bot.ears()))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageStartingWith(
                            "can't listen on " + taken.getHostString() + ":" + taken.getPort() + " for Slack: ");
        }
    }

    @Test
    void nothingElseIsThere() throws Exception {
        assertThat(get("/").statusCode()).isEqualTo(404);
        assertThat(get("/slack/events/more").statusCode()).isEqualTo(404);
        assertThat(get("/healthzz").statusCode()).isEqualTo(404);
        assertThat(get("/slack/events").statusCode()).isEqualTo(405);
        assertThat(client.send(
                                HttpRequest.newBuilder(at("/healthz")).DELETE().build(),
                                HttpResponse.BodyHandlers.ofString())
                        .statusCode())
                .isEqualTo(405);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "POST /slack/events HTTP/1.1\r\nHost: x\r\n",
                "POST /slack/events HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\ntext="
            })
    @Timeout(60)
    void whoSendsSlowlyIsCutOff(String beginning) throws Exception {
        try (Socket socket = new Socket(
                InetAddress.getLoopbackAddress(),
                platform.listening().orElseThrow().getPort())) {
            socket.setSoTimeout(40_000);
            OutputStream out = socket.getOutputStream();
            out.write(beginning.getBytes(StandardCharsets.US_ASCII));
            out.flush();
            long began = System.nanoTime();

            int end = read(socket);

            assertThat(end).isEqualTo(-1);
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(30));
        }
        assertThat(send(COMMAND, Duration.ZERO).statusCode()).isEqualTo(200);
    }

    private static int read(Socket socket) {
        try {
            return socket.getInputStream().read();
        } catch (SocketTimeoutException e) {
            throw new AssertionError("it still waits", e);
        } catch (IOException _) {
            return -1;
        }
    }

    private HttpResponse<String> get(String path) throws Exception {
        return client.send(HttpRequest.newBuilder(at(path)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> send(String body, Duration off) throws Exception {
        String stamp = Long.toString(Instant.now().plus(off).getEpochSecond());
        return send(body, stamp, new SlackSignature.Generator(slack.signingSecret()).generate(stamp, body));
    }

    private HttpResponse<String> send(String body, String stamp, String signature) throws Exception {
        return client.send(
                HttpRequest.newBuilder(at("/slack/events"))
                        .timeout(Duration.ofSeconds(TimeUnit.MINUTES.toSeconds(1)))
                        .header("X-Slack-Request-Timestamp", stamp)
                        .header("X-Slack-Signature", signature)
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private URI at(String path) {
        return URI.create(
                "http://127.0.0.1:" + platform.listening().orElseThrow().getPort() + path);
    }
}
