package io.mailban.deploy.shell;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mailban.alert.Mute;
import io.mailban.alert.Topic;
import io.mailban.bot.MuteKeeper.Muting;
import io.mailban.bot.MuteKeeper.Unmuting;
import io.mailban.mailserver.BanListing;
import io.mailban.mailserver.Fail2banSilent;
import io.mailban.mailserver.Unreachable;
import java.util.List;

/** Mutes as JSON. */
final class MuteJson {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private MuteJson() {}

    static ObjectNode list(List<Mute> mutes) {
        return with(JSON.objectNode(), mutes);
    }

    static ObjectNode of(Muting muting) {
        return switch (muting) {
            case Muting.Muted(var mute, var before) -> {
                ObjectNode node = JSON.objectNode().put("outcome", "muted").set("mute", mute(mute));
                before.ifPresent(one -> node.set("before", mute(one)));
                yield node;
            }
            case Muting.OutOfBounds(var asked) ->
                JSON.objectNode()
                        .put("outcome", "out_of_bounds")
                        .put("asked", asked.toString())
                        .put("shortest", Mute.SHORTEST.toString())
                        .put("longest", Mute.LONGEST.toString());
            case Muting.Ambiguous(var name) ->
                JSON.objectNode().put("outcome", "ambiguous").put("name", name.word());
            case Muting.Unknown(var name, var silent) -> {
                ObjectNode node = JSON.objectNode().put("outcome", "unknown").put("name", name.word());
                ArrayNode away = node.putArray("silent");
                silent.forEach(listing -> {
                    switch (listing) {
                        case Unreachable(var server, var _) -> away.add(server.name());
                        case Fail2banSilent quiet -> away.add(quiet.server().name());
                        case BanListing.Standing _ -> {}
                    }
                });
                yield node;
            }
        };
    }

    static ObjectNode of(Unmuting unmuting) {
        return switch (unmuting) {
            case Unmuting.Unmuted(var ended) -> with(JSON.objectNode().put("outcome", "ended"), ended);
            case Unmuting.NoneStands(var name) ->
                JSON.objectNode().put("outcome", "none_stands").put("name", name.word());
        };
    }

    private static ObjectNode with(ObjectNode node, List<Mute> mutes) {
        ArrayNode array = node.putArray("mutes");
        mutes.forEach(mute -> array.add(mute(mute)));
        return node;
    }

    private static ObjectNode mute(Mute mute) {
        return JSON.objectNode()
                .put(
                        "kind",
                        switch (mute.topic()) {
                            case Topic.OfJail _ -> "jail";
                            case Topic.OfServer _ -> "server";
                        })
                .put("name", mute.topic().name())
                .put("since", mute.since().toString())
                .put("until", mute.until().toString())
                .put("by", mute.by().id().toString());
    }
}
