package io.mailban.slack;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.LoadingCache;
import com.slack.api.methods.response.conversations.ConversationsInfoResponse;
import com.slack.api.model.Conversation;
import io.mailban.chat.Naming;
import io.mailban.chat.Visible;
import java.time.Duration;
import java.util.Optional;

/**
 * What is known of channels ({@code conversations.info}), above all who reads them. Asked for once in a minute at most,
 * since a channel that was the team's own can be shared at any time. Thread-safe.
 */
final class Channels {
    private static final Duration KNOWN = Duration.ofSeconds(50);
    private static final Duration UNREAD = Duration.ofSeconds(30);

    private final Api api;
    private final LoadingCache<String, Channel> channels = Caffeine.newBuilder()
            .maximumSize(1000)
            .expireAfter(
                    Expiry.<String, Channel>writing((id, channel) -> channel.reach() == Reach.UNREAD ? UNREAD : KNOWN))
            .build(this::ask);

    Channels(Api api) {
        this.api = api;
    }

    /** Who reads a channel. */
    enum Reach {
        /** Those who were let in, of this workspace alone. */
        MEMBERS("is private"),
        /** One person, or the few of a conversation. */
        DIRECT("is a direct message"),
        /** Everybody of the workspace, whoever joins. */
        WORKSPACE("is open to everybody in the workspace"),
        /** Other workspaces of the same organisation. */
        ORGANISATION("is shared with other workspaces of the organisation"),
        /** Other organisations, at once or as soon as they accept. */
        OTHERS("is shared with other organisations"),
        UNREAD("could not be read");

        private final String words;

        Reach(String words) {
            this.words = words;
        }
    }

    /**
     * A channel.
     *
     * @param name as people see it, {@code #ops}, or its id where that could not be read
     * @param why Slack's word for what went wrong, if it could not be read
     */
    record Channel(String name, Reach reach, Optional<String> why) {}

    Channel of(String id) {
        return channels.get(id);
    }

    /** How mailboxes may be named there at most: in full where only members of this workspace read it that were let in. */
    Naming naming(String id) {
        return switch (of(id).reach()) {
            case MEMBERS, DIRECT -> Naming.FULL;
            case WORKSPACE, ORGANISATION, OTHERS, UNREAD -> Naming.MASKED;
        };
    }

    /** One sentence for whoever configures this channel, if others than its members read it or it could not be read. */
    Optional<String> remark(String id) {
        Channel channel = of(id);
        return switch (channel.reach()) {
            case MEMBERS, DIRECT -> Optional.empty();
            case WORKSPACE, ORGANISATION, OTHERS ->
                Optional.of("the channel " + channel.name() + " (" + id + ") " + channel.reach().words
                        + ": mailboxes are masked there, whatever slack.names says");
            case UNREAD ->
                Optional.of("the channel " + id + " could not be read"
                        + channel.why().map(why -> " (" + why + ")").orElse("")
                        + ": mailboxes are masked there; check its id, and invite the bot: /invite @mailban");
        };
    }

    private Channel ask(String id) {
        try {
            ConversationsInfoResponse answer = Asked.of(() -> api.client().conversationsInfo(r -> r.channel(id)));
            return answer.isOk() && answer.getChannel() != null
                    ? channel(id, answer.getChannel())
                    : unread(id, String.valueOf(answer.getError()));
        } catch (SlackAway away) {
            return unread(id, String.valueOf(away.getMessage()));
        }
    }

    private static Channel unread(String id, String why) {
        return new Channel(id, Reach.UNREAD, Optional.of(why));
    }

    private static Channel channel(String id, Conversation told) {
        String name = told.getName() == null ? id : "#" + Visible.of(told.getName());
        return new Channel(name, reach(told), Optional.empty());
    }

    static Reach reach(Conversation told) {
        if (told.isExtShared() || told.isPendingExtShared()) {
            return Reach.OTHERS;
        }
        if (told.isOrgShared() || told.isShared() || told.isGlobalShared()) {
            return Reach.ORGANISATION;
        }
        if (told.isIm()) {
            return Reach.DIRECT;
        }
        return told.isPrivate() || told.isGroup() || told.isMpim() ? Reach.MEMBERS : Reach.WORKSPACE;
    }
}
