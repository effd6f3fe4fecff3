package io.mailban.store;

import static java.util.stream.Collectors.joining;

import io.mailban.audit.AuditChain;
import io.mailban.audit.AuditEntry;
import io.mailban.audit.AuditField;
import io.mailban.audit.AuditLog;
import io.mailban.audit.ChainCheck;
import io.mailban.audit.ChainLink;
import io.mailban.audit.ChainVerdict;
import io.mailban.store.Database.Transaction;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The audit log: the chain in the table {@code audit}, which refuses every change but a new row, and in {@code
 * audit_value} the values that its commitments stand for, of which rows may go and none may change.
 */
final class SqliteAudit implements AuditLog, AuditChain {
    private static final SecureRandom RANDOM = new SecureRandom();

    private static final int MOST_ABOUT = 500;

    private static final List<String> FIELDS =
            Arrays.stream(AuditField.values()).map(AuditField::word).toList();

    private static final String COLUMNS =
            "number, at, act, request, places, erased, " + String.join(", ", FIELDS) + ", hash";
    private static final String INSERT =
            "INSERT INTO audit (" + COLUMNS + ") VALUES (?" + ", ?".repeat(6 + AuditField.values().length) + ")";

    private final Database database;

    SqliteAudit(Database database) {
        this.database = database;
    }

    /** Adds an entry to what else a transaction does: both happen, or neither. */
    static void append(Transaction transaction, AuditEntry entry) throws SQLException {
        append(transaction, entry, 0);
    }

    /** Adds an entry about the erasing of so many values of the log, which the same transaction has erased. */
    static void append(Transaction transaction, AuditEntry entry, long erased) throws SQLException {
        record Last(long number, String hash) {}
        Last last = transaction
                .rows(
                        row -> new Last(row.number("number"), row.text("hash")),
                        "SELECT number, hash FROM audit ORDER BY number DESC LIMIT 1")
                .stream()
                .findFirst()
                .orElse(new Last(0, ChainLink.BEGINNING));
        write(transaction, ChainLink.of(last.number() + 1, last.hash(), entry, erased, SqliteAudit::key));
    }

    static void write(Transaction transaction, ChainLink link) throws SQLException {
        List<@Nullable Object> values = new ArrayList<>(List.of(
                link.number(),
                link.plain().at(),
                link.plain().act(),
                link.plain().request(),
                link.plain().where(),
                link.plain().erased()));
        for (AuditField field : AuditField.values()) {
            values.add(link.commitment(field));
        }
        values.add(link.hash());
        transaction.change(INSERT, values.toArray());
        for (Map.Entry<AuditField, ChainLink.Opening> value : link.values().entrySet()) {
            transaction.change(
                    "INSERT INTO audit_value (entry, field, key, value) VALUES (?, ?, ?, ?)",
                    link.number(),
                    value.getKey().word(),
                    value.getValue().key(),
                    value.getValue().value());
        }
    }

    @Override
    public void append(AuditEntry entry) {
        database.write(transaction -> {
            append(transaction, entry);
            return entry;
        });
    }

    @Override
    public List<AuditEntry> newest(int most) {
        return newestLinks(most).links().reversed().stream().map(this::entry).toList();
    }

    @Override
    public List<AuditEntry> about(Set<String> subjects) {
        String any = String.join(", ", Collections.nCopies(subjects.size(), "?"));
        List<ChainLink> links = database.read(transaction -> links(
                transaction,
                "(SELECT " + COLUMNS + " FROM audit WHERE number IN (SELECT entry FROM audit_value"
                        + " WHERE field = 'subject' AND value IN (" + any + ")) ORDER BY number DESC LIMIT "
                        + MOST_ABOUT + ")",
                subjects.toArray()));
        return links.reversed().stream().map(this::entry).toList();
    }

    /** A word that this program doesn't know was written by another one. */
    private AuditEntry entry(ChainLink link) {
        try {
            return link.entry();
        } catch (RuntimeException e) {
            throw new UncheckedIOException(new IOException(
                    database + ": audit entry " + link.number() + " can't be read: " + e.getMessage()
                            + "; audit verify says whether it was changed",
                    e));
        }
    }

    @Override
    public Links newestLinks(int most) {
        if (most < 0) {
            throw new IllegalArgumentException("at most " + most + " entries can't be read");
        }
        return database.read(transaction -> {
            List<ChainLink> links =
                    links(transaction, "(SELECT " + COLUMNS + " FROM audit ORDER BY number DESC LIMIT " + most + ")");
            return new Links(links.isEmpty() ? ChainLink.BEGINNING : before(transaction, links.getFirst()), links);
        });
    }

    private static String before(Transaction transaction, ChainLink first) throws SQLException {
        return transaction
                .rows(
                        row -> row.text("hash"),
                        "SELECT hash FROM audit WHERE number < ? ORDER BY number DESC LIMIT 1",
                        first.number())
                .stream()
                .findFirst()
                .orElse(ChainLink.BEGINNING);
    }

    @Override
    public ChainVerdict verify(Optional<String> noted) {
        return database.read(transaction -> {
            List<ChainLink> links = links(transaction, "audit");
            ChainVerdict verdict = ChainCheck.whole(links);
            if (verdict instanceof ChainVerdict.Whole whole) {
                verdict = beside(transaction, whole).orElse(verdict);
            }
            return ChainCheck.against(noted, verdict, links);
        });
    }

    /** What stands beside the chain and contradicts it. */
    private static Optional<ChainVerdict> beside(Transaction transaction, ChainVerdict.Whole whole)
            throws SQLException {
        List<Long> strays = transaction.rows(
                row -> row.number("entry"),
                "SELECT entry FROM audit_value WHERE entry NOT IN (SELECT number FROM audit) OR field NOT IN ("
                        + FIELDS.stream().map(field -> "'" + field + "'").collect(joining(", "))
                        + ") ORDER BY entry LIMIT 1");
        if (!strays.isEmpty()) {
            return Optional.of(new ChainVerdict.Broken(
                    strays.getFirst(), "values are there that belong to no entry of that number"));
        }
        // SQLite keeps the highest number that it ever gave; who deletes the newest rows may not think of that.
        long given =
                transaction
                        .rows(row -> row.number("seq"), "SELECT seq FROM sqlite_sequence WHERE name = 'audit'")
                        .stream()
                        .findFirst()
                        .orElse(0L);
        return given == whole.last()
                ? Optional.empty()
                : Optional.of(new ChainVerdict.Broken(
                        Math.min(given, whole.last()) + 1,
                        "the file says that the newest entry was number " + given + ", and it is number "
                                + whole.last()));
    }

    /** Links of a table or subquery, oldest first. */
    private static List<ChainLink> links(Transaction transaction, String from, Object... parameters)
            throws SQLException {
        Map<Long, Map<AuditField, ChainLink.Opening>> values = new HashMap<>();
        for (Value value : transaction.rows(
                row -> new Value(row.number("entry"), row.text("field"), row.text("key"), row.text("value")),
                "SELECT entry, field, key, value FROM audit_value WHERE entry IN (SELECT number FROM " + from + ")",
                parameters)) {
            field(value.field())
                    .ifPresent(field -> values.computeIfAbsent(value.entry(), _ -> new EnumMap<>(AuditField.class))
                            .put(field, new ChainLink.Opening(value.key(), value.value())));
        }
        return transaction.rows(
                row -> {
                    Map<AuditField, String> commitments = new EnumMap<>(AuditField.class);
                    for (AuditField field : AuditField.values()) {
                        commitments.put(field, row.text(field.word()));
                    }
                    long number = row.number("number");
                    return new ChainLink(
                            number,
                            new ChainLink.Plain(
                                    row.text("at"),
                                    row.text("act"),
                                    row.text("request"),
                                    row.text("places"),
                                    row.number("erased")),
                            commitments,
                            values.getOrDefault(number, Map.of()),
                            row.text("hash"));
                },
                "SELECT " + COLUMNS + " FROM " + from + " ORDER BY number",
                parameters);
    }

    private record Value(long entry, String field, String key, String value) {}

    /** Empty for a word that no field is called by, which somebody has put there. */
    private static Optional<AuditField> field(String word) {
        return Arrays.stream(AuditField.values())
                .filter(field -> field.word().equals(word))
                .findFirst();
    }

    private static byte[] key() {
        byte[] key = new byte[32];
        RANDOM.nextBytes(key);
        return key;
    }
}
