package io.mailban.store;

import static java.util.stream.Collectors.joining;

import io.mailban.approval.Approval;
import io.mailban.approval.ApprovalId;
import io.mailban.approval.ApprovalStore;
import io.mailban.approval.DeviceState;
import io.mailban.approval.Plan;
import io.mailban.approval.Plan.Origin;
import io.mailban.approval.Stage;
import io.mailban.approval.Stage.StepResult;
import io.mailban.audit.AuditEntry;
import io.mailban.ban.Jail;
import io.mailban.ban.ServerName;
import io.mailban.store.Database.Transaction;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Requests in the table {@code approval}, a row each, whose version says whether it is still the one that was read. */
final class SqliteApprovals implements ApprovalStore {
    private static final List<String> FIXED =
            List.of("id", "requester", "requester_name", "reason", "device", "requested_at", "expires_at");

    private static final String INSERT = insert();
    private static final String UPDATE = "UPDATE approval SET version = ?, "
            + StageColumns.NAMES.stream().map(name -> name + " = ?").collect(joining(", "))
            + " WHERE id = ? AND version = ?";

    private final Database database;

    SqliteApprovals(Database database) {
        this.database = database;
    }

    @Override
    public Claiming claim(Approval fresh, AuditEntry entry) {
        return database.write(transaction -> {
            Optional<Approval> same = only(transaction, "plan = ? AND life <> 'OVER'", PlanColumns.key(fresh.plan()));
            if (same.isPresent()) {
                return new Claiming.AlreadyOpen(same.get());
            }
            if (only(transaction, "id = ?", fresh.id().value()).isPresent()) {
                throw new IllegalArgumentException("request " + fresh.id() + " was opened before");
            }
            insert(transaction, fresh);
            SqliteAudit.append(transaction, entry);
            return new Claiming.Claimed(fresh);
        });
    }

    @Override
    public Moving move(Approval from, Approval to, AuditEntry entry) {
        from.requireSuccessor(to);
        return database.write(transaction -> {
            List<@Nullable Object> values = new ArrayList<>();
            values.add(to.version());
            addStage(values, to.stage());
            values.add(from.id().value());
            values.add(from.version());
            if (transaction.change(UPDATE, values.toArray()) == 0) {
                return new Moving.Overtaken(only(
                                transaction, "id = ?", from.id().value())
                        .orElseThrow(() -> new IllegalArgumentException("request " + from.id() + " was never opened")));
            }
            transaction.change(
                    "DELETE FROM approval_result WHERE approval = ?", to.id().value());
            insertResults(transaction, to);
            SqliteAudit.append(transaction, entry);
            return new Moving.Moved(to);
        });
    }

    @Override
    public Optional<Approval> find(ApprovalId id) {
        return database.read(transaction -> only(transaction, "id = ?", id.value()));
    }

    @Override
    public List<Approval> open() {
        return database.read(transaction -> approvals(transaction, "life <> 'OVER' ORDER BY requested_at, id"));
    }

    private static Optional<Approval> only(Transaction transaction, String where, String value) throws SQLException {
        return approvals(transaction, where, value).stream().findFirst();
    }

    private static List<Approval> approvals(Transaction transaction, String where, Object... values)
            throws SQLException {
        return transaction.rows(row -> approval(transaction, row), "SELECT * FROM approval WHERE " + where, values);
    }

    private static Approval approval(Transaction transaction, Row row) throws SQLException {
        String id = row.text("id");
        List<Plan.Step> steps = transaction.rows(
                step -> new Plan.Step(
                        new ServerName(step.text("server")),
                        new Jail(step.text("jail")),
                        step.word("origin", Origin.class),
                        step.optionalInstant("since")),
                "SELECT server, jail, origin, since FROM approval_step WHERE approval = ? ORDER BY position",
                id);
        List<StepResult> results = transaction.rows(
                result -> new StepResult(
                        new ServerName(result.text("server")),
                        new Jail(result.text("jail")),
                        result.word("outcome", StepResult.Outcome.class),
                        result.text("words")),
                "SELECT server, jail, outcome, words FROM approval_result WHERE approval = ? ORDER BY position",
                id);
        return new Approval(
                new ApprovalId(id),
                PlanColumns.plan(row, steps),
                row.person("requester"),
                row.text("reason"),
                row.word("device", DeviceState.class),
                row.instant("requested_at"),
                row.instant("expires_at"),
                StageColumns.read(row, results),
                row.number("version"));
    }

    private static void insert(Transaction transaction, Approval fresh) throws SQLException {
        List<@Nullable Object> values = new ArrayList<>(List.of(
                fresh.version(),
                fresh.id().value(),
                fresh.requester().id().toString(),
                fresh.requester().name(),
                fresh.reason(),
                fresh.device().name(),
                Row.text(fresh.requestedAt()),
                Row.text(fresh.expiresAt())));
        values.addAll(PlanColumns.values(fresh.plan()));
        addStage(values, fresh.stage());
        transaction.change(INSERT, values.toArray());
        int position = 0;
        for (Plan.Step step : fresh.plan().steps()) {
            transaction.change(
                    "INSERT INTO approval_step (approval, position, server, jail, origin, since) VALUES (?, ?, ?, ?, ?, ?)",
                    fresh.id().value(),
                    position++,
                    step.server().name(),
                    step.jail().name(),
                    step.origin().name(),
                    step.since().map(Row::text).orElse(null));
        }
        insertResults(transaction, fresh);
    }

    private static void insertResults(Transaction transaction, Approval approval) throws SQLException {
        int position = 0;
        for (StepResult result : StageColumns.results(approval.stage())) {
            transaction.change(
                    "INSERT INTO approval_result (approval, position, server, jail, outcome, words)"
                            + " VALUES (?, ?, ?, ?, ?, ?)",
                    approval.id().value(),
                    position++,
                    result.server().name(),
                    result.jail().name(),
                    result.outcome().name(),
                    result.words());
        }
    }

    private static void addStage(List<@Nullable Object> values, Stage stage) {
        Map<String, String> columns = StageColumns.of(stage);
        for (String name : StageColumns.NAMES) {
            values.add(columns.get(name));
        }
    }

    private static String insert() {
        List<String> names = new ArrayList<>(List.of("version"));
        names.addAll(FIXED);
        names.addAll(PlanColumns.NAMES);
        names.addAll(StageColumns.NAMES);
        return "INSERT INTO approval (" + String.join(", ", names) + ") VALUES ("
                + names.stream().map(_ -> "?").collect(joining(", ")) + ")";
    }
}
