package io.mailban.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One connection to the file, used by one thread at a time; other processes wait for each other in SQLite. Every piece
 * of work is one transaction, on disk when it returns. Thread-safe.
 */
final class Database implements AutoCloseable {
    private final Path file;
    private final Connection connection;
    private final ReentrantLock turn = new ReentrantLock();

    Database(Path file, Connection connection) {
        this.file = file;
        this.connection = connection;
    }

    /** Something to do within a transaction. */
    interface Work<T> {
        T in(Transaction transaction) throws SQLException;
    }

    /** What a row stands for. */
    interface Reading<T> {
        T of(Row row) throws SQLException;
    }

    /** Sees one state of the file throughout. */
    <T> T read(Work<T> work) {
        return transact("BEGIN", work);
    }

    /** Has the file to itself from the beginning, so that what it reads is still so when it writes. */
    <T> T write(Work<T> work) {
        return transact("BEGIN IMMEDIATE", work);
    }

    private <T> T transact(String begin, Work<T> work) {
        turn.lock();
        try {
            run(begin);
            try {
                T result = work.in(new Transaction(connection));
                run("COMMIT");
                return result;
            } catch (SQLException | RuntimeException e) {
                rollBack(e);
                throw e;
            }
        } catch (SQLException e) {
            throw new UncheckedIOException(new IOException("store " + file + ": " + e.getMessage(), e));
        } finally {
            turn.unlock();
        }
    }

    /**
     * Writes the file anew without what was deleted, and empties the write-ahead log. Waits for readers in other
     * processes.
     */
    void compact() {
        turn.lock();
        try {
            run("VACUUM");
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery("PRAGMA wal_checkpoint(TRUNCATE)")) {
                if (row.getInt(1) != 0) {
                    throw new SQLException("another process kept reading it, so that erased text is still in its "
                            + "write-ahead log; give the command again");
                }
            }
        } catch (SQLException e) {
            throw new UncheckedIOException(new IOException(this + ": " + e.getMessage(), e));
        } finally {
            turn.unlock();
        }
    }

    /** The file's name, for people. */
    @Override
    public String toString() {
        return "store " + file;
    }

    private void rollBack(Exception cause) {
        try {
            run("ROLLBACK");
        } catch (SQLException e) {
            // SQLite rolls back by itself on some faults; the first one is the one to tell.
            cause.addSuppressed(e);
        }
    }

    private void run(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Waits for the work that is under way. */
    @Override
    public void close() {
        turn.lock();
        try {
            connection.close();
        } catch (SQLException e) {
            throw new UncheckedIOException(new IOException("store " + file + ": " + e.getMessage(), e));
        } finally {
            turn.unlock();
        }
    }

    /** The only way to the tables. Values are strings and whole numbers. */
    record Transaction(Connection connection) {
        /** How many rows it changed. */
        int change(String sql, @Nullable Object... values) throws SQLException {
            try (PreparedStatement statement = prepare(sql, values)) {
                return statement.executeUpdate();
            }
        }

        <T> List<T> rows(Reading<T> reading, String sql, Object... values) throws SQLException {
            try (PreparedStatement statement = prepare(sql, values);
                    ResultSet columns = statement.executeQuery()) {
                List<T> found = new ArrayList<>();
                while (columns.next()) {
                    found.add(reading.of(new Row(columns)));
                }
                return found;
            }
        }

        private PreparedStatement prepare(String sql, @Nullable Object... values) throws SQLException {
            PreparedStatement statement = connection.prepareStatement(sql);
            try {
                for (int i = 0; i < values.length; i++) {
                    statement.setObject(i + 1, values[i]);
                }
                return statement;
            } catch (SQLException e) {
                statement.close();
                throw e;
            }
        }
    }
}
