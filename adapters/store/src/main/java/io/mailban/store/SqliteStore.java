package io.mailban.store;

import io.mailban.alert.Mutes;
import io.mailban.approval.ApprovalStore;
import io.mailban.audit.AuditChain;
import io.mailban.audit.AuditLog;
import io.mailban.chat.Deliveries;
import io.mailban.chat.Pings;
import io.mailban.chat.PostedCards;
import io.mailban.exemption.ExemptionStore;
import io.mailban.history.EvidenceStore;
import io.mailban.privacy.Eraser;
import io.mailban.restraint.ModeSwitch;
import io.mailban.restraint.Uses;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;
import org.sqlite.SQLiteException;

/**
 * What the bot remembers, in one SQLite file. Thread-safe; several processes may have the same file open, though only
 * one of them may be a bot ({@link BotLock}). A write that has returned survives a kill and a power cut; one that fails
 * throws {@link java.io.UncheckedIOException} and has changed nothing.
 */
public final class SqliteStore implements AutoCloseable {
    /** How long to wait for another process's transaction; they take milliseconds. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Database database;
    private final ApprovalStore approvals;
    private final SqliteAudit audit;
    private final PostedCards postedCards;
    private final ExemptionStore exemptions;
    private final ModeSwitch modeSwitch;
    private final Uses uses;
    private final Mutes mutes;
    private final Pings pings;
    private final Deliveries deliveries;
    private final EvidenceStore evidence;
    private final Eraser eraser;

    private SqliteStore(Database database) {
        this.database = database;
        this.approvals = new SqliteApprovals(database);
        this.audit = new SqliteAudit(database);
        this.postedCards = new SqlitePostedCards(database);
        this.exemptions = new SqliteExemptions(database);
        this.modeSwitch = new SqliteModeSwitch(database);
        this.uses = new SqliteUses(database);
        this.mutes = new SqliteMutes(database);
        this.pings = new SqlitePings(database);
        this.deliveries = new SqliteDeliveries(database);
        this.evidence = new SqliteEvidence(database);
        this.eraser = new SqliteEraser(database);
    }

    /**
     * Opens the file; creates it and its directory where they are missing, readable by this user alone.
     *
     * @throws StoreUnusable if it can't be written, is no database, is another program's, or a newer Mailban's
     */
    public static SqliteStore open(Path path) {
        Path file = StoreFile.prepare(path);
        Connection connection = null;
        boolean ready = false;
        try {
            SQLiteDataSource source = source(file);
            connection = source.getConnection();
            Schema.prepare(file, connection, source);
            SqliteStore store = new SqliteStore(new Database(file, connection));
            ready = true;
            return store;
        } catch (SQLException e) {
            throw new StoreUnusable(file, sentence(e), e);
        } finally {
            if (!ready && connection != null) {
                closeQuietly(connection);
            }
        }
    }

    /** Requests and their decisions. */
    public ApprovalStore approvals() {
        return approvals;
    }

    /** What was done. */
    public AuditLog audit() {
        return audit;
    }

    /** The same log, as the chain that it is kept as. */
    public AuditChain auditChain() {
        return audit;
    }

    /** Where requests are shown. */
    public PostedCards postedCards() {
        return postedCards;
    }

    /** Addresses that fail2ban is to leave alone. */
    public ExemptionStore exemptions() {
        return exemptions;
    }

    /** Whether anything may be changed. */
    public ModeSwitch modeSwitch() {
        return modeSwitch;
    }

    /** How much each person did within the hour. */
    public Uses uses() {
        return uses;
    }

    /** What is to be quiet. */
    public Mutes mutes() {
        return mutes;
    }

    /** Whom the bot has pinged. */
    public Pings pings() {
        return pings;
    }

    /** What chat platforms have delivered lately. */
    public Deliveries deliveries() {
        return deliveries;
    }

    /** Why bans were made that have been lifted since. */
    public EvidenceStore evidence() {
        return evidence;
    }

    /** What may be erased. */
    public Eraser eraser() {
        return eraser;
    }

    @Override
    public void close() {
        database.close();
    }

    static SQLiteDataSource source(Path file) {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.setBusyTimeout(Math.toIntExact(PATIENCE.toMillis()));
        config.enforceForeignKeys(true);
        // What is erased is overwritten, not only forgotten.
        config.setPragma(SQLiteConfig.Pragma.SECURE_DELETE, "true");
        // Nor does it go through a temporary file on its way out.
        config.setTempStore(SQLiteConfig.TempStore.MEMORY);
        SQLiteDataSource source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + file);
        return source;
    }

    private static String sentence(SQLException e) {
        if (!(e instanceof SQLiteException known)) {
            return "can't be opened: " + e.getMessage();
        }
        return switch (known.getResultCode()) {
            case SQLITE_NOTADB -> "this is no SQLite database; move the file away, or name another one";
            case SQLITE_CORRUPT -> "the file is damaged; restore it from a backup, or move it away to begin anew";
            case SQLITE_BUSY, SQLITE_LOCKED -> "another process keeps it locked; end that one, then start again";
            case SQLITE_READONLY, SQLITE_READONLY_DIRECTORY, SQLITE_PERM, SQLITE_CANTOPEN ->
                "can't be written; give this user the right to, or name another file";
            case SQLITE_FULL -> "the disk is full";
            default -> "can't be opened: " + e.getMessage();
        };
    }

    private static void closeQuietly(Connection connection) {
        try {
            connection.close();
        } catch (SQLException _) {
            // It could not be opened whole: that is what the caller is told.
        }
    }
}
