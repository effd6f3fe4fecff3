package io.mailban.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.mailban.access.Person;
import io.mailban.approval.SampleApprovals;
import io.mailban.audit.AuditEntry;
import io.mailban.audit.AuditEntry.Act;
import io.mailban.audit.ChainVerdict;
import io.mailban.ban.Jail;
import io.mailban.ban.ServerName;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Somebody who can write the file changes the log behind the program's back, in every way; each is found. */
final class AuditChainTest {
    private static final int ENTRIES = 5;

    @TempDir
    private Path directory;

    private Path good;

    @BeforeEach
    void write() {
        good = directory.resolve("good.db");
        try (SqliteStore store = SqliteStore.open(good)) {
            for (int i = 1; i <= ENTRIES; i++) {
                store.audit().append(entry(i));
            }
        }
    }

    @Test
    void whatWasWrittenIsWhole() {
        assertThat(verify(good)).isInstanceOfSatisfying(ChainVerdict.Whole.class, whole -> {
            assertThat(whole.first()).isEqualTo(1);
            assertThat(whole.last()).isEqualTo(ENTRIES);
            assertThat(whole.erased()).isZero();
            assertThat(whole.head()).matches("[0-9a-f]{64}");
        });
    }

    @Test
    void anEmptyLogIsWhole() {
        assertThat(verify(directory.resolve("empty.db"))).isEqualTo(new ChainVerdict.Whole(1, 0, "0".repeat(64), 0));
    }

    @Test
    void everyCharacterOfEveryColumnOfEveryRowCounts() throws SQLException {
        int changes = 0;
        run(good);
        try (SqliteStore store = SqliteStore.open(good);
                Connection connection = SqliteStore.source(good).getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA synchronous = OFF");
            for (String table : List.of("audit", "audit_value")) {
                for (Cell cell : cells(table)) {
                    for (int at = 0; at <= cell.text().length(); at++) {
                        String changed = at == cell.text().length()
                                ? cell.text() + "1"
                                : cell.text().substring(0, at)
                                        + other(cell.text().charAt(at))
                                        + cell.text().substring(at + 1);
                        statement.execute("CREATE TEMP TABLE before AS SELECT * FROM " + table);
                        statement.execute(cell.update(changed));
                        assertThat(store.auditChain().verify(Optional.empty()))
                                .as(cell.update(changed))
                                .isInstanceOf(ChainVerdict.Broken.class);
                        statement.execute("DELETE FROM " + table);
                        statement.execute("INSERT INTO " + table + " SELECT * FROM before");
                        statement.execute("DROP TABLE before");
                        changes++;
                    }
                }
            }
            assertThat(store.auditChain().verify(Optional.empty())).isInstanceOf(ChainVerdict.Whole.class);
        }
        assertThat(changes).isGreaterThan(3000);
    }

    @Test
    void everyDeletionInsertionAndSwapShows() throws Exception {
        for (int number = 1; number <= ENTRIES; number++) {
            int one = number;
            assertBrokenAt(one, "DELETE FROM audit WHERE number = " + one);
            assertBrokenAt(
                    one,
                    "DELETE FROM audit WHERE number = " + one,
                    "UPDATE audit SET number = -number WHERE number > " + one,
                    "UPDATE audit SET number = -number - 1 WHERE number < 0",
                    "DELETE FROM audit_value WHERE entry = " + one,
                    "UPDATE audit_value SET entry = -entry WHERE entry > " + one,
                    "UPDATE audit_value SET entry = -entry - 1 WHERE entry < 0",
                    "UPDATE sqlite_sequence SET seq = " + (one == ENTRIES ? ENTRIES : ENTRIES - 1)
                            + " WHERE name = 'audit'");
            assertBroken("DELETE FROM audit_value WHERE entry = " + one);
            for (int two = one + 1; two <= ENTRIES; two++) {
                assertBrokenAt(
                        one,
                        "UPDATE audit SET number = 0 WHERE number = " + one,
                        "UPDATE audit SET number = " + one + " WHERE number = " + two,
                        "UPDATE audit SET number = " + two + " WHERE number = 0");
            }
        }
        assertBrokenAt(
                ENTRIES + 1,
                "INSERT INTO audit SELECT " + (ENTRIES + 1) + ", at, act, request, places, erased, who, who_name,"
                        + " subject, reason, result, hash FROM audit WHERE number = 3");
        assertBroken("INSERT INTO audit_value VALUES (99, 'who', '00', 'terminal:mallory')");
        assertBroken("INSERT INTO audit_value VALUES (1, 'else', '00', 'mallory')");
        assertBroken("DELETE FROM audit_value");
        assertBroken("DELETE FROM audit");
    }

    /** Whoever also mends the counter cuts off the end unseen, but for a head that was noted elsewhere. */
    @Test
    void aCutEndShowsAgainstTheHeadThatWasNoted() throws Exception {
        String noted = ((ChainVerdict.Whole) verify(good)).head();
        Path cut = tampered(
                "DELETE FROM audit WHERE number = " + ENTRIES,
                "DELETE FROM audit_value WHERE entry = " + ENTRIES,
                "UPDATE sqlite_sequence SET seq = seq - 1 WHERE name = 'audit'");
        assertThat(verify(cut)).isInstanceOf(ChainVerdict.Whole.class);
        try (SqliteStore store = SqliteStore.open(cut)) {
            assertThat(store.auditChain().verify(Optional.of(noted)))
                    .isInstanceOfSatisfying(
                            ChainVerdict.OtherHead.class,
                            other -> assertThat(other.now().last()).isEqualTo(ENTRIES - 1));
        }
        try (SqliteStore store = SqliteStore.open(good)) {
            store.audit().append(entry(99));
            assertThat(store.auditChain().verify(Optional.of(noted))).isInstanceOf(ChainVerdict.Whole.class);
        }
    }

    @Test
    void manyChangesAtOnceAreFoundWhateverTheyAre() throws Exception {
        Random random = new Random(20261122);
        for (int i = 0; i < 100; i++) {
            List<Cell> cells = new ArrayList<>(cells("audit"));
            cells.addAll(cells("audit_value"));
            List<String> statements = new ArrayList<>();
            for (int n = random.nextInt(4); n >= 0; n--) {
                Cell cell = cells.get(random.nextInt(cells.size()));
                String text = cell.text() + (char) ('1' + random.nextInt(9));
                statements.add(random.nextInt(5) == 0 ? cell.delete() : cell.update(text));
            }
            assertThat(verify(tampered(statements.toArray(String[]::new))))
                    .as(statements.toString())
                    .isInstanceOf(ChainVerdict.Broken.class);
        }
    }

    @Test
    void theEntriesOfTheFirstSchemaBeginTheChain() throws Exception {
        Path old = directory.resolve("old.db");
        try (Connection connection = SqliteStore.source(old).getConnection()) {
            Schema.flyway(SqliteStore.source(old), "1").migrate();
            try (Statement statement = connection.createStatement()) {
                statement.execute("INSERT INTO audit (at, who, who_name, act, subject, details) VALUES"
                        + " ('2026-11-22T12:00:00.000000000Z', 'terminal:alice', 'alice', 'REQUESTED',"
                        + " '203.0.113.7', 'request aaaa0001 (mail1: postfix-sasl) “laptop”'),"
                        + " ('2026-11-22T12:01:00.000000000Z', 'terminal:carol', 'carol', 'DENIED',"
                        + " '203.0.113.7', '')");
            }
        }
        try (SqliteStore store = SqliteStore.open(old)) {
            store.audit().append(entry(1));
            assertThat(store.audit().newest(9))
                    .extracting(entry -> entry.who().name() + " " + entry.act() + " " + entry.result())
                    .containsExactly(
                            "Alice FINISHED result 1",
                            "carol DENIED ",
                            "alice REQUESTED request aaaa0001 (mail1: postfix-sasl) “laptop”");
        }
        assertThat(verify(old))
                .isInstanceOfSatisfying(
                        ChainVerdict.Whole.class,
                        whole -> assertThat(whole.last()).isEqualTo(3));
    }

    private void assertBroken(String statement) {
        assertThat(verify(tampered(statement))).as(statement).isInstanceOf(ChainVerdict.Broken.class);
    }

    private void assertBrokenAt(long number, String... statements) {
        assertThat(verify(tampered(statements)))
                .as(String.join("; ", statements))
                .isInstanceOfSatisfying(
                        ChainVerdict.Broken.class,
                        broken -> assertThat(broken.number()).isEqualTo(number));
    }

    private static ChainVerdict verify(Path file) {
        try (SqliteStore store = SqliteStore.open(file)) {
            return store.auditChain().verify(Optional.empty());
        }
    }

    private Path tampered(String... statements) {
        Path bad = directory.resolve("bad.db");
        try {
            Files.copy(good, bad, StandardCopyOption.REPLACE_EXISTING);
            run(bad, statements);
        } catch (Exception e) {
            throw new AssertionError(String.join("; ", statements), e);
        }
        return bad;
    }

    private static void run(Path file, String... statements) throws SQLException {
        try (Connection connection = SqliteStore.source(file).getConnection();
                Statement statement = connection.createStatement()) {
            List<String> triggers = new ArrayList<>();
            try (var rows = statement.executeQuery("SELECT name FROM sqlite_schema WHERE type = 'trigger'")) {
                while (rows.next()) {
                    triggers.add(rows.getString(1));
                }
            }
            for (String trigger : triggers) {
                statement.execute("DROP TRIGGER " + trigger);
            }
            for (String one : statements) {
                statement.execute(one);
            }
        }
    }

    /** One value of a row. */
    private record Cell(String table, String row, String column, String text) {
        String update(String changed) {
            return "UPDATE OR REPLACE " + table + " SET " + column + " = '" + changed.replace("'", "''") + "' WHERE "
                    + row;
        }

        String delete() {
            return "DELETE FROM " + table + " WHERE " + row;
        }
    }

    private List<Cell> cells(String table) throws SQLException {
        List<Cell> cells = new ArrayList<>();
        try (Connection connection = SqliteStore.source(good).getConnection();
                Statement statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT * FROM " + table)) {
            var columns = rows.getMetaData();
            while (rows.next()) {
                String row = table.equals("audit")
                        ? "number = " + rows.getLong("number")
                        : "entry = " + rows.getLong("entry") + " AND field = '" + rows.getString("field") + "'";
                for (int i = 1; i <= columns.getColumnCount(); i++) {
                    cells.add(new Cell(table, row, columns.getColumnName(i), rows.getString(i)));
                }
            }
        }
        return cells;
    }

    private static char other(char c) {
        return c >= '0' && c < '9' ? (char) (c + 1) : c == '9' ? '8' : c == 'x' ? 'y' : 'x';
    }

    private static AuditEntry entry(int number) {
        Person who = number % 3 == 0 ? Person.BOT : SampleApprovals.ALICE;
        return new AuditEntry(
                SampleApprovals.NOON.plusSeconds(number),
                who,
                Act.FINISHED,
                "203.0.113." + number,
                Optional.of("aaaa0001"),
                List.of(new AuditEntry.Where(new ServerName("mail1"), new Jail("postfix-sasl"))),
                "reason " + number,
                "result " + number);
    }
}
