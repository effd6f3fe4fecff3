package io.mailban.slack;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.slack.api.app_backend.events.payload.Authorization;
import com.slack.api.app_backend.events.payload.EventsApiPayload;
import com.slack.api.app_backend.interactive_components.payload.BlockActionPayload;
import com.slack.api.app_backend.interactive_components.payload.MessageShortcutPayload;
import com.slack.api.app_backend.slash_commands.payload.SlashCommandPayload;
import com.slack.api.app_backend.util.JsonPayloadExtractor;
import com.slack.api.app_backend.views.payload.ViewSubmissionPayload;
import com.slack.api.model.Message;
import com.slack.api.model.event.AppHomeOpenedEvent;
import com.slack.api.model.event.AppMentionEvent;
import com.slack.api.model.event.MessageEvent;
import com.slack.api.model.view.View;
import io.mailban.chat.MessageRef;
import io.mailban.slack.Deed.Opening;
import io.mailban.slack.Deed.Sender;
import io.mailban.slack.Deed.What;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads Slack's payloads into deeds. Every one of their fields may be missing, whatever the SDK's types say. */
final class FromSlack {
    private static final String HOME = "home";

    private FromSlack() {}

    static Deed command(SlashCommandPayload payload) {
        return new Deed(
                new Sender(payload.getUserId(), teams(payload.getTeamId())),
                answerable(new Spot(payload.getChannelId(), Optional.empty()), payload.getUserId()),
                trigger("command", payload.getTriggerId()),
                opening(payload.getTriggerId(), payload.getResponseUrl()),
                new What.Said(SlackText.command(text(payload.getText()))));
    }

    /** Empty for what nobody said to the bot: an edit, another bot's words, a mention in a direct message. */
    static Optional<Deed> mention(EventsApiPayload<AppMentionEvent> payload, Optional<String> botUser) {
        AppMentionEvent event = payload.getEvent();
        Spot channel = new Spot(event.getChannel(), Optional.empty());
        if (event.getBotId() != null
                || event.getUser() == null
                || event.getEdited() != null
                || channel.scope() == Spot.Scope.DIRECT) {
            return Optional.empty();
        }
        return Optional.of(new Deed(
                new Sender(event.getUser(), teams(origin(payload), event.getUserTeam(), event.getTeam())),
                channel.inThread(event.getThreadTs() == null ? event.getTs() : event.getThreadTs()),
                event(payload),
                Opening.NONE,
                new What.Said(SlackText.command(text(event.getText()), botUser))));
    }

    /** Empty for what is no person's direct message to the bot. */
    static Optional<Deed> message(EventsApiPayload<MessageEvent> payload, Optional<String> botUser) {
        MessageEvent event = payload.getEvent();
        if (event.getBotId() != null
                || event.getUser() == null
                || event.getEdited() != null
                || !isDirect(event)
                || botUser.filter(event.getUser()::equals).isPresent()) {
            return Optional.empty();
        }
        return Optional.of(new Deed(
                new Sender(event.getUser(), teams(origin(payload), event.getTeam())),
                new Spot(event.getChannel(), Optional.ofNullable(event.getThreadTs())),
                event(payload),
                Opening.NONE,
                new What.Said(directly(text(event.getText()), botUser))));
    }

    /** By its channel where its kind is not told, as in some proxies and emulators. */
    private static boolean isDirect(MessageEvent event) {
        return event.getChannelType() == null
                ? event.getChannel().startsWith("D")
                : event.getChannelType().equals("im");
    }

    /** Somebody else can be mentioned in a direct message, in a reason above all. */
    private static String directly(String text, Optional<String> botUser) {
        return botUser.isEmpty() ? SlackText.command(text) : SlackText.command(text, botUser);
    }

    static Optional<Deed> home(EventsApiPayload<AppHomeOpenedEvent> payload) {
        AppHomeOpenedEvent event = payload.getEvent();
        return event.getUser() == null
                        || !HOME.equals(Optional.ofNullable(event.getTab()).orElse(HOME))
                ? Optional.empty()
                : Optional.of(new Deed(
                        new Sender(event.getUser(), teams(origin(payload))),
                        new Spot(event.getUser(), Optional.empty()),
                        event(payload),
                        Opening.NONE,
                        new What.LookedHome(Optional.ofNullable(event.getChannel()))));
    }

    /** Empty for what carries nothing: a link that looks like a button, an input in a form that is still being filled in. */
    static Optional<Deed> press(BlockActionPayload payload) {
        BlockActionPayload.Action action = payload.getActions().getFirst();
        Optional<String> value = Optional.ofNullable(action.getValue())
                .or(() -> Optional.ofNullable(action.getSelectedOption())
                        .map(BlockActionPayload.Action.SelectedOption::getValue));
        if (value.isEmpty() && action.getUrl() != null) {
            return Optional.empty();
        }
        BlockActionPayload.User user = payload.getUser();
        Optional<Spot> spot = spot(payload);
        return spot.map(place -> new Deed(
                new Sender(
                        user.getId(), teams(id(payload.getTeam(), BlockActionPayload.Team::getId), user.getTeamId())),
                place,
                Optional.ofNullable(action.getActionTs())
                        .map(ts -> "action:" + ts + ":" + action.getActionId() + ":" + user.getId()),
                opening(payload.getTriggerId(), payload.getResponseUrl()),
                new What.Press(text(action.getActionId()), value.orElse(""), on(payload, place))));
    }

    private static Optional<Spot> spot(BlockActionPayload payload) {
        View view = payload.getView();
        if (view != null) {
            return HOME.equals(view.getType())
                    ? Optional.of(new Spot(payload.getUser().getId(), Optional.empty()))
                    : Optional.empty();
        }
        Optional<BlockActionPayload.Container> container = Optional.ofNullable(payload.getContainer());
        Optional<String> thread = Optional.ofNullable(payload.getMessage())
                .map(Message::getThreadTs)
                .or(() -> container.map(BlockActionPayload.Container::getThreadTs))
                .filter(ts -> !Optional.of(ts).equals(messageTs(payload)));
        return Optional.ofNullable(payload.getChannel())
                .map(BlockActionPayload.Channel::getId)
                .or(() -> container.map(BlockActionPayload.Container::getChannelId))
                .map(channel -> new Spot(channel, thread));
    }

    /** A message that only one person sees can't be edited by its {@code ts}. */
    private static Optional<MessageRef> on(BlockActionPayload payload, Spot spot) {
        boolean lasting = payload.getView() == null
                && (payload.getContainer() == null || !payload.getContainer().isEphemeral());
        return lasting ? messageTs(payload).map(ts -> new MessageRef(spot.place(), ts)) : Optional.empty();
    }

    private static Optional<String> messageTs(BlockActionPayload payload) {
        return Optional.ofNullable(payload.getContainer())
                .map(BlockActionPayload.Container::getMessageTs)
                .or(() -> Optional.ofNullable(payload.getMessage()).map(Message::getTs));
    }

    static Deed submission(ViewSubmissionPayload payload) {
        View view = payload.getView();
        ViewSubmissionPayload.User user = payload.getUser();
        Optional<Metadata> metadata = Metadata.find(text(view.getPrivateMetadata()))
                .filter(known -> known.user().equals(user.getId()));
        return new Deed(
                new Sender(
                        user.getId(),
                        teams(id(payload.getTeam(), ViewSubmissionPayload.Team::getId), user.getTeamId())),
                metadata.map(known -> Spot.of(known.place())).orElse(new Spot(user.getId(), Optional.empty())),
                Optional.ofNullable(view.getId()).map(id -> "view:" + id + ":" + view.getHash()),
                Opening.NONE,
                metadata.<What>map(known -> new What.Filled(known, Submission.answers(view)))
                        .orElse(new What.FilledNonsense()));
    }

    /** The body is asked for, since it alone has the message as it came: see {@link Essentials}. */
    static Deed shortcut(MessageShortcutPayload payload, String body) {
        MessageShortcutPayload.User user = payload.getUser();
        String json = body.startsWith("{") ? body : new JsonPayloadExtractor().extractIfExists(body);
        JsonObject message = JsonParser.parseString(json).getAsJsonObject().getAsJsonObject(Essentials.POINTED_AT);
        String thread = Optional.ofNullable(payload.getMessage().getThreadTs())
                .or(() -> Optional.ofNullable(payload.getMessage().getTs()))
                .orElse(payload.getMessageTs());
        return new Deed(
                new Sender(
                        user.getId(),
                        teams(id(payload.getTeam(), MessageShortcutPayload.Team::getId), user.getTeamId())),
                answerable(new Spot(payload.getChannel().getId(), Optional.ofNullable(thread)), user.getId()),
                trigger("shortcut", payload.getTriggerId()),
                opening(payload.getTriggerId(), payload.getResponseUrl()),
                new What.PointedAt(MessageText.of(message)));
    }

    /**
     * Commands and shortcuts work in any direct message, also between two people, where the other would read the answer if
     * the bot could give one there: it goes to the bot's own with whoever asked.
     */
    private static Spot answerable(Spot spot, String user) {
        return spot.scope() == Spot.Scope.DIRECT ? new Spot(user, Optional.empty()) : spot;
    }

    /**
     * The workspace that an event reached the bot through. In a channel that is shared with other organisations the event's own
     * {@code team_id} can be the other's.
     */
    private static @Nullable String origin(EventsApiPayload<?> payload) {
        List<Authorization> authorizations = payload.getAuthorizations();
        return payload.isExtSharedChannel()
                        && authorizations != null
                        && !authorizations.isEmpty()
                        && authorizations.getFirst().getTeamId() != null
                ? authorizations.getFirst().getTeamId()
                : payload.getTeamId();
    }

    /** An organisation's id, {@code E…}, is no workspace's. */
    private static Set<String> teams(@Nullable String... ids) {
        return Stream.of(ids)
                .flatMap(id -> Optional.ofNullable(id).stream())
                .filter(id -> !id.isBlank() && !id.startsWith("E"))
                .collect(Collectors.toSet());
    }

    private static <T> @Nullable String id(@Nullable T team, Function<T, String> id) {
        return team == null ? null : id.apply(team);
    }

    private static Optional<String> event(EventsApiPayload<?> payload) {
        return Optional.ofNullable(payload.getEventId()).map(id -> "event:" + id);
    }

    /** Its digest, since the id itself opens a door. */
    private static Optional<String> trigger(String kind, @Nullable String id) {
        return Optional.ofNullable(id).map(known -> kind + ":" + digest(known));
    }

    private static String digest(String text) {
        try {
            byte[] sum = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(sum, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static Opening opening(@Nullable String trigger, @Nullable String responseUrl) {
        return new Opening(Optional.ofNullable(trigger), Optional.ofNullable(responseUrl));
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text;
    }
}
