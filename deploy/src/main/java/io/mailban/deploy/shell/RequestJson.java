package io.mailban.deploy.shell;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mailban.approval.Approval;
import io.mailban.approval.ApprovalDecider.Voting;
import io.mailban.approval.ApprovalDecider.Withdrawing;
import io.mailban.approval.ApprovalId;
import io.mailban.approval.ExemptPlan;
import io.mailban.approval.Plan;
import io.mailban.approval.Signature;
import io.mailban.approval.Stage;
import io.mailban.approval.Stage.Aftermath;
import io.mailban.approval.Stage.Decision;
import io.mailban.approval.Stage.StepResult;
import io.mailban.approval.Tier;
import io.mailban.approval.UnbanPlan;
import io.mailban.bot.Unbans.Planning;
import java.util.List;
import java.util.Optional;

/** A request as JSON, in the form of {@link DiagnosisJson}. */
final class RequestJson {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private RequestJson() {}

    static ObjectNode of(Approval approval) {
        ObjectNode root = JSON.objectNode();
        root.put("outcome", outcome(approval));
        root.put("request", approval.id().value());
        root.put("target", approval.plan().target().text());
        if (approval.plan() instanceof ExemptPlan exempt) {
            root.put("exempt_for_s", exempt.length().toSeconds());
        }
        ArrayNode steps = root.putArray("steps");
        for (Plan.Step step : approval.plan().steps()) {
            ArrayNode commands = steps.addObject()
                    .put("server", step.server().name())
                    .put("jail", step.jail().name())
                    .put("ban", DiagnosisJson.word(step.origin()))
                    .putArray("commands");
            approval.plan().commands(step).forEach(commands::add);
        }
        root.put("requester", approval.requester().id().toString());
        root.put("reason", approval.reason());
        root.put("device", DiagnosisJson.word(approval.device()));
        root.put("requested_at", approval.requestedAt().toString());
        root.put("expires_at", approval.expiresAt().toString());
        approval.follows().ifPresent(old -> root.put("follows", old.value()));
        root.put("tier", DiagnosisJson.word(Tier.of(approval.plan())));
        root.put("approvals_needed", approval.consent().needed());
        people(root, "approvals", approval.consent().votes());
        people(root, "joined", approval.joiners());
        stage(root, approval.stage());
        return root;
    }

    static ObjectNode nothingToLift(Planning.NothingToLift nothing) {
        ObjectNode root = JSON.objectNode();
        root.put("outcome", "nothing_to_lift");
        root.put("target", nothing.target().text());
        ArrayNode around = root.putArray("around");
        nothing.around().forEach(ban -> around.add(ListsJson.ban(ban)));
        root.put("silent_servers", nothing.silent().size());
        return root;
    }

    static ObjectNode notCounted(Voting why, Optional<Approval> now) {
        ObjectNode root = now.map(RequestJson::of).orElseGet(JSON::objectNode);
        root.put(
                "not_counted",
                switch (why) {
                    case Voting.NotAllowed _ -> "not_allowed";
                    case Voting.CountedBefore _ -> "counted_before";
                    case Voting.OwnRequest _ -> "own_request";
                    case Voting.TooLate _ -> "too_late";
                    case Voting.Counted _ -> throw new IllegalArgumentException("it counts");
                });
        return root;
    }

    static ObjectNode noSuchRequest(ApprovalId id) {
        return JSON.objectNode().put("outcome", "no_such_request").put("request", id.value());
    }

    static ObjectNode notWithdrawn(Withdrawing why, Optional<Approval> now) {
        ObjectNode root = now.map(RequestJson::of).orElseGet(JSON::objectNode);
        root.put(
                "not_withdrawn",
                switch (why) {
                    case Withdrawing.NotYours _ -> "not_yours";
                    case Withdrawing.TooLate _ -> "too_late";
                    case Withdrawing.Withdrawn _ -> throw new IllegalArgumentException("it is withdrawn");
                });
        return root;
    }

    private static String outcome(Approval approval) {
        String done = switch (approval.plan()) {
            case UnbanPlan _ -> "lifted";
            case ExemptPlan _ -> "exempted";
        };
        return switch (approval.stage()) {
            case Stage.Requested _ -> "waiting";
            case Stage.Approved _ -> "approved";
            case Stage.Running _ -> "running";
            case Stage.Retrying _ -> "retrying";
            case Stage.Denied _ -> "denied";
            case Stage.Expired _ -> "expired";
            case Stage.Withdrawn _ -> "withdrawn";
            case Stage.Overtaken _ -> "overtaken";
            case Stage.Replaced _ -> "replaced";
            case Stage.Revoked _ -> "revoked";
            case Stage.Done stage ->
                switch (stage.success()) {
                    case WHOLE -> done;
                    case PARTLY -> "partly_" + done;
                    case NONE -> "not_" + done;
                };
        };
    }

    private static void stage(ObjectNode root, Stage stage) {
        switch (stage) {
            case Stage.Requested _ -> {}
            case Stage.Approved(var decision) -> decision(root, decision);
            case Stage.Running running -> {
                decision(root, running.decision());
                results(root, running.results());
            }
            case Stage.Retrying retrying -> {
                decision(root, retrying.decision());
                results(root, retrying.results());
                root.put("tries", retrying.tries());
                root.put("retry_at", retrying.retryAt().toString());
            }
            case Stage.Denied(var decision, var why) -> {
                decision(root, decision);
                root.put("why", why);
            }
            case Stage.Expired(var at) -> root.put("ended_at", at.toString());
            case Stage.Withdrawn(var by, var at) ->
                root.put("ended_at", at.toString()).put("withdrawn_by", by.id().toString());
            case Stage.Overtaken(var at) -> root.put("ended_at", at.toString());
            case Stage.Replaced replaced -> {
                root.put("ended_at", replaced.at().toString());
                root.put("why", DiagnosisJson.word(replaced.why()));
                root.put("replaced_by", replaced.by().value());
                results(root, replaced.results());
            }
            case Stage.Revoked revoked -> {
                decision(root, revoked.decision());
                root.put("ended_at", revoked.at().toString());
                root.put("lost_by", revoked.lost().person().id().toString());
                root.put("lost_role", DiagnosisJson.word(revoked.lost().missing()));
                results(root, revoked.results());
            }
            case Stage.Done done -> {
                decision(root, done.decision());
                root.put("done_at", done.at().toString());
                results(root, done.results());
                root.set("client", aftermath(done.aftermath()));
            }
        }
    }

    private static void results(ObjectNode root, List<StepResult> all) {
        ArrayNode results = root.putArray("results");
        all.forEach(result -> results.addObject()
                .put("server", result.server().name())
                .put("jail", result.jail().name())
                .put("outcome", DiagnosisJson.word(result.outcome()))
                .put("words", result.words()));
    }

    private static void decision(ObjectNode root, Decision decision) {
        root.put("decided_by", decision.by().id().toString());
        root.put("decided_at", decision.at().toString());
        root.put("self_approved", decision.kind() == Decision.Kind.SELF_APPROVED);
        root.put("emergency", decision.kind() == Decision.Kind.EMERGENCY);
    }

    private static void people(ObjectNode root, String name, List<Signature> signatures) {
        ArrayNode all = root.putArray(name);
        signatures.forEach(signature -> all.addObject()
                .put("by", signature.by().id().toString())
                .put("at", signature.at().toString()));
    }

    private static ObjectNode aftermath(Aftermath aftermath) {
        ObjectNode node = JSON.objectNode();
        return switch (aftermath) {
            case Aftermath.Watching(var until) -> node.put("kind", "watching").put("until", until.toString());
            case Aftermath.LoggedIn(var at, var mailbox, var protocol) ->
                node.put("kind", "logged_in")
                        .put("at", at.toString())
                        .put("mailbox", mailbox.name())
                        .put("protocol", protocol);
            case Aftermath.BannedAgain(var at, var server, var jail) ->
                node.put("kind", "banned_again")
                        .put("at", at.toString())
                        .put("server", server.name())
                        .put("jail", jail.name());
            case Aftermath.Quiet(var at) -> node.put("kind", "quiet").put("at", at.toString());
            case Aftermath.NotWatched _ -> node.put("kind", "not_watched");
        };
    }
}
