package io.mailban.ssh;

import io.mailban.ban.ServerName;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How one mail server is reached. What is left out is taken from {@code ~/.ssh/config}, then from OpenSSH's defaults.
 *
 * @param name what the operator calls it
 * @param host a host name, an address, or a {@code Host} alias of {@code ~/.ssh/config}
 * @param key the only key to log in with; where empty, those that {@code ssh} would try
 * @param passphrase of {@code key}
 * @param client what stands before {@code fail2ban-client}
 * @param logs what stands before the commands that read logs
 * @param mailLog the host of the mail log, under the same name; empty where that is this one
 */
public record SshServer(
        ServerName name,
        String host,
        Optional<String> user,
        OptionalInt port,
        Optional<Path> key,
        Optional<Passphrase> passphrase,
        CommandPrefix client,
        CommandPrefix logs,
        Optional<SshServer> mailLog) {

    /** A secret, read when it is needed. */
    @FunctionalInterface
    public interface Passphrase {
        /** The secret now. Thread-safe. */
        char[] read();
    }

    /** Refuses a port that none can be. */
    public SshServer {
        if (port.isPresent() && (port.getAsInt() < 1 || port.getAsInt() > 65535)) {
            throw new IllegalArgumentException(
                    "port " + port.getAsInt() + " of server " + name + ": a port is 1 to 65535");
        }
        if (host.isBlank() || host.startsWith("-") || host.chars().anyMatch(c -> c <= ' ')) {
            throw new IllegalArgumentException("host \"" + host + "\" of server " + name + ": not a host name");
        }
    }

    /** A server that has its mail log where its fail2ban is. */
    public SshServer(
            ServerName name,
            String host,
            Optional<String> user,
            OptionalInt port,
            Optional<Path> key,
            Optional<Passphrase> passphrase,
            CommandPrefix client,
            CommandPrefix logs) {
        this(name, host, user, port, key, passphrase, client, logs, Optional.empty());
    }

    /** A server known by host name or alias alone. */
    public static SshServer at(String host) {
        return new SshServer(
                new ServerName(host),
                host,
                Optional.empty(),
                OptionalInt.empty(),
                Optional.empty(),
                Optional.empty(),
                new CommandPrefix.None(),
                new CommandPrefix.None());
    }

    /**
     * Reads {@code ALIAS}, {@code user@host} or {@code user@host:port}, as given to {@code --ssh}; an IPv6 address with a
     * port stands in brackets. The text becomes the server's name.
     *
     * @throws IllegalArgumentException if it is none of these
     */
    public static SshServer of(String text) {
        int at = text.lastIndexOf('@');
        String place = text.substring(at + 1);
        Optional<String> user = at > 0 ? Optional.of(text.substring(0, at)) : Optional.empty();
        OptionalInt port = OptionalInt.empty();
        int colon = place.lastIndexOf(':');
        boolean bracketed = place.startsWith("[");
        boolean oneColon = colon >= 0 && place.indexOf(':') == colon;
        if (bracketed ? place.indexOf("]:") > 0 : oneColon) {
            try {
                port = OptionalInt.of(Integer.parseInt(place.substring(colon + 1)));
            } catch (NumberFormatException _) {
                throw new IllegalArgumentException(
                        text + ": " + place.substring(colon + 1) + " is no port, such as 22");
            }
            place = place.substring(0, colon);
        }
        if (bracketed && place.endsWith("]")) {
            place = place.substring(1, place.length() - 1);
        }
        SshServer bare = at(place);
        return new SshServer(
                new ServerName(text), place, user, port, bare.key, bare.passphrase, bare.client, bare.logs);
    }
}
