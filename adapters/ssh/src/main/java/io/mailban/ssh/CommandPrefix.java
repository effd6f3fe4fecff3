package io.mailban.ssh;

import java.util.List;
import java.util.regex.Pattern;

/** What stands before a command on a server, so that it runs as whom, or where, it must. */
public sealed interface CommandPrefix {

    /** The login may do it itself. */
    record None() implements CommandPrefix {}

    /** {@code sudo -n}: as root, refused rather than asked for a password. */
    record Sudo() implements CommandPrefix {}

    /**
     * {@code docker exec -i NAME}: inside a container.
     *
     * @param container its name or id
     */
    record Docker(String container) implements CommandPrefix {
        private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9_.-]*");

        /** Refuses what docker would not take for a name. */
        public Docker {
            if (!NAME.matcher(container).matches()) {
                throw new IllegalArgumentException("a container's name has letters, digits, _ . and -, not \""
                        + container + "\"; docker ps shows it");
            }
        }
    }

    /** {@code sudo -n docker exec -i NAME}: inside a container, where docker is root's. */
    record SudoDocker(String container) implements CommandPrefix {
        /** Refuses what docker would not take for a name. */
        public SudoDocker {
            container = new Docker(container).container();
        }
    }

    /**
     * {@code mailban-gate}: the login's forced command, which lets through what is built here and nothing else. It stands
     * before the commands that read logs, too.
     */
    record Gate() implements CommandPrefix {}

    /** The prefix as words of a command line. */
    default List<String> words() {
        return switch (this) {
            case None() -> List.of();
            case Sudo() -> List.of("sudo", "-n");
            case Docker(var container) -> List.of("docker", "exec", "-i", container);
            case SudoDocker(var container) -> List.of("sudo", "-n", "docker", "exec", "-i", container);
            case Gate() -> List.of("mailban-gate");
        };
    }

    /**
     * Reads a prefix as an operator writes it.
     *
     * @throws IllegalArgumentException if it is none of those that are known, with what is
     */
    static CommandPrefix of(String text) {
        List<String> words = List.of(text.strip().split("\\s+", -1));
        int size = words.size();
        if (text.isBlank()) {
            return new None();
        }
        if (words.equals(List.of("sudo")) || words.equals(List.of("sudo", "-n"))) {
            return new Sudo();
        }
        if (words.equals(List.of("gate"))) {
            return new Gate();
        }
        if (size == 4 && words.subList(0, 3).equals(List.of("docker", "exec", "-i"))) {
            return new Docker(words.get(3));
        }
        if (size == 6 && words.subList(0, 5).equals(List.of("sudo", "-n", "docker", "exec", "-i"))) {
            return new SudoDocker(words.get(5));
        }
        throw new IllegalArgumentException(
                "\"" + text
                        + "\" is no prefix that is known: leave it out, or write gate, or sudo -n, or docker exec -i NAME, or the last two together");
    }
}
