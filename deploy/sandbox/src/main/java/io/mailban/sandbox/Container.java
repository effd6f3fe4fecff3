package io.mailban.sandbox;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A stand-in for a container on a mail server: a root, mounts, processes, network, host name and zone of its own, in
 * which Postfix, Dovecot, their log and fail2ban run, entered by {@code docker exec -i NAME}. Outside remain sshd and a
 * fail2ban that does not run. Only for servers with log files.
 */
public final class Container {
    private final MailServer host;
    private final String name;

    private Container(MailServer host, String name) {
        this.host = host;
        this.name = name;
    }

    /** Moves the mail services of a server into a container, for good; a second or two. */
    public static Container on(MailServer host, String name) {
        host.exec("bash", "-c", script(), "container", name, host.ipv4(), host.ipv6());
        return new Container(host, name);
    }

    /** As {@code docker} knows it. */
    public String name() {
        return name;
    }

    /** Runs a command inside, and gives what it wrote to standard output. */
    public String exec(String... command) {
        List<String> all = new ArrayList<>(List.of("docker", "exec", "-i", name));
        all.addAll(List.of(command));
        return host.exec(all.toArray(String[]::new));
    }

    private static String script() {
        try (InputStream script = Container.class.getResourceAsStream("container.sh")) {
            if (script == null) {
                throw new IllegalStateException("container.sh is missing beside " + Container.class);
            }
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
