package io.mailban.chat;

import static java.util.stream.Collectors.joining;

import io.mailban.ban.ServerName;
import java.util.List;
import java.util.Optional;

/** The servers that a person can name. Immutable. */
public record ServerNames(List<ServerName> all) {
    /** Copies the list. */
    public ServerNames {
        all = List.copyOf(all);
    }

    /** The one that is meant, in capitals or not. */
    public Optional<ServerName> find(String word) {
        return all.stream()
                .filter(server -> server.name().equalsIgnoreCase(word))
                .findFirst();
    }

    /** What to say of a word that names none. */
    public String unknown(String word) {
        return "no server is named “" + word + "”; there " + (all.size() == 1 ? "is " : "are ") + this;
    }

    /** {@code mail1, mail2}. */
    @Override
    public String toString() {
        return all.stream().map(ServerName::name).collect(joining(", "));
    }
}
