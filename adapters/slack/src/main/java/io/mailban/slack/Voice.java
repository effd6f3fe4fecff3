package io.mailban.slack;

import com.slack.api.app_backend.interactive_components.response.ActionResponse;
import com.slack.api.methods.response.chat.ChatPostMessageResponse;
import com.slack.api.model.view.View;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Pages and views as calls of Slack's API, insisted on where there is no other way. Nothing in a page calls anybody or is
 * unfolded but what the page itself mentions by id. To be used in turn.
 */
final class Voice {
    private static final int ANSWERING = 3;

    private final Api api;
    private final Outbox outbox;

    Voice(Api api, Outbox outbox) {
        this.api = api;
        this.outbox = outbox;
    }

    /** What is posted in a channel is posted in this lane of the outbox. */
    static String lane(Spot spot) {
        return "post " + spot.channel();
    }

    ChatPostMessageResponse post(Spot spot, Page page) throws Refused, InterruptedException {
        ChatPostMessageResponse posted = outbox.insist(
                "chat.postMessage " + spot.channel(),
                () -> Heard.of(() -> api.client()
                        .chatPostMessage(r -> r.channel(spot.channel())
                                .threadTs(thread(spot))
                                .text(page.text())
                                .blocks(page.blocks())
                                .parse("none")
                                .linkNames(false)
                                .unfurlLinks(false)
                                .unfurlMedia(false))));
        if (posted.getTs() == null || posted.getChannel() == null) {
            throw new Refused("ok, but not what it is called", Optional.empty());
        }
        return posted;
    }

    void edit(Spot spot, String ts, Page page) throws Refused, InterruptedException {
        outbox.insist(
                "chat.update",
                () -> Heard.of(() -> api.client()
                        .chatUpdate(r -> r.channel(spot.channel())
                                .ts(ts)
                                .text(page.text())
                                .blocks(page.blocks())
                                .parse("none")
                                .linkNames(false))));
    }

    void whisper(Spot spot, String user, Page page) throws Refused, InterruptedException {
        outbox.insist(
                "chat.postEphemeral",
                () -> Heard.of(() -> api.client()
                        .chatPostEphemeral(r -> r.channel(spot.channel())
                                .user(user)
                                .threadTs(thread(spot))
                                .text(page.text())
                                .blocks(page.blocks())
                                .parse("none")
                                .linkNames(false))));
    }

    /** Slack's servers for answers have a name of their own, which a firewall may not know: it is not insisted on. */
    void answer(String responseUrl, Spot spot, String user, Page page) throws Refused, InterruptedException {
        ActionResponse body = ActionResponse.builder()
                .responseType("ephemeral")
                .replaceOriginal(false)
                .threadTs(thread(spot))
                .text(page.text())
                .blocks(page.blocks())
                .build();
        outbox.insist("response_url of " + user, ANSWERING, () -> Heard.of(api.slack(), responseUrl, body));
    }

    void publish(String user, View home) throws Refused, InterruptedException {
        outbox.insist(
                "views.publish",
                () -> Heard.of(
                        () -> api.client().viewsPublish(r -> r.userId(user).view(home))));
    }

    /** Once only: a trigger does not outlive a second attempt. */
    Heard<?> open(String trigger, View modal) {
        return Heard.of(() -> api.client().viewsOpen(r -> r.triggerId(trigger).view(modal)));
    }

    private static @Nullable String thread(Spot spot) {
        return spot.thread().orElse(null);
    }
}
