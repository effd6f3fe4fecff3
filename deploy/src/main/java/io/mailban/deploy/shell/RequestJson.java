package io.mailban.deploy.shell;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mailban.approval.Approval;
import io.mailban.approval.ApprovalDecider.Voting;
import io.mailban.approval.ApprovalId;
import io.mailban.approval.Plan;
import io.mailban.approval.Stage;
import io.mailban.approval.Stage.Aftermath;
import io.mailban.approval.Stage.Decision;
import io.mailban.bot.Unbans.Planning;
import java.util.Optional;

/** A request as JSON, in the form of {@link DiagnosisJson}. */
final class RequestJson {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private RequestJson() {}

    static ObjectNode of(Approval approval) {
        ObjectNode root = JSON.objectNode();
        root.put("outcome", outcome(approval.stage()));
        root.put("request", approval.id().value());
        root.put("target", approval.plan().target().text());
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
                    case Voting.OwnRequest _ -> "own_request";
                    case Voting.TooLate _ -> "too_late";
                    case Voting.Counted _ -> throw new IllegalArgumentException("it counts");
                });
        return root;
    }

    static ObjectNode noSuchRequest(ApprovalId id) {
        return JSON.objectNode().put("outcome", "no_such_request").put("request", id.value());
    }

    private static String outcome(Stage stage) {
        return switch (stage) {
            case Stage.Requested _ -> "waiting";
            case Stage.Approved _ -> "approved";
            case Stage.Running _ -> "running";
            case Stage.Denied _ -> "denied";
            case Stage.Expired _ -> "expired";
            case Stage.Overtaken _ -> "overtaken";
            case Stage.Done done ->
                switch (done.success()) {
                    case WHOLE -> "lifted";
                    case PARTLY -> "partly_lifted";
                    case NONE -> "not_lifted";
                };
        };
    }

    private static void stage(ObjectNode root, Stage stage) {
        switch (stage) {
            case Stage.Requested _ -> {}
            case Stage.Approved(var decision) -> decision(root, decision);
            case Stage.Running(var decision) -> decision(root, decision);
            case Stage.Denied(var decision, var why) -> {
                decision(root, decision);
                root.put("why", why);
            }
            case Stage.Expired(var at) -> root.put("ended_at", at.toString());
            case Stage.Overtaken(var at) -> root.put("ended_at", at.toString());
            case Stage.Done done -> {
                decision(root, done.decision());
                root.put("lifted_at", done.at().toString());
                ArrayNode results = root.putArray("results");
                done.results()
                        .forEach(result -> results.addObject()
                                .put("server", result.server().name())
                                .put("jail", result.jail().name())
                                .put("outcome", DiagnosisJson.word(result.outcome()))
                                .put("words", result.words()));
                root.set("client", aftermath(done.aftermath()));
            }
        }
    }

    private static void decision(ObjectNode root, Decision decision) {
        root.put("decided_by", decision.by().id().toString());
        root.put("decided_at", decision.at().toString());
        root.put("self_approved", decision.kind() == Decision.Kind.SELF_APPROVED);
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
