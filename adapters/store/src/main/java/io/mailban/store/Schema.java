package io.mailban.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.sqlite.SQLiteDataSource;

/** The tables' shape, and the way to it from every earlier one. */
final class Schema {
    /** The newest migration's number, which it leaves in the file as {@code user_version}. */
    static final int NEWEST = 8;

    private static final int APPLICATION_ID = 1296187726;
    private static final String MIGRATIONS = "classpath:io/mailban/store/schema";
    private static final String ONLY_FLYWAY =
            "SELECT count(*) FROM sqlite_schema WHERE name NOT LIKE 'flyway%' AND name NOT LIKE 'sqlite%'";

    private Schema() {}

    /**
     * Brings a file up to the newest shape; nothing is done to one that has it.
     *
     * @throws StoreUnusable if the file is another program's, or a newer Mailban's
     */
    static void prepare(Path file, Connection connection, SQLiteDataSource source) throws SQLException {
        if (version(file, connection) < NEWEST) {
            migrate(file, connection, source);
        }
    }

    private static int version(Path file, Connection connection) throws SQLException {
        int version = number(connection, "PRAGMA user_version");
        int owner = number(connection, "PRAGMA application_id");
        boolean empty = number(connection, ONLY_FLYWAY) == 0;
        if (owner != APPLICATION_ID && !(empty && owner == 0 && version == 0)) {
            throw new StoreUnusable(file, "this is another program's database; name a file for Mailban alone", null);
        }
        if (version > NEWEST) {
            throw new StoreUnusable(
                    file,
                    "a newer Mailban wrote it (schema " + version + ", this one knows " + NEWEST
                            + "); run that one, or name another file",
                    null);
        }
        return version;
    }

    /** Flyway doesn't lock SQLite, so processes that start at once take turns here; one after another looks again. */
    private static synchronized void migrate(Path file, Connection connection, SQLiteDataSource source)
            throws SQLException {
        Path turn = file.resolveSibling(file.getFileName() + ".migrating");
        try (FileChannel channel =
                FileChannel.open(turn, Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE), StoreFile.ours())) {
            channel.lock();
            if (version(file, connection) < NEWEST) {
                flyway(source).migrate();
            }
            // Whoever waits for the file that is gone finds the schema new, and has nothing to do.
            Files.deleteIfExists(turn);
        } catch (IOException e) {
            throw new StoreUnusable(file, "can't write " + turn + ": " + e.getMessage(), e);
        } catch (FlywayException e) {
            throw new StoreUnusable(file, "its tables can't be brought up to date: " + e.getMessage(), e);
        }
    }

    static Flyway flyway(SQLiteDataSource source) {
        return flyway(source, "latest");
    }

    /** Only as far as this version, as an older Mailban would have left the file. */
    static Flyway flyway(SQLiteDataSource source, String target) {
        return Flyway.configure(Schema.class.getClassLoader())
                .dataSource(source)
                .locations(MIGRATIONS)
                .target(target)
                .javaMigrations(new AuditChainMigration())
                .load();
    }

    private static int number(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            return row.getInt(1);
        }
    }
}
