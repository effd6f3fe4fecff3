package io.mailban.slack;

import static io.mailban.slack.SlackDoctor.fault;
import static io.mailban.slack.SlackDoctor.hint;
import static io.mailban.slack.SlackDoctor.well;
import static io.mailban.slack.SlackDoctor.word;

import com.slack.api.methods.response.conversations.ConversationsInfoResponse;
import com.slack.api.model.Conversation;
import io.mailban.chat.Visible;
import io.mailban.examination.Check;
import io.mailban.examination.Check.Subject;
import io.mailban.examination.SlackFlaw;
import io.mailban.examination.SlackFlaw.ChannelOpen;
import io.mailban.examination.SlackFlaw.ChannelOpen.Audience;
import io.mailban.examination.SlackGood.InChannel;
import java.util.ArrayList;
import java.util.List;

/** Looks at each configured channel, the one with the requests first. */
record ChannelTrials(Api api, SlackSetup setup) {
    List<Check> all() {
        List<Check> checks = new ArrayList<>(of(setup.requests(), InChannel.Use.REQUESTS));
        setup.channels().stream()
                .filter(id -> !id.equals(setup.requests()))
                .sorted()
                .forEach(id -> checks.addAll(of(id, InChannel.Use.ANSWERS)));
        return checks;
    }

    private List<Check> of(String id, InChannel.Use use) {
        ConversationsInfoResponse answer;
        try {
            answer = Asked.of(() -> api.client().conversationsInfo(r -> r.channel(id)));
        } catch (SlackAway e) {
            return List.of(SlackDoctor.away(Subject.CHANNEL, e));
        }
        if (answer.isOk() && answer.getChannel() != null) {
            return of(id, answer.getChannel(), use);
        }
        return List.of(
                switch (String.valueOf(answer.getError())) {
                    case "channel_not_found" -> fault(Subject.CHANNEL, new SlackFlaw.ChannelUnknown(id));
                    case "missing_scope" -> new Check.NotTried(Subject.CHANNEL, Subject.SCOPES);
                    default ->
                        fault(Subject.CHANNEL, new SlackFlaw.Unread("the channel " + id, word(answer.getError())));
                });
    }

    private static List<Check> of(String id, Conversation told, InChannel.Use use) {
        String channel = told.getName() == null ? id : "#" + Visible.of(told.getName()) + " (" + id + ")";
        List<Check> checks = new ArrayList<>();
        if (told.isArchived()) {
            checks.add(fault(Subject.CHANNEL, new SlackFlaw.ChannelArchived(channel)));
        } else if (told.isMember()) {
            checks.add(well(Subject.CHANNEL, new InChannel(channel, use)));
        } else {
            checks.add(fault(Subject.CHANNEL, new SlackFlaw.NotInChannel(channel)));
        }
        switch (Channels.reach(told)) {
            case MEMBERS, DIRECT, UNREAD -> {}
            case WORKSPACE -> checks.add(hint(Subject.CHANNEL, new ChannelOpen(channel, Audience.WORKSPACE)));
            case ORGANISATION -> checks.add(hint(Subject.CHANNEL, new ChannelOpen(channel, Audience.ORGANISATION)));
            case OTHERS -> checks.add(hint(Subject.CHANNEL, new ChannelOpen(channel, Audience.OTHERS)));
        }
        return checks;
    }
}
