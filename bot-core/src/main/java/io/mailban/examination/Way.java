package io.mailban.examination;

import io.mailban.ban.ServerName;
import java.util.Optional;

/**
 * The way to a server as it is configured.
 *
 * @param host the name or address that is connected to
 * @param user who logs in
 * @param client what stands before {@code fail2ban-client}
 * @param logs what stands before the commands that read the logs
 * @param publicKey the public half of the first key that would be offered, as a line of {@code authorized_keys}; empty
 *     where it can't be told
 */
public record Way(
        ServerName server, String host, int port, String user, Behind client, Behind logs, Optional<String> publicKey) {

    /** What stands before a command. */
    public sealed interface Behind {
        /** Nothing: the login itself runs it. */
        record Nothing() implements Behind {}

        /** {@code sudo -n}. */
        record Sudo() implements Behind {}

        /** {@code docker exec -i NAME}, with or without {@code sudo -n} before it. */
        record Container(String name) implements Behind {}

        /** The forced command that lets nothing pass but Mailban's own questions. */
        record Gate() implements Behind {}
    }

    /** Whether nothing but Mailban's own questions should pass. */
    public boolean isGated() {
        return client instanceof Behind.Gate;
    }
}
