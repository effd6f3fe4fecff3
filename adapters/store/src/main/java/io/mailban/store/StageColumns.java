package io.mailban.store;

import io.mailban.access.Person;
import io.mailban.access.Role;
import io.mailban.access.Verdict;
import io.mailban.approval.ApprovalId;
import io.mailban.approval.Stage;
import io.mailban.approval.Stage.Aftermath;
import io.mailban.approval.Stage.Decision;
import io.mailban.approval.Stage.StepResult;
import io.mailban.ban.Jail;
import io.mailban.ban.Mailbox;
import io.mailban.ban.ServerName;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A stage as columns of a request's row, those that don't belong to it empty; its results are rows of their own. */
final class StageColumns {
    /** Every column that a stage may fill: written all at once, so that nothing of an earlier stage stays behind. */
    static final List<String> NAMES = List.of(
            "life",
            "stage",
            "ended_at",
            "decided_by",
            "decided_by_name",
            "decided_at",
            "decision_kind",
            "denied_why",
            "ended_by",
            "ended_by_name",
            "tries",
            "retry_at",
            "replaced_by",
            "replaced_why",
            "lost_by",
            "lost_by_name",
            "lost_role",
            "aftermath",
            "aftermath_at",
            "aftermath_mailbox",
            "aftermath_protocol",
            "aftermath_server",
            "aftermath_jail");

    private final Map<String, String> filled = new HashMap<>();

    private StageColumns() {}

    /** The values to write; what is missing is NULL. */
    static Map<String, String> of(Stage stage) {
        StageColumns columns = new StageColumns();
        columns.put("life", stage.life().name());
        columns.put("stage", columns.word(stage));
        return columns.filled;
    }

    /** The results of a stage that has some. */
    static List<StepResult> results(Stage stage) {
        return switch (stage) {
            case Stage.Running running -> running.results();
            case Stage.Retrying retrying -> retrying.results();
            case Stage.Done done -> done.results();
            case Stage.Replaced replaced -> replaced.results();
            case Stage.Revoked revoked -> revoked.results();
            case Stage.Requested _,
                    Stage.Approved _,
                    Stage.Denied _,
                    Stage.Expired _,
                    Stage.Withdrawn _,
                    Stage.Overtaken _ -> List.of();
        };
    }

    private String word(Stage stage) {
        return switch (stage) {
            case Stage.Requested() -> "requested";
            case Stage.Approved(var decision) -> decided("approved", decision);
            case Stage.Running running -> {
                put("tries", Integer.toString(running.tries()));
                yield decided("running", running.decision());
            }
            case Stage.Retrying retrying -> {
                put("tries", Integer.toString(retrying.tries()));
                put("retry_at", Row.text(retrying.retryAt()));
                yield decided("retrying", retrying.decision());
            }
            case Stage.Done done -> {
                put("aftermath", word(done.aftermath()));
                put("ended_at", Row.text(done.at()));
                yield decided("done", done.decision());
            }
            case Stage.Denied(var decision, var why) -> {
                put("denied_why", why);
                yield decided("denied", decision);
            }
            case Stage.Expired(var at) -> at("expired", "ended_at", at);
            case Stage.Withdrawn(var by, var at) -> {
                person("ended_by", by);
                yield at("withdrawn", "ended_at", at);
            }
            case Stage.Overtaken(var at) -> at("overtaken", "ended_at", at);
            case Stage.Replaced replaced -> {
                put("replaced_by", replaced.by().value());
                put("replaced_why", replaced.why().name());
                yield at("replaced", "ended_at", replaced.at());
            }
            case Stage.Revoked revoked -> {
                person("lost_by", revoked.lost().person());
                put("lost_role", revoked.lost().missing().name());
                put("ended_at", Row.text(revoked.at()));
                yield decided("revoked", revoked.decision());
            }
        };
    }

    private String word(Aftermath aftermath) {
        return switch (aftermath) {
            case Aftermath.Watching(var until) -> at("watching", "aftermath_at", until);
            case Aftermath.LoggedIn(var at, var mailbox, var protocol) -> {
                put("aftermath_mailbox", mailbox.name());
                put("aftermath_protocol", protocol);
                yield at("logged in", "aftermath_at", at);
            }
            case Aftermath.BannedAgain(var at, var server, var jail) -> {
                put("aftermath_server", server.name());
                put("aftermath_jail", jail.name());
                yield at("banned again", "aftermath_at", at);
            }
            case Aftermath.Quiet(var at) -> at("quiet", "aftermath_at", at);
            case Aftermath.NotWatched() -> "not watched";
        };
    }

    private String decided(String word, Decision decision) {
        person("decided_by", decision.by());
        put("decision_kind", decision.kind().name());
        return at(word, "decided_at", decision.at());
    }

    private String at(String word, String column, Instant at) {
        put(column, Row.text(at));
        return word;
    }

    private void person(String column, Person person) {
        put(column, person.id().toString());
        put(column + "_name", person.name());
    }

    private void put(String column, String value) {
        filled.put(column, value);
    }

    /** The stage that was written. */
    static Stage read(Row row, List<StepResult> results) throws SQLException {
        String stage = row.text("stage");
        return switch (stage) {
            case "requested" -> new Stage.Requested();
            case "approved" -> new Stage.Approved(decision(row));
            case "running" -> new Stage.Running(decision(row), results, (int) row.number("tries"));
            case "retrying" ->
                new Stage.Retrying(decision(row), results, (int) row.number("tries"), row.instant("retry_at"));
            case "done" -> new Stage.Done(decision(row), row.instant("ended_at"), results, aftermath(row));
            case "denied" -> new Stage.Denied(decision(row), row.text("denied_why"));
            case "expired" -> new Stage.Expired(row.instant("ended_at"));
            case "withdrawn" -> new Stage.Withdrawn(row.person("ended_by"), row.instant("ended_at"));
            case "overtaken" -> new Stage.Overtaken(row.instant("ended_at"));
            case "replaced" ->
                new Stage.Replaced(
                        row.instant("ended_at"),
                        row.word("replaced_why", Stage.Replaced.Why.class),
                        new ApprovalId(row.text("replaced_by")),
                        results);
            case "revoked" ->
                new Stage.Revoked(
                        decision(row),
                        row.instant("ended_at"),
                        new Verdict.Refused(row.person("lost_by"), row.word("lost_role", Role.class)),
                        results);
            default -> throw new SQLException("a request at the stage " + stage + ", which this program doesn't know");
        };
    }

    private static Aftermath aftermath(Row row) throws SQLException {
        String aftermath = row.text("aftermath");
        return switch (aftermath) {
            case "watching" -> new Aftermath.Watching(row.instant("aftermath_at"));
            case "logged in" ->
                new Aftermath.LoggedIn(
                        row.instant("aftermath_at"),
                        new Mailbox(row.text("aftermath_mailbox")),
                        row.text("aftermath_protocol"));
            case "banned again" ->
                new Aftermath.BannedAgain(
                        row.instant("aftermath_at"),
                        new ServerName(row.text("aftermath_server")),
                        new Jail(row.text("aftermath_jail")));
            case "quiet" -> new Aftermath.Quiet(row.instant("aftermath_at"));
            case "not watched" -> new Aftermath.NotWatched();
            default -> throw new SQLException("an aftermath " + aftermath + ", which this program doesn't know");
        };
    }

    private static Decision decision(Row row) throws SQLException {
        return new Decision(
                row.person("decided_by"), row.instant("decided_at"), row.word("decision_kind", Decision.Kind.class));
    }
}
