package io.mailban.slack;

import io.mailban.examination.Check;
import io.mailban.examination.Check.Subject;
import io.mailban.examination.SlackFlaw;
import io.mailban.examination.SlackGood;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Tries whether the bot can listen at an address, or does so already. */
final class ListenTrial {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private ListenTrial() {}

    static Check at(InetSocketAddress listen) {
        String host = listen.getHostString();
        String address = (host.contains(":") ? "[" + host + "]" : host) + ":" + listen.getPort();
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(listen);
            return SlackDoctor.well(Subject.LISTENING, new SlackGood.ListeningPossible(address));
        } catch (IOException e) {
            return answersAsABot(address)
                    ? SlackDoctor.well(Subject.LISTENING, new SlackGood.Listening(address))
                    : SlackDoctor.fault(
                            Subject.LISTENING, new SlackFlaw.NoListening(address, String.valueOf(e.getMessage())));
        }
    }

    private static boolean answersAsABot(String address) {
        try (HttpClient client =
                HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
            URI health = URI.create("http://" + address + "/healthz");
            String body = client.send(
                            HttpRequest.newBuilder(health).timeout(PATIENCE).build(), BodyHandlers.ofString())
                    .body();
            return body.contains(HttpDoor.HEALTH_IS_ABOUT);
        } catch (IOException _) {
            return false;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
