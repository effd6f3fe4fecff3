package io.mailban.deploy.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mailban.access.Person;
import io.mailban.access.PersonId;
import io.mailban.approval.Approval;
import io.mailban.approval.ApprovalDecider.Vote;
import io.mailban.approval.SampleApprovals;
import io.mailban.approval.Signature;
import io.mailban.approval.Stage;
import io.mailban.audit.AuditEntry;
import io.mailban.ban.Address;
import io.mailban.config.ConfigReader;
import io.mailban.config.ConfigReading;
import io.mailban.config.Settings;
import io.mailban.deploy.shell.Door;
import io.mailban.deploy.wiring.Platforms;
import io.mailban.slack.FakeSlack;
import io.mailban.slack.Shown;
import io.mailban.slack.Workspace;
import io.mailban.store.BotLock;
import io.mailban.store.SqliteStore;
import io.mailban.terminal.TerminalChat;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The bot that runs while Slack is away, comes late, or goes; its mail server refuses connections, or hangs. */
final class SlackAwayTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Person ALICE = new Person(PersonId.of("slack:U0ALICE"), "alice");
    private static final Person CAROL = new Person(PersonId.of("slack:U0CAROL"), "carol");
    private static final Person ERIN = new Person(PersonId.of("terminal:erin"), "erin");
    private static final String REQUESTS = "C0REQUESTS";

    private final FakeSlack slack = FakeSlack.start();
    private final Path directory;
    private final Path store;
    private final Instant asked = Instant.now();

    SlackAwayTest(@TempDir Path directory) {
        this.directory = directory;
        this.store = directory.resolve("mailban.db");
        slack.expectPing("U0ALICE", "U0CAROL");
    }

    @AfterEach
    void close() {
        slack.close();
    }

    @Test
    void whatWasApprovedByAGroupOutlivesARestartWhileSlackIsAway() throws Exception {
        Approval approved = remember(approvedBy(CAROL));
        slack.goAway();
        Instant began = Instant.now();

        try (RunningBot bot = start(1)) {
            assertThat(Duration.between(began, Instant.now())).isLessThan(Duration.ofSeconds(20));
            assertThat(Files.exists(Door.path(store)))
                    .as("terminals are let in")
                    .isTrue();
            await().during(Duration.ofSeconds(1)).until(() -> now(bot, approved).stage() instanceof Stage.Approved);

            slack.comeBack();

            await().atMost(PATIENCE).until(() -> now(bot, approved).stage() instanceof Stage.Retrying);
            Shown card = slack.awaitMessage(REQUESTS, "203.0.113.7");
            await().atMost(PATIENCE)
                    .untilAsserted(
                            () -> assertThat(slack.message(REQUESTS, card.ts()).words())
                                    .contains("carol"));
        }
    }

    @Test
    void aRestartKnowsWhoIsInAGroupBeforeItGoesOn() throws Exception {
        Approval approved = remember(approvedBy(CAROL));

        try (RunningBot bot = start(1)) {
            await().atMost(PATIENCE).until(() -> now(bot, approved).stage() instanceof Stage.Retrying);
        }
    }

    @Test
    void whoHasLeftTheGroupMeanwhileHasNotApproved() throws Exception {
        Approval approved = remember(approvedBy(CAROL));
        slack.workspace().group("S0MAILADMINS");

        try (RunningBot bot = start(1)) {
            await().atMost(PATIENCE).until(() -> now(bot, approved).stage() instanceof Stage.Revoked);
        }
    }

    @Test
    void whatIsDecidedWhileSlackIsAwayShowsThereAfterwardsAndIsSaidOnce() throws Exception {
        Approval request = remember(fresh());
        try (RunningBot bot = start(1)) {
            Shown card = slack.awaitMessage(REQUESTS, "203.0.113.7");
            slack.goAway();

            var _ = bot.desk().requests().vote(request.id(), ERIN, new Vote.Deny("which laptop?"), TerminalChat.ROOM);
            slack.comeBack();

            assertDeniedOnce(card);
        }
    }

    @Test
    void whatIsDecidedWhileTheBotIsNotThereShowsAfterItsStart() throws Exception {
        Approval request = remember(fresh());
        Shown card;
        try (RunningBot _ = start(1)) {
            card = slack.awaitMessage(REQUESTS, "203.0.113.7");
        }
        try (SqliteStore file = SqliteStore.open(store)) {
            Approval denied = request.movedTo(new Stage.Denied(
                    new Stage.Decision(ERIN, Instant.now(), Stage.Decision.Kind.BY_ANOTHER), "which laptop?"));
            file.approvals().move(request, denied, entry(AuditEntry.Act.DENIED));
        }
        try (RunningBot _ = start(1)) {
            assertDeniedOnce(card);
        }
    }

    private void assertDeniedOnce(Shown card) {
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(slack.message(REQUESTS, card.ts()).words()).contains("denied", "erin", "which laptop?");
            assertThat(slack.message(REQUESTS, card.ts()).buttons()).isEmpty();
            assertThat(slack.replies(REQUESTS, card.ts())).isNotEmpty();
        });
        await().during(Duration.ofSeconds(2))
                .untilAsserted(() -> assertThat(slack.replies(REQUESTS, card.ts()))
                        .singleElement()
                        .satisfies(news -> assertThat(news.words()).contains("denied by @erin")));
        assertThat(slack.messages(REQUESTS)).hasSize(1);
    }

    @Test
    void itIsToldAsWhomItIsInSlackOnceItIs() throws Exception {
        slack.goAway();
        try (RunningBot bot = start(1)) {
            assertThat(bot.platforms().connectedAs(Duration.ofMillis(100))).isEmpty();

            slack.comeBack();

            assertThat(bot.platforms().connectedAs(PATIENCE)).contains("@mailban in the workspace Example");
        }
    }

    @Test
    void theConfigurationIsSaidToBeInSlack() throws Exception {
        assertThat(ConfigCommand.inWords(settings(1)))
                .isEqualTo("mail servers mail1; in Slack, over a socket, workspaces " + Workspace.TEAM
                        + ", channels C0MAIL, C0REQUESTS, requests shown in C0REQUESTS; remembers in " + store);
    }

    @Test
    void aWrongTokenEndsTheStartWithOneSentence() throws Exception {
        assertRefused("xoxb-wrong", slack.appToken(), "bot token");
        assertRefused(slack.botToken(), "xapp-wrong", "app-level token");
    }

    private void assertRefused(String bot, String app, String which) throws IOException {
        StringWriter err = new StringWriter();
        Map<String, String> env = Map.of("HOME", directory.toString(), "BOT_TOKEN", bot, "APP_TOKEN", app);
        CommandLine line = CommandTree.of(env);
        line.setErr(new PrintWriter(err, true));

        int status = line.execute("run", "--config", config(1).toString());

        assertThat(err.toString())
                .isEqualTo("mailban: Slack refuses the " + which
                        + " (invalid_auth); mailban doctor slack says how to mend it\n");
        assertThat(status).isEqualTo(3);
        assertThat(Files.exists(Door.path(store))).isFalse();
        BotLock.take(store).close();
    }

    @Test
    void closedWhileAServerHangsItIsQuietAndLosesNothing() throws Exception {
        Approval approved = remember(approvedBy(ERIN));
        List<LogRecord> faults = new CopyOnWriteArrayList<>();
        Handler witness = new Handler() {
            @Override
            public void publish(LogRecord told) {
                if (told.getThrown() != null && told.getLevel().intValue() >= Level.WARNING.intValue()) {
                    faults.add(told);
                }
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        Logger root = Logger.getLogger("io.mailban");
        root.addHandler(witness);
        Thread.setDefaultUncaughtExceptionHandler((_, fault) -> {
            LogRecord told = new LogRecord(Level.SEVERE, "uncaught");
            told.setThrown(fault);
            faults.add(told);
        });
        try (ServerSocket hanging = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            RunningBot bot = start(hanging.getLocalPort());
            hanging.accept();
            slack.awaitMessage(REQUESTS, "203.0.113.7");
            slack.goAway();
            Instant began = Instant.now();

            bot.close();

            assertThat(Duration.between(began, Instant.now())).isLessThan(Duration.ofSeconds(20));
            assertThat(faults).extracting(LogRecord::getThrown).isEmpty();
        } finally {
            root.removeHandler(witness);
            Thread.setDefaultUncaughtExceptionHandler(null);
        }
        slack.comeBack();
        try (RunningBot bot = start(1)) {
            await().atMost(PATIENCE).until(() -> now(bot, approved).stage() instanceof Stage.Retrying);
            assertThat(((Stage.Retrying) now(bot, approved).stage()).tries())
                    .as("the server that was cut off counts as none")
                    .isEqualTo(1);
        }
    }

    private static Approval now(RunningBot bot, Approval approval) {
        return bot.desk().store().find(approval.id()).orElseThrow();
    }

    private Approval fresh() {
        Approval sample = SampleApprovals.fresh("aaaaaaa1", SampleApprovals.plan(Address.of("203.0.113.7")), asked);
        return new Approval(
                sample.id(),
                sample.plan(),
                ALICE,
                sample.reason(),
                sample.device(),
                sample.requestedAt(),
                sample.expiresAt(),
                sample.follows(),
                sample.consent(),
                sample.joiners(),
                sample.stage(),
                sample.version());
    }

    private Approval approvedBy(Person approver) {
        Instant now = Instant.now();
        return fresh().votedOn(
                        List.of(new Signature(approver, now)),
                        new Stage.Approved(new Stage.Decision(approver, now, Stage.Decision.Kind.BY_ANOTHER)));
    }

    private Approval remember(Approval approval) {
        try (SqliteStore file = SqliteStore.open(store)) {
            Approval fresh = fresh();
            file.approvals().claim(fresh, entry(AuditEntry.Act.REQUESTED));
            if (approval.version() > fresh.version()) {
                file.approvals().move(fresh, approval, entry(AuditEntry.Act.APPROVED));
            }
        }
        return approval;
    }

    private static AuditEntry entry(AuditEntry.Act act) {
        return new AuditEntry(Instant.now(), ALICE, act, "203.0.113.7", "");
    }

    private RunningBot start(int port) throws IOException {
        Settings settings = settings(port);
        return RunningBot.start(settings, Platforms.of(settings));
    }

    private Settings settings(int port) throws IOException {
        Map<String, String> env =
                Map.of("HOME", directory.toString(), "BOT_TOKEN", slack.botToken(), "APP_TOKEN", slack.appToken());
        ConfigReading reading = ConfigReader.read(config(port), env);
        assertThat(reading).isInstanceOf(ConfigReading.Read.class);
        return ((ConfigReading.Read) reading).settings();
    }

    private Path config(int port) throws IOException {
        return Files.writeString(
                directory.resolve("mailban.yml"), """
                servers:
                  - name: mail1
                    host: 127.0.0.1
                    port: %d
                    user: root
                store: %s
                slack:
                  bot_token: ${BOT_TOKEN}
                  app_token: ${APP_TOKEN}
                  workspaces: [%s]
                  channels: [C0MAIL, C0REQUESTS]
                  requests: C0REQUESTS
                  api: %s
                access:
                  readers: [slack:U0ALICE, slack:U0CAROL]
                  requesters: [slack:U0ALICE]
                  approvers: [slack:S0MAILADMINS, terminal:erin]
                """.formatted(port, store, Workspace.TEAM, slack.api()));
    }
}
