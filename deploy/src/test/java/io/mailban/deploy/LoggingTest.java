package io.mailban.deploy;

import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.joran.spi.JoranException;
import ch.qos.logback.core.read.ListAppender;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.slack.api.Slack;
import com.slack.api.SlackConfig;
import java.io.IOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What the program's own logging configuration lets out. */
final class LoggingTest {
    private static final String TOKEN = "xoxb-17-42-AbCdEf";

    private final LoggerContext context = new LoggerContext();

    @BeforeEach
    void asTheProgramDoes() throws JoranException {
        URL configuration = Objects.requireNonNull(LoggingTest.class.getResource("/logback.xml"));
        JoranConfigurator configurator = new JoranConfigurator();
        configurator.setContext(context);
        configurator.doConfigure(configuration);
    }

    @AfterEach
    void stop() {
        context.stop();
    }

    @Test
    void tokensTicketsAndAnswerAddressesAreBlottedOutOfMessagesAndExceptions() {
        String line = encoded(logged(() -> context.getLogger("somebody.else")
                .warn(
                        "sent {} and xapp-1-A0-17-ef to wss://wss-primary.slack.com/link/?ticket=ab-12&app_id=1",
                        TOKEN,
                        new IOException("https://hooks.slack.com/actions/T1/17/abc for xoxe.xoxb-1-refresh"))));

        assertThat(line)
                .contains("sent (secret) and (secret) to wss://wss-primary.slack.com/link/?(secret)&app_id=1")
                .contains("java.io.IOException: https://(secret) for (secret)")
                .contains("LoggingTest.java:")
                .doesNotContain("AbCdEf", "A0-17", "ab-12", "actions", "refresh")
                .endsWith("\n");
    }

    /** They know no library for it, and log by what the JDK has. */
    @Test
    void whatOurOwnRoomsLogGoesTheSameWay() throws IOException {
        var _ = new LogRoute();
        ListAppender<ILoggingEvent> all = new ListAppender<>();
        all.start();
        Logger root = ((LoggerContext) LoggerFactory.getILoggerFactory()).getLogger(Logger.ROOT_LOGGER_NAME);
        root.addAppender(all);
        try {
            System.getLogger("io.mailban.slack.LoggingTest")
                    .log(System.Logger.Level.WARNING, "refused " + TOKEN, new IOException(TOKEN));
        } finally {
            root.detachAppender(all);
        }

        assertThat(all.list.stream().filter(event -> event.getLoggerName().endsWith("LoggingTest")))
                .singleElement()
                .satisfies(event ->
                        assertThat(encoded(event)).contains("refused (secret)").doesNotContain(TOKEN));
    }

    @Test
    void whoeverLowersTheRootDoesNotHearWhatSlacksLibrariesSayToThemselves() {
        context.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(Level.TRACE);

        assertThat(context.getLogger("anything").isTraceEnabled()).isTrue();
        for (String library : new String[] {
            "com.slack.api.bolt.App",
            "com.slack.api.socket_mode.SocketModeClient",
            "okhttp3.OkHttpClient",
            "org.java_websocket.client.WebSocketClient"
        }) {
            assertThat(context.getLogger(library).isInfoEnabled()).as(library).isFalse();
        }
    }

    /** The real library, which at DEBUG tells each request, in this JVM's own logging, which is the program's. */
    @Test
    void aRealCallOfSlackLeavesNoTokenInTheLog() throws Exception {
        LoggerContext own = (LoggerContext) LoggerFactory.getILoggerFactory();
        Logger root = own.getLogger(Logger.ROOT_LOGGER_NAME);
        Logger slack = own.getLogger("com.slack.api");
        Level before = slack.getLevel();
        assertThat(before).isEqualTo(Level.WARN);
        WireMockServer server = new WireMockServer(options().dynamicPort());
        server.stubFor(post(anyUrl()).willReturn(okJson("{\"ok\":false,\"error\":\"invalid_auth\"}")));
        server.start();
        ListAppender<ILoggingEvent> all = new ListAppender<>();
        all.start();
        root.addAppender(all);
        try {
            slack.setLevel(Level.DEBUG);
            authTest(server.baseUrl());
        } finally {
            slack.setLevel(before);
            root.detachAppender(all);
            server.stop();
        }

        String log = all.list.stream()
                .filter(event -> event.getLoggerName().startsWith("com.slack.api"))
                .map(this::encoded)
                .collect(Collectors.joining());
        assertThat(log).as("it did say something").contains("auth.test");
        assertThat(log).doesNotContain(TOKEN, "AbCdEf");
    }

    private static void authTest(String base) throws Exception {
        SlackConfig config = new SlackConfig();
        config.setMethodsEndpointUrlPrefix(base + "/api/");
        config.setStatsEnabled(false);
        Slack slack = Slack.getInstance(config);
        var _ = slack.methods(TOKEN).authTest(request -> request);
        slack.close();
    }

    private ILoggingEvent logged(Runnable saying) {
        ListAppender<ILoggingEvent> list = new ListAppender<>();
        list.setContext(context);
        list.start();
        Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        root.addAppender(list);
        saying.run();
        root.detachAppender(list);
        return list.list.getFirst();
    }

    private String encoded(ILoggingEvent event) {
        var console = (ConsoleAppender<ILoggingEvent>)
                context.getLogger(Logger.ROOT_LOGGER_NAME).getAppender("STDERR");
        return new String(console.getEncoder().encode(event), StandardCharsets.UTF_8);
    }
}
