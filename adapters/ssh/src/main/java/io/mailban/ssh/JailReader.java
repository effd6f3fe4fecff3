package io.mailban.ssh;

import io.mailban.ban.BannedId;
import io.mailban.ban.Jail;
import io.mailban.mailserver.JailSettings;
import io.mailban.mailserver.JailSettings.Closes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Asks fail2ban how its jails are set. For one discovery. */
final class JailReader {
    private static final Duration DEFAULT_FIND_TIME = Duration.ofMinutes(10);
    private static final Duration DEFAULT_BAN_TIME = Duration.ofMinutes(10);
    private static final int DEFAULT_MAX_RETRY = 5;
    private static final List<String> SETTINGS =
            List.of("maxretry", "findtime", "bantime", "ignoreip", "logpath", "actions");

    private final Fail2banClients clients;
    private final Connection connection;
    private final Deadline deadline;

    JailReader(Fail2banClients clients, Connection connection, Deadline deadline) {
        this.clients = clients;
        this.connection = connection;
        this.deadline = deadline;
    }

    /** One jail, and the log files that it watches. */
    record Read(JailSettings settings, List<String> logPaths) {
        Read {
            logPaths = List.copyOf(logPaths);
        }
    }

    /** Reads them all, in two rounds of questions. */
    List<Read> read(List<Jail> jails) throws Lost, Unanswered {
        List<ClientCommand> questions = new ArrayList<>();
        jails.forEach(jail -> SETTINGS.forEach(setting -> questions.add(ClientCommand.get(jail, setting))));
        List<Answer> answers = clients.ask(connection, questions, deadline);

        List<ClientCommand> ports = new ArrayList<>();
        List<List<String>> actions = new ArrayList<>();
        for (int i = 0; i < jails.size(); i++) {
            Jail jail = jails.get(i);
            List<String> named = ClientText.listed(said(answers, i, "actions"));
            actions.add(named);
            named.forEach(action -> ports.add(ClientCommand.actionPort(jail, action)));
        }
        List<Answer> portAnswers = clients.ask(connection, ports, deadline);

        List<Read> read = new ArrayList<>();
        int port = 0;
        for (int i = 0; i < jails.size(); i++) {
            List<Answer> own = portAnswers.subList(port, port + actions.get(i).size());
            port += own.size();
            read.add(new Read(
                    settings(jails.get(i), answers, i, closes(actions.get(i), own)),
                    ClientText.tree(said(answers, i, "logpath"))));
        }
        return read;
    }

    private static JailSettings settings(Jail jail, List<Answer> answers, int index, Closes closes) {
        long banTime = number(said(answers, index, "bantime")).orElse(DEFAULT_BAN_TIME.toSeconds());
        return new JailSettings(
                jail,
                number(said(answers, index, "maxretry")).map(Long::intValue).orElse(DEFAULT_MAX_RETRY),
                number(said(answers, index, "findtime"))
                        .map(Duration::ofSeconds)
                        .orElse(DEFAULT_FIND_TIME),
                // Negative means for ever (jail.conf(5)).
                banTime < 0 ? Optional.empty() : Optional.of(Duration.ofSeconds(banTime)),
                closes,
                JailSettings.Manner.UNKNOWN,
                ClientText.tree(said(answers, index, "ignoreip")).stream()
                        .map(BannedId::of)
                        .toList());
    }

    private static String said(List<Answer> answers, int jail, String setting) {
        return answers.get(jail * SETTINGS.size() + SETTINGS.indexOf(setting)) instanceof Answer.Said(var text)
                ? text
                : "";
    }

    /** jail.conf hands a port to allports actions too, so the action's name counts first. */
    private static Closes closes(List<String> actions, List<Answer> ports) {
        Closes closes = new Closes.NothingKnown();
        for (int i = 0; i < actions.size(); i++) {
            Closes one = actions.get(i).contains("allports")
                    ? new Closes.Everything()
                    : ports.get(i) instanceof Answer.Said(var text) ? PortText.read(text) : new Closes.NothingKnown();
            closes = wider(closes, one);
        }
        return closes;
    }

    private static Closes wider(Closes one, Closes other) {
        return switch (one) {
            case Closes.Everything _ -> one;
            case Closes.NothingKnown _ -> other;
            case Closes.Ports(var ports) ->
                switch (other) {
                    case Closes.Everything _ -> other;
                    case Closes.NothingKnown _ -> one;
                    case Closes.Ports(var more) -> {
                        List<Integer> all = new ArrayList<>(ports);
                        all.addAll(more);
                        yield new Closes.Ports(all.stream().distinct().sorted().toList());
                    }
                };
        };
    }

    private static Optional<Long> number(String text) {
        try {
            return Optional.of((long) Double.parseDouble(text.strip()));
        } catch (NumberFormatException _) {
            return Optional.empty();
        }
    }
}
