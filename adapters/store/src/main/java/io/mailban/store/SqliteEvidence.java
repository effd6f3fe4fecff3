package io.mailban.store;

import io.mailban.ban.BannedId;
import io.mailban.ban.Jail;
import io.mailban.ban.Mailbox;
import io.mailban.ban.ServerName;
import io.mailban.fail2ban.LogLineReader;
import io.mailban.history.Evidence;
import io.mailban.history.EvidenceStore;
import io.mailban.maillog.MailLineReader;
import io.mailban.mailserver.Trace;
import io.mailban.store.Database.Transaction;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Evidence in the tables {@code evidence} and {@code evidence_line}; what a line means is read out of it again. */
final class SqliteEvidence implements EvidenceStore {
    private static final String NEWEST_FIRST = " ORDER BY since DESC, number DESC";

    private final Database database;

    SqliteEvidence(Database database) {
        this.database = database;
    }

    @Override
    public void keep(Evidence evidence) {
        database.write(transaction -> {
            int kept = transaction.change(
                    "INSERT INTO evidence (server, jail, target_kind, target, since, until, failures, times, kept_at,"
                            + " owner) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
                    evidence.server().name(),
                    evidence.jail().name(),
                    PlanColumns.kind(evidence.id()),
                    evidence.id().text(),
                    Row.text(evidence.since()),
                    evidence.until().map(Row::text).orElse(null),
                    evidence.failures().isPresent() ? evidence.failures().getAsInt() : null,
                    evidence.times().isPresent() ? evidence.times().getAsInt() : null,
                    Row.text(evidence.keptAt()),
                    evidence.owner().name());
            if (kept == 1) {
                keepLines(transaction, evidence.lines());
            }
            return kept;
        });
    }

    private static void keepLines(Transaction transaction, List<Trace> lines) throws SQLException {
        int position = 0;
        for (Trace line : lines) {
            transaction.change(
                    "INSERT INTO evidence_line (evidence, position, log, at, line, mailbox)"
                            + " VALUES ((SELECT max(number) FROM evidence), ?, ?, ?, ?, ?)",
                    position++,
                    log(line),
                    Row.text(line.at()),
                    line.line(),
                    mailbox(line));
        }
    }

    @Override
    public List<Evidence> about(Set<? extends BannedId> ids) {
        return database.read(transaction -> {
            List<Evidence> found = new ArrayList<>();
            for (BannedId id : ids) {
                found.addAll(evidence(transaction, "target_kind = ? AND target = ?", PlanColumns.kind(id), id.text()));
            }
            found.sort(Comparator.comparing(Evidence::since).reversed());
            return List.copyOf(found);
        });
    }

    @Override
    public List<Evidence> about(Mailbox mailbox) {
        return database.read(transaction -> evidence(
                transaction, "number IN (SELECT evidence FROM evidence_line WHERE mailbox = ?)", mailbox.name()));
    }

    private static List<Evidence> evidence(Transaction transaction, String where, Object... values)
            throws SQLException {
        return transaction.rows(
                row -> {
                    List<Optional<Trace>> lines = transaction.rows(
                            line -> trace(line.text("log"), line.instant("at"), line.text("line")),
                            "SELECT log, at, line FROM evidence_line WHERE evidence = ? ORDER BY position",
                            row.number("number"));
                    return new Evidence(
                            new ServerName(row.text("server")),
                            new Jail(row.text("jail")),
                            PlanColumns.target(row),
                            row.instant("since"),
                            row.optionalInstant("until"),
                            row.optionalNumber("failures"),
                            row.optionalNumber("times"),
                            row.instant("kept_at"),
                            row.word("owner", Evidence.Owner.class),
                            lines.stream().flatMap(Optional::stream).toList());
                },
                "SELECT * FROM evidence WHERE " + where + NEWEST_FIRST,
                values);
    }

    private static String log(Trace trace) {
        return switch (trace) {
            case Trace.OfFail2ban _ -> "fail2ban";
            case Trace.OfMail _ -> "mail";
        };
    }

    private static @Nullable String mailbox(Trace trace) {
        return trace instanceof Trace.OfMail mail
                ? mail.event().namedMailbox().map(Mailbox::name).orElse(null)
                : null;
    }

    /** Empty for a line that means nothing without what was erased from it. */
    private static Optional<Trace> trace(String log, Instant at, String line) {
        return log.equals("mail")
                ? MailLineReader.read(line).map(event -> new Trace.OfMail(at, event, line))
                : LogLineReader.read(line).map(event -> new Trace.OfFail2ban(at, event, line));
    }
}
