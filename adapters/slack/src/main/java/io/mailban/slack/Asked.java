package io.mailban.slack;

import com.google.gson.JsonParseException;
import com.slack.api.methods.SlackApiException;
import com.slack.api.methods.SlackApiTextResponse;
import java.io.IOException;
import java.net.SocketTimeoutException;

/** Asks Slack one thing, and tells an answer, be it a refusal, from none. */
final class Asked {
    private Asked() {}

    @FunctionalInterface
    interface Question<T> {
        T ask() throws IOException, SlackApiException;
    }

    /** What Slack said. */
    static <T extends SlackApiTextResponse> T of(Question<T> question) throws SlackAway {
        T answer;
        try {
            answer = question.ask();
        } catch (SlackApiException e) {
            throw SlackAway.of(e);
        } catch (SocketTimeoutException _) {
            throw new SlackAway("no answer in time");
        } catch (IOException e) {
            throw new SlackAway(e.getClass().getSimpleName());
        } catch (JsonParseException | NullPointerException _) {
            // The SDK reads an empty answer as null, and trips over it.
            throw new SlackAway("an answer that is not Slack's");
        }
        if (answer == null) {
            throw new SlackAway("an empty answer");
        }
        if (!answer.isOk() && Credentials.PASSING.contains(String.valueOf(answer.getError()))) {
            throw new SlackAway(answer.getError());
        }
        return answer;
    }
}
