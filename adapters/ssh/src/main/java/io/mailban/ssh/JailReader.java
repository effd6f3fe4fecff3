package io.mailban.ssh;

import io.mailban.ban.BannedId;
import io.mailban.ban.Jail;
import io.mailban.mailserver.JailSettings;
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

    /** What {@link ActionReader} reads, in its order. */
    private static final List<String> OF_ACTIONS = List.of("actionstart", "actionban", "blocktype");

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

        List<ClientCommand> aboutActions = new ArrayList<>();
        List<Integer> actions = new ArrayList<>();
        for (int i = 0; i < jails.size(); i++) {
            Jail jail = jails.get(i);
            List<String> named = ClientText.listed(said(answers, i, "actions"));
            actions.add(named.size());
            named.forEach(action ->
                    OF_ACTIONS.forEach(property -> aboutActions.add(ClientCommand.get(jail, action, property))));
        }
        List<String> texts = clients.ask(connection, aboutActions, deadline).stream()
                .map(JailReader::said)
                .toList();

        List<Read> read = new ArrayList<>();
        int text = 0;
        for (int i = 0; i < jails.size(); i++) {
            List<ActionReader.Effect> effects = new ArrayList<>();
            for (int action = 0; action < actions.get(i); action++, text += OF_ACTIONS.size()) {
                effects.add(ActionReader.read(texts.get(text), texts.get(text + 1), texts.get(text + 2)));
            }
            read.add(new Read(
                    settings(jails.get(i), answers, i, ActionReader.together(effects)),
                    ClientText.tree(said(answers, i, "logpath"))));
        }
        return read;
    }

    private static JailSettings settings(Jail jail, List<Answer> answers, int index, ActionReader.Effect effect) {
        long banTime = number(said(answers, index, "bantime")).orElse(DEFAULT_BAN_TIME.toSeconds());
        return new JailSettings(
                jail,
                number(said(answers, index, "maxretry")).map(Long::intValue).orElse(DEFAULT_MAX_RETRY),
                number(said(answers, index, "findtime"))
                        .map(Duration::ofSeconds)
                        .orElse(DEFAULT_FIND_TIME),
                // Negative means for ever (jail.conf(5)).
                banTime < 0 ? Optional.empty() : Optional.of(Duration.ofSeconds(banTime)),
                effect.closes(),
                effect.manner(),
                ClientText.tree(said(answers, index, "ignoreip")).stream()
                        .map(BannedId::of)
                        .toList());
    }

    private static String said(List<Answer> answers, int jail, String setting) {
        return said(answers.get(jail * SETTINGS.size() + SETTINGS.indexOf(setting)));
    }

    private static String said(Answer answer) {
        return answer instanceof Answer.Said(var text) ? text : "";
    }

    private static Optional<Long> number(String text) {
        try {
            return Optional.of((long) Double.parseDouble(text.strip()));
        } catch (NumberFormatException _) {
            return Optional.empty();
        }
    }
}
