package io.mailban.slack;

import com.google.gson.JsonParseException;
import com.slack.api.Slack;
import com.slack.api.app_backend.interactive_components.response.ActionResponse;
import com.slack.api.methods.SlackApiException;
import com.slack.api.methods.SlackApiTextResponse;
import com.slack.api.util.json.GsonFactory;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/** What came of asking Slack once. */
sealed interface Heard<T> {
    /** It is done. */
    record Done<T>(T answer) implements Heard<T> {}

    /** It is not done, and may be asked again after this time: {@code 429} and {@code Retry-After}. */
    record Later<T>(Duration after) implements Heard<T> {}

    /**
     * Perhaps it is done, perhaps not: the network, or Slack itself, was in trouble.
     *
     * @param why in words, without an address or a token
     */
    record Lost<T>(String why) implements Heard<T> {}

    /** It is not done, and asking again would not help. */
    record Denied<T>(Refused why) implements Heard<T> {}

    /** One call of the Web API. */
    @FunctionalInterface
    interface Call<T> {
        /** Calls. */
        T call() throws IOException, SlackApiException;
    }

    /** Where Slack gives no time. */
    Duration SHORT_WAIT = Duration.ofSeconds(1);

    /** Longer than Slack ever says: a number beyond it is not meant. */
    Duration LONGEST_WAIT = Duration.ofHours(1);

    /** Errors that pass by themselves, by Slack's documentation of each method. */
    Set<String> PASSING = Set.of(
            "internal_error",
            "fatal_error",
            "service_unavailable",
            "request_timeout",
            "team_added_to_org",
            "org_login_required",
            "timeout");

    /** Errors that pass when there was less to do. */
    Set<String> TOO_MUCH = Set.of("ratelimited", "rate_limited", "message_limit_exceeded");

    /** Whether this word of Slack's is about the moment, and not about what was asked or who asked. */
    static boolean isPassing(String word) {
        return PASSING.contains(word) || TOO_MUCH.contains(word);
    }

    /** Calls once. */
    static <T extends SlackApiTextResponse> Heard<T> of(Call<T> call) {
        try {
            T answer = call.call();
            if (answer.isOk()) {
                return new Done<>(answer);
            }
            String word = answer.getError();
            if (word == null || PASSING.contains(word)) {
                return new Lost<>(word == null ? "an answer that is not Slack's" : "Slack says " + word);
            }
            if (TOO_MUCH.contains(word)) {
                List<String> after = answer.getHttpResponseHeaders().getOrDefault("retry-after", List.of());
                return new Later<>(wait(after.isEmpty() ? null : after.getFirst()));
            }
            return new Denied<>(new Refused(word, Optional.ofNullable(answer.getNeeded())));
        } catch (SlackApiException e) {
            return ofStatus(e.getResponse());
        } catch (JsonParseException | NullPointerException _) {
            // The SDK reads an empty answer as null, and trips over it.
            return new Lost<>("an answer that is not Slack's");
        } catch (IOException e) {
            return new Lost<>(e.getClass().getSimpleName() + ": " + e.getMessage());
        }
    }

    /** Answers by a {@code response_url} once; its address is as good as a key, and gets into no word of this. */
    static Heard<String> of(Slack slack, String responseUrl, ActionResponse body) {
        try (Response response = slack.getHttpClient().postJsonBody(responseUrl, body)) {
            if (!response.isSuccessful()) {
                return ofStatus(response);
            }
            String text = response.body().string();
            if (!text.stripLeading().startsWith("{")) {
                return new Done<>(text);
            }
            Told told = GsonFactory.createSnakeCase().fromJson(text, Told.class);
            return told.ok ? new Done<>(text) : new Denied<>(new Refused(String.valueOf(told.error), Optional.empty()));
        } catch (JsonParseException _) {
            return new Lost<>("an answer that is not Slack's");
        } catch (IOException | IllegalArgumentException e) {
            return new Lost<>(e.getClass().getSimpleName());
        }
    }

    private static <T> Heard<T> ofStatus(Response response) {
        int status = response.code();
        if (status == 429) {
            return new Later<>(wait(response.header("Retry-After")));
        }
        return status >= 500 || status == 408
                ? new Lost<>("HTTP " + status)
                : new Denied<>(new Refused("HTTP " + status, Optional.empty()));
    }

    /** What a {@code Retry-After} says, within reason; a second where it says nothing that can be read. */
    static Duration wait(@Nullable String seconds) {
        try {
            Duration wait = Duration.ofSeconds(Long.parseLong(String.valueOf(seconds)));
            return wait.isNegative() || wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
        } catch (NumberFormatException _) {
            return SHORT_WAIT;
        }
    }

    /** A {@code response_url}'s answer in JSON. */
    final class Told {
        private boolean ok;
        private @Nullable String error;
    }
}
