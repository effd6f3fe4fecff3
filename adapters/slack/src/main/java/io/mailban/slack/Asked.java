package io.mailban.slack;

import com.google.gson.JsonParseException;
import com.slack.api.methods.SlackApiException;
import com.slack.api.methods.SlackApiTextResponse;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLException;

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
        } catch (IOException e) {
            throw new SlackAway(words(e));
        } catch (JsonParseException | NullPointerException _) {
            // The SDK reads an empty answer as null, and trips over it.
            throw new SlackAway("an answer that is not Slack's");
        }
        if (answer == null) {
            throw new SlackAway("an empty answer");
        }
        if (!answer.isOk() && Heard.isPassing(String.valueOf(answer.getError()))) {
            throw new SlackAway(answer.getError());
        }
        return answer;
    }

    /** For whoever looks after the bot; a message of the library's could name more than they need. */
    private static String words(IOException e) {
        return switch (e) {
            case InterruptedIOException _ -> "no answer in time";
            case UnknownHostException _ -> "its name can't be resolved here";
            case ConnectException _ -> "it can't be connected to from here";
            case SSLException _ -> "its certificate is not trusted here, or a proxy is in between";
            case SocketException _ -> "the connection broke";
            default -> e.getClass().getSimpleName();
        };
    }
}
