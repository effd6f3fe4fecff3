package io.mailban.deploy.setup;

import io.mailban.ssh.SshAliases;
import io.mailban.ssh.SshSurroundings;
import io.mailban.terminal.Asker;
import io.mailban.terminal.Asker.GaveUp;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The questions of {@code mailban init}, from the first to the written file. For one use. */
public final class Interview {
    private final Asker asker;
    private final ServerQuestions questions;
    private final List<String> aliases;
    private final Map<String, String> env;

    /**
     * Asks by {@code asker}.
     *
     * @param patience how long a server may take over one question
     */
    public Interview(Asker asker, SshSurroundings surroundings, Duration patience, Map<String, String> env) {
        this.asker = asker;
        this.aliases = SshAliases.in(surroundings);
        this.questions = new ServerQuestions(asker, new Attempts(surroundings, patience), surroundings.home());
        this.env = env;
    }

    /** How it ended. */
    public enum End {
        /** The file is there. */
        WRITTEN,
        /** Lines were shown, to be pasted. */
        SHOWN,
        /** Somebody left, or it could not be written; nothing was. */
        NOTHING
    }

    /**
     * Asks all.
     *
     * @param standing a configuration that is there already; lines for it are shown instead of a file written
     * @param places where one can be written, the first the usual one
     */
    public End hold(Optional<Path> standing, List<Path> places, LocalDate today) {
        asker.say("""

                This asks about your mail servers, tries each answer at once, and then writes Mailban's configuration.
                Nothing is changed on a server. Ctrl-C leaves, and nothing was written.

                """);
        standing.ifPresent(
                file -> asker.say(
                        file + " is there already and stays as it is: at the end you get lines to be"
                                + " pasted under servers: there.\nFor a file of its own instead: mailban init --config OTHER.yml\n\n"));
        try {
            Draft draft = new Draft(servers());
            if (standing.isPresent()) {
                asker.say("To be pasted under servers: in " + standing.get() + ", then: mailban config check\n\n"
                        + draft.entries());
                return End.SHOWN;
            }
            return write(draft, places, today);
        } catch (GaveUp _) {
            asker.say("\nNo configuration was written" + questions.left() + ".\n");
            return End.NOTHING;
        }
    }

    private List<Draft.Entry> servers() throws GaveUp {
        List<Draft.Entry> entries = new ArrayList<>();
        boolean more = true;
        while (more) {
            List<String> taken = entries.stream().map(Draft.Entry::name).toList();
            entries.add(questions.ask(aliases, taken));
            asker.say("\n");
            more = isYes(asker.ask("Another server?", "no", List.of("yes", "no")));
        }
        return entries;
    }

    private End write(Draft draft, List<Path> places, LocalDate today) throws GaveUp {
        while (true) {
            Path file = place(places);
            switch (Placing.put(draft.yaml(today), file, env)) {
                case Placing.Placed(var placed) -> {
                    String name = draft.servers().getFirst().name();
                    asker.say("\n  ✓ written: " + placed + "\n\nNow:  mailban doctor"
                            + option(placed, places) + "\n      mailban check ADDRESS|MAILBOX " + name
                            + option(placed, places) + "\n      mailban chat" + option(placed, places) + "\n");
                    return End.WRITTEN;
                }
                case Placing.Occupied(var taken) ->
                    asker.say("  ✗ " + taken + " is there already, and init never writes over it.\n");
                case Placing.NotPlaced(var wanted, var why) ->
                    asker.say("  ✗ " + wanted + " could not be written: " + why + "\n");
            }
        }
    }

    private Path place(List<Path> places) throws GaveUp {
        if (places.size() > 1) {
            StringBuilder list = new StringBuilder("\nMailban looks for its configuration in these places:\n");
            for (int i = 0; i < places.size(); i++) {
                list.append("  ")
                        .append(i + 1)
                        .append("  ")
                        .append(places.get(i))
                        .append('\n');
            }
            asker.say(list.append("Type a number, or another path.\n").toString());
        }
        String usual = places.size() > 1 ? "1" : places.getFirst().toString();
        String answer = asker.ask(
                "Where shall it be written?",
                usual,
                places.stream().map(Path::toString).toList());
        for (int i = 0; i < places.size(); i++) {
            if (answer.equals(String.valueOf(i + 1))) {
                return places.get(i);
            }
        }
        return questions.path(answer);
    }

    /** Elsewhere it has to be named every time. */
    private static String option(Path placed, List<Path> places) {
        return places.size() > 1 && places.contains(placed) ? "" : " --config " + placed;
    }

    static boolean isYes(String answer) {
        return answer.equalsIgnoreCase("yes") || answer.equalsIgnoreCase("y");
    }
}
