package io.mailban.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mailban.approval.ApprovalStore;
import io.mailban.approval.SampleApprovals;
import io.mailban.approval.Stage;
import io.mailban.approval.Stage.StepResult;
import io.mailban.audit.AuditEntry;
import io.mailban.ban.Jail;
import io.mailban.ban.ServerName;
import io.mailban.chat.MessageRef;
import io.mailban.chat.Place;
import io.mailban.chat.PostedCards.Copy;
import io.mailban.chat.PostedCards.Shown;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The file: how it is opened, what it is set to, and each way in which it can't be used. */
final class SqliteStoreTest {
    @TempDir
    private Path directory;

    private Path file;

    @BeforeEach
    void name() {
        file = directory.resolve("mailban.db");
    }

    @Test
    void whatWasWrittenIsThereWhenTheFileIsOpenedAgain() {
        var request = SampleApprovals.fresh("aaaa0001", "203.0.113.7");
        try (SqliteStore store = SqliteStore.open(file)) {
            store.approvals().claim(request, entry());
        }

        try (SqliteStore store = SqliteStore.open(file)) {
            assertThat(store.approvals().open()).containsExactly(request);
            assertThat(store.audit().newest(9)).containsExactly(entry());
        }
    }

    @Test
    void directoriesAndFilesAreForThisUserAlone() throws IOException {
        file = directory.resolve("a/b/mailban.db");
        try (SqliteStore _ = SqliteStore.open(file);
                BotLock _ = BotLock.take(file)) {
            assertThat(mode(directory.resolve("a/b"))).isEqualTo("rwx------");
            try (var files = Files.list(directory.resolve("a/b"))) {
                assertThat(files)
                        .hasSize(4)
                        .allSatisfy(path -> assertThat(mode(path)).isEqualTo("rw-------"));
            }
        }
    }

    @Test
    void aFileThatOthersCouldReadIsClosedToThem() throws IOException {
        Files.createFile(file);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));

        SqliteStore.open(file).close();

        assertThat(mode(file)).isEqualTo("rw-------");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "journal_mode=wal",
                "synchronous=2",
                "busy_timeout=10000",
                "foreign_keys=1",
                "user_version=" + Schema.NEWEST
            })
    void settingsAreAsTheDecisionSays(String setting) throws SQLException {
        SqliteStore.open(file).close();
        String[] pragma = setting.split("=", 2);

        try (Connection connection = SqliteStore.source(file).getConnection();
                Statement statement = connection.createStatement();
                var row = statement.executeQuery("PRAGMA " + pragma[0])) {
            assertThat(row.getString(1)).isEqualTo(pragma[1]);
        }
    }

    @Test
    void theMigrationsAreWhatTheyWereAndTheNewestIsTheOneThatTheStoreKnows() throws SQLException {
        SqliteStore.open(file).close();

        var flyway = Schema.flyway(SqliteStore.source(file));
        flyway.validate();
        assertThat(flyway.info().current().getVersion().getVersion()).isEqualTo(Integer.toString(Schema.NEWEST));
        // A released migration never changes: what is wrong in it, the next one mends.
        assertThat(List.of(flyway.info().all()))
                .extracting(one -> one.getChecksum())
                .containsExactly(-489758363, -617620201, 3, 1065694570, -1012134671, -1545987501, 1730484336);
    }

    @Test
    void whatTheFirstSchemaHeldIsThereUnderTheNewest() throws SQLException {
        Schema.flyway(SqliteStore.source(file), "1").migrate();
        run("""
                INSERT INTO approval (id, version, plan, target_kind, target, requester, requester_name, reason, device,
                    requested_at, expires_at, life, stage, ended_at, decided_by, decided_by_name, decided_at,
                    decision_kind, aftermath, aftermath_at)
                VALUES ('aaaa0001', 4, 'mail1' || char(9) || 'postfix-sasl' || char(10, 10) || 'address 203.0.113.7',
                    'address', '203.0.113.7', 'terminal:alice', 'Alice', 'Bob''s laptop: “password changed”',
                    'PASSWORD_CHANGED', '2026-11-22T12:00:00.000000000Z', '2026-11-22T12:30:00.000000000Z', 'MOVING',
                    'done', '2026-11-22T12:01:00.000000000Z', 'slack:U024BE7LH', 'Carol ☕',
                    '2026-11-22T12:01:00.000000000Z', 'BY_ANOTHER', 'watching', '2026-11-22T12:10:00.000000000Z')
                """);
        run("INSERT INTO approval_step VALUES ('aaaa0001', 0, 'mail1', 'postfix-sasl')");
        run("INSERT INTO approval_result VALUES ('aaaa0001', 0, 'mail1', 'postfix-sasl', 'LIFTED', '')");
        run("INSERT INTO posted_card (approval, platform, place, message)"
                + " VALUES ('aaaa0001', 'slack', 'C01', '1763812800.000100')");

        try (SqliteStore store = SqliteStore.open(file)) {
            var old = SampleApprovals.fresh("aaaa0001", "203.0.113.7");
            var again = SampleApprovals.fresh("aaaa0002", "203.0.113.7");
            var open = store.approvals().open();
            assertThat(open).singleElement().satisfies(one -> {
                assertThat(one.plan()).isEqualTo(old.plan());
                assertThat(one.requester()).isEqualTo(old.requester());
                assertThat(one.reason()).isEqualTo(old.reason());
                assertThat(one.version()).isEqualTo(4);
                assertThat(one.stage())
                        .isEqualTo(new Stage.Done(
                                SampleApprovals.carolsDecision(),
                                SampleApprovals.NOON.plusSeconds(60),
                                List.of(new StepResult(
                                        new ServerName("mail1"),
                                        new Jail("postfix-sasl"),
                                        StepResult.Outcome.LIFTED,
                                        "")),
                                new Stage.Aftermath.Watching(SampleApprovals.NOON.plusSeconds(600))));
            });
            assertThat(store.postedCards().copies(old.id()))
                    .containsExactly(
                            new Copy(new MessageRef(new Place("slack", "C01"), "1763812800.000100"), new Shown(0, 0)));
            assertThat(store.postedCards().behind(SampleApprovals.NOON))
                    .as("nobody wrote down what it shows")
                    .containsExactly(old.id());
            assertThat(store.approvals().claim(again, entry()))
                    .as("the same plan is known again")
                    .isEqualTo(new ApprovalStore.Claiming.AlreadyOpen(open.getFirst()));
        }
    }

    @Test
    void aDirectoryIsRefused() {
        assertUnusable(directory, "this is a directory; name a file in it, such as mailban.db");
    }

    @Test
    void aPathThroughAFileIsRefused() throws IOException {
        Path inTheWay = Files.createFile(directory.resolve("file"));

        assertUnusable(
                inTheWay.resolve("mailban.db"),
                "can't be created, " + inTheWay + " is in the way; name a place that can be written");
    }

    @Test
    void aPathThatCanNotBeWrittenIsRefused() {
        assertThatThrownBy(() -> SqliteStore.open(Path.of("/proc/mailban/mailban.db")))
                .isInstanceOf(StoreUnusable.class)
                .hasMessageStartingWith("store /proc/mailban/mailban.db: can't be created, ")
                .hasMessageEndingWith("; name a place that can be written");
    }

    @Test
    void aFileThatIsNoDatabaseIsRefusedAndLeftAsItWas() throws IOException {
        String text = "this is a letter, not a database\n".repeat(200);
        Files.writeString(file, text, UTF_8);

        assertUnusable(file, "this is no SQLite database; move the file away, or name another one");
        assertThat(file).hasContent(text);
    }

    @Test
    void aDamagedFileIsRefused() throws IOException {
        SqliteStore.open(file).close();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(2 * 4096);
        }

        assertUnusable(file, "the file is damaged; restore it from a backup, or move it away to begin anew");
    }

    @Test
    void anotherProgramsDatabaseIsRefusedAndLeftAsItWas() throws SQLException {
        run("CREATE TABLE moz_cookies (name TEXT)");

        assertUnusable(file, "this is another program's database; name a file for Mailban alone");
    }

    @Test
    void aNewerMailbansFileIsRefused() throws SQLException {
        SqliteStore.open(file).close();
        run("PRAGMA user_version = 99");

        assertUnusable(
                file,
                "a newer Mailban wrote it (schema 99, this one knows " + Schema.NEWEST
                        + "); run that one, or name another file");
    }

    @Test
    void aMigrationThatWasKilledIsMadeAgain() throws SQLException {
        // Flyway's own table is there, its first migration was rolled back.
        Schema.flyway(SqliteStore.source(file)).baseline();
        run("DELETE FROM flyway_schema_history");

        SqliteStore.open(file).close();
    }

    @Test
    void aWriteThatFailsSaysWhichFileAndChangesNothing() throws SQLException {
        var request = SampleApprovals.fresh("aaaa0001", "203.0.113.7");
        try (SqliteStore store = SqliteStore.open(file)) {
            run("DROP TABLE audit");

            assertThatThrownBy(() -> store.approvals().claim(request, entry()))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining(file.toString());
            assertThat(store.approvals().open()).isEmpty();
        }
    }

    @Test
    void aWriterHasTheFileToItselfBeforeItReads() throws Exception {
        SqliteStore.open(file).close();
        try (Database one = new Database(file, SqliteStore.source(file).getConnection());
                Database two = new Database(file, SqliteStore.source(file).getConnection());
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var reading = new CountDownLatch(1);
            Future<Integer> second = one.write(transaction -> {
                SqliteAudit.append(transaction, entry());
                Future<Integer> waiting = threads.submit(() -> two.write(other -> {
                    reading.countDown();
                    return other.rows(row -> row.number("number"), "SELECT number FROM audit")
                            .size();
                }));
                assertThat(within(reading, Duration.ofMillis(300))).isEqualTo("still waits");
                return waiting;
            });

            assertThat(second.get()).isEqualTo(1);
        }
    }

    private static String within(CountDownLatch latch, Duration time) {
        try {
            return latch.await(time.toMillis(), TimeUnit.MILLISECONDS) ? "came in" : "still waits";
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void assertUnusable(Path file, String fault) {
        assertThatThrownBy(() -> SqliteStore.open(file))
                .isInstanceOf(StoreUnusable.class)
                .hasMessage("store " + file + ": " + fault);
    }

    private void run(String sql) throws SQLException {
        try (Connection connection = SqliteStore.source(file).getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    private static AuditEntry entry() {
        return new AuditEntry(
                SampleApprovals.NOON, SampleApprovals.ALICE, AuditEntry.Act.REQUESTED, "203.0.113.7", "mail1");
    }
}
