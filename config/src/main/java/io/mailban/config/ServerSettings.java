package io.mailban.config;

import io.mailban.ban.ServerName;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One mail server. What is left out comes from {@code ~/.ssh/config}, as it would for {@code ssh host}. No value begins
 * with {@code -} or holds a space or a character that a shell reads.
 *
 * @param prefix what stands before {@code fail2ban-client} on the server
 * @param logPrefix what stands before the commands that read its logs
 * @param mailLog where Postfix and Dovecot log; empty where that is the same host
 */
public record ServerSettings(ServerName name, Login login, Prefix prefix, Prefix logPrefix, Optional<MailLog> mailLog) {

    /**
     * How to log in to a host.
     *
     * @param host an alias of {@code ~/.ssh/config}, a host name or an address
     * @param key the only key to log in with
     * @param passphrase of {@code key}
     */
    public record Login(
            String host, Optional<String> user, OptionalInt port, Optional<Path> key, Optional<Secret> passphrase) {}

    /**
     * A mail log on another host than fail2ban's.
     *
     * @param prefix what stands before the commands that read it
     */
    public record MailLog(Login login, Prefix prefix) {}

    /**
     * Words before a command, one of the few that are known: none, {@code gate}, {@code sudo -n}, {@code docker exec -i
     * NAME}, the last two.
     */
    public record Prefix(String text) {
        /** The login itself may. */
        public static final Prefix NONE = new Prefix("");

        /** The login may nothing but what the gate lets through: for both. */
        public static final Prefix GATE = new Prefix("gate");
    }
}
