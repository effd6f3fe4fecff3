package io.mailban.slack;

import com.slack.api.app_backend.views.response.ViewSubmissionResponse;
import com.slack.api.bolt.App;
import com.slack.api.bolt.AppConfig;
import com.slack.api.bolt.response.Response;
import com.slack.api.model.event.AppHomeOpenedEvent;
import com.slack.api.model.event.AppMentionEvent;
import com.slack.api.model.event.MessageEvent;
import com.slack.api.model.view.View;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * Listens to whatever Bolt hands on. A listener reads what came, passes it on and returns at once, since the
 * acknowledgement leaves when it returns; Bolt is set up so that it asks Slack nothing on the way.
 */
final class Listener {
    private static final String CHECK = "check_address";
    private static final Pattern ANY = Pattern.compile(".*", Pattern.DOTALL);

    private Listener() {}

    /**
     * Bolt's app.
     *
     * @param botUser the bot's own account, as soon as it is known
     * @param reception must not wait
     */
    static App app(Api api, Supplier<Optional<String>> botUser, Consumer<Deed> reception) {
        App app = new App(config(api), List.of((request, _, chain) -> acknowledged(chain.next(request))));
        app.command(ANY, (request, context) -> {
            reception.accept(FromSlack.command(request.getPayload()));
            return context.ack();
        });
        app.event(AppMentionEvent.class, (payload, context) -> {
            FromSlack.mention(payload, botUser.get()).ifPresent(reception);
            return context.ack();
        });
        app.event(MessageEvent.class, (payload, context) -> {
            FromSlack.message(payload, botUser.get()).ifPresent(reception);
            return context.ack();
        });
        app.event(AppHomeOpenedEvent.class, (payload, context) -> {
            FromSlack.home(payload).ifPresent(reception);
            return context.ack();
        });
        app.blockAction(ANY, (request, context) -> {
            FromSlack.press(request.getPayload()).ifPresent(reception);
            return context.ack();
        });
        app.viewSubmission(ANY, (request, context) -> {
            View view = request.getPayload().getView();
            if (!Submission.CALLBACK.equals(view.getCallbackId())) {
                return context.ack();
            }
            Map<String, String> missing = Submission.missing(view);
            if (!missing.isEmpty()) {
                return context.ack(ViewSubmissionResponse.builder()
                        .responseAction("errors")
                        .errors(missing)
                        .build());
            }
            reception.accept(FromSlack.submission(request.getPayload()));
            return context.ack();
        });
        app.messageShortcut(ANY, (request, context) -> {
            if (CHECK.equals(request.getPayload().getCallbackId())) {
                reception.accept(FromSlack.shortcut(request.getPayload(), request.getRequestBodyAsString()));
            }
            return context.ack();
        });
        app.globalShortcut(ANY, (_, context) -> context.ack());
        app.viewClosed(ANY, (_, context) -> context.ack());
        return app.start();
    }

    /**
     * Without a token, Bolt never asks who it is; without its own middleware, it checks no signature, which is done before it
     * is reached. What is not set here, it would take from the environment.
     */
    private static AppConfig config(Api api) {
        return AppConfig.builder()
                .slack(api.slack())
                .singleTeamBotToken(null)
                .signingSecret(null)
                .clientId(null)
                .clientSecret(null)
                .allEventsApiAutoAckEnabled(true)
                .subtypedMessageEventsAutoAckEnabled(true)
                .build();
    }

    /** For what nobody listens to Bolt answers 404, and Slack would deliver it again and call the app broken. */
    private static Response acknowledged(Response answer) {
        return answer.getStatusCode() == 404 || answer.getStatusCode() == 400 ? Response.ok() : answer;
    }
}
