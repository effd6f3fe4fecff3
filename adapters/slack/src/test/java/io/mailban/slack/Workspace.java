package io.mailban.slack;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.Collectors;

/** People, channels and groups of the fake Slack, with the fields that Slack gives. Thread-safe; everything can be changed. */
public final class Workspace {
    /** The workspace's id. */
    public static final String TEAM = "T0EXAMPLE";

    static final String DOMAIN = "example";
    static final String APP = "A0MAILBAN";
    static final String BOT = "B0MAILBAN";
    static final String BOT_USER = "U0MAILBAN";

    private static final List<String> SCOPES = List.of(
            "app_mentions:read",
            "channels:read",
            "chat:write",
            "commands",
            "groups:read",
            "im:history",
            "im:read",
            "im:write",
            "usergroups:read",
            "users:read");

    private final Map<String, JsonObject> users = new ConcurrentHashMap<>();
    private final Map<String, JsonObject> channels = new ConcurrentHashMap<>();
    private final Map<String, Set<String>> groups = new ConcurrentHashMap<>();
    private final Set<String> disabled = ConcurrentHashMap.newKeySet();
    private final Set<String> without = new ConcurrentSkipListSet<>();

    Workspace() {
        user(BOT_USER, "mailban");
        bot(BOT_USER);
        for (String name : new String[] {"alice", "bob", "carol", "dave"}) {
            user("U0" + name.toUpperCase(Locale.ROOT), name);
        }
        channel("C0MAIL", "mail");
        channel("C0REQUESTS", "mail-requests");
        group("S0MAILADMINS", "U0CAROL");
    }

    /** Adds a full member. */
    public void user(String id, String name) {
        users.put(
                id,
                Json.object(
                        "id",
                        id,
                        "team_id",
                        TEAM,
                        "name",
                        name,
                        "deleted",
                        false,
                        "real_name",
                        name,
                        "tz",
                        "Europe/Berlin",
                        "is_admin",
                        false,
                        "is_owner",
                        false,
                        "is_restricted",
                        false,
                        "is_ultra_restricted",
                        false,
                        "is_bot",
                        false,
                        "is_app_user",
                        false,
                        "profile",
                        Json.object("real_name", name, "display_name", name, "team", TEAM)));
    }

    /** Makes somebody a multi-channel guest. */
    public void guest(String user) {
        known(users, user).addProperty("is_restricted", true);
    }

    /** Makes somebody a guest of a single channel. */
    public void singleChannelGuest(String user) {
        guest(user);
        known(users, user).addProperty("is_ultra_restricted", true);
    }

    /** Makes somebody a bot. */
    public void bot(String user) {
        known(users, user).addProperty("is_bot", true);
    }

    /** Deactivates somebody. */
    public void delete(String user) {
        known(users, user).addProperty("deleted", true);
    }

    /** Makes somebody a member of another organisation. */
    public void stranger(String user, String team) {
        known(users, user).addProperty("team_id", team);
        known(users, user).addProperty("is_stranger", true);
        Json.in(known(users, user), "profile").addProperty("team", team);
    }

    /** Renames somebody as people see it. */
    public void displayName(String user, String name) {
        Json.in(known(users, user), "profile").addProperty("display_name", name);
    }

    /** Adds a channel that is private to the team, with the bot in it. */
    public void channel(String id, String name) {
        channels.put(
                id,
                Json.object(
                        "id",
                        id,
                        "name",
                        name,
                        "name_normalized",
                        name,
                        "is_channel",
                        true,
                        "is_group",
                        false,
                        "is_im",
                        false,
                        "is_mpim",
                        false,
                        "is_private",
                        true,
                        "is_archived",
                        false,
                        "is_general",
                        false,
                        "is_shared",
                        false,
                        "is_ext_shared",
                        false,
                        "is_org_shared",
                        false,
                        "is_pending_ext_shared",
                        false,
                        "is_member",
                        true,
                        "context_team_id",
                        TEAM,
                        "created",
                        1_763_000_000,
                        "creator",
                        "U0CAROL"));
    }

    /** Makes a channel one that everybody of the workspace can join. */
    public void open(String channel) {
        flag(channel, "is_private", Boolean.FALSE);
    }

    /** Shares a channel with another organisation. */
    public void share(String channel) {
        flag(channel, "is_ext_shared", Boolean.TRUE);
        flag(channel, "is_shared", Boolean.TRUE);
    }

    /** Sets a field of a channel: {@code is_org_shared}, {@code is_archived}, {@code is_pending_ext_shared}. */
    public void flag(String channel, String field, Boolean value) {
        known(channels, channel).addProperty(field, value);
    }

    /** Takes the bot out of a channel. */
    public void leave(String channel) {
        flag(channel, "is_member", Boolean.FALSE);
    }

    /** Sets who is in a user group, as long as it exists. */
    public void group(String id, String... members) {
        groups.put(id, Set.of(members));
    }

    private static JsonObject known(Map<String, JsonObject> all, String id) {
        return Optional.ofNullable(all.get(id))
                .orElseThrow(() -> new AssertionError("no " + id + " among " + all.keySet()));
    }

    /** Disables a user group. */
    public void disable(String group) {
        disabled.add(group);
    }

    /** Takes a scope away from the bot's token. */
    public void revoke(String scope) {
        without.add(scope);
    }

    /** Gives a scope back. */
    public void grant(String scope) {
        without.remove(scope);
    }

    /** The scopes of the bot's token, as Slack lists them in a header. */
    String scopes() {
        return SCOPES.stream().filter(scope -> !without.contains(scope)).collect(Collectors.joining(","));
    }

    boolean lacks(String scope) {
        return without.contains(scope);
    }

    Optional<JsonObject> findUser(String id) {
        return Optional.ofNullable(users.get(id)).map(JsonObject::deepCopy);
    }

    /** A channel, or the direct message with a person, which is made up from the person's id. */
    Optional<JsonObject> findChannel(String id) {
        return id.startsWith("D0") && users.containsKey("U0" + id.substring(2))
                ? Optional.of(Json.object(
                        "id",
                        id,
                        "is_im",
                        true,
                        "is_private",
                        true,
                        "is_org_shared",
                        false,
                        "is_ext_shared",
                        false,
                        "is_member",
                        true,
                        "user",
                        "U0" + id.substring(2),
                        "created",
                        1_763_000_000))
                : Optional.ofNullable(channels.get(id)).map(JsonObject::deepCopy);
    }

    static String directMessage(String user) {
        return "D" + user.substring(1);
    }

    Optional<JsonArray> findMembers(String group) {
        return Optional.ofNullable(groups.get(group)).map(members -> Json.array(members.toArray()));
    }

    JsonElement groups() {
        var list = new JsonArray();
        groups.forEach((id, members) -> list.add(Json.object(
                "id",
                id,
                "team_id",
                TEAM,
                "is_usergroup",
                true,
                "name",
                id,
                "handle",
                id.toLowerCase(Locale.ROOT),
                "is_external",
                false,
                "date_delete",
                disabled.contains(id) ? 1_763_000_000 : 0,
                "user_count",
                members.size(),
                "users",
                members)));
        return list;
    }

    Set<String> channels() {
        return Set.copyOf(channels.keySet());
    }
}
