package io.mailban.ssh;

import io.mailban.ban.BannedId;
import io.mailban.ban.Jail;
import io.mailban.ban.Network;
import io.mailban.examination.Visit;
import io.mailban.examination.Visit.JailSeen;
import io.mailban.mailserver.Fail2banSilent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Asks fail2ban who it is and how its jails do. */
final class Fail2banTrial {
    private static final Pattern FAILED = Pattern.compile("Total failed:\\s*(\\d+)");
    private static final Pattern BANNED = Pattern.compile("Total banned:\\s*(\\d+)");
    private static final Pattern WATCHED = Pattern.compile("(?:File list|Journal matches):[ \\t]*(.*)");
    private static final List<ClientCommand> VERSION = List.of(ClientCommand.version());

    private final Connection connection;
    private final CommandPrefix prefix;

    Fail2banTrial(Connection connection, CommandPrefix prefix) {
        this.connection = connection;
        this.prefix = prefix;
    }

    /** By the standing client, and where that fails by a process for the one question. */
    Visit.Fail2ban version(Deadline deadline) throws Lost {
        try {
            Deadline half = deadline.share(0.5);
            StandingClient client = StandingClient.start(connection, prefix, half);
            try {
                String version = client.ask(VERSION, half).getFirst().words().strip();
                return new Visit.Fail2ban.Answers(version, Visit.Fail2ban.Client.STANDING);
            } finally {
                client.close();
            }
        } catch (AnswerFrames.Ended | TimeoutException _) {
            // The one-shot client says why, or that only the standing one is the matter.
        }
        try {
            String version = OneShotClient.ask(connection, prefix, VERSION, deadline)
                    .getFirst()
                    .words()
                    .strip();
            return new Visit.Fail2ban.Answers(version, Visit.Fail2ban.Client.ONE_SHOT);
        } catch (Unanswered unanswered) {
            return new Visit.Fail2ban.Silent(unanswered.reason(), unanswered.words());
        } catch (TimeoutException _) {
            return new Visit.Fail2ban.Silent(
                    Fail2banSilent.Cause.NOT_UNDERSTOOD,
                    "no answer within " + deadline.waited().toMillis() + " ms");
        }
    }

    /** Each jail. */
    List<JailSeen> jails(Fail2banClients clients, List<Jail> jails, Deadline deadline) throws Lost, Unanswered {
        List<ClientCommand> questions = new ArrayList<>(List.of(ClientCommand.banned()));
        jails.forEach(jail -> questions.add(ClientCommand.status(jail)));
        List<Answer> answers = clients.ask(connection, questions, deadline);
        Map<Jail, List<String>> banned =
                ClientText.banned(answers.getFirst().words()).orElse(Map.of());
        List<JailSeen> seen = new ArrayList<>();
        for (int i = 0; i < jails.size(); i++) {
            String status = answers.get(i + 1).words();
            List<Network> networks = banned.getOrDefault(jails.get(i), List.of()).stream()
                    .map(BannedId::of)
                    .filter(Network.class::isInstance)
                    .map(Network.class::cast)
                    .toList();
            seen.add(new JailSeen(
                    jails.get(i),
                    number(FAILED, status),
                    Math.max(0, number(BANNED, status) - networks.size()),
                    WATCHED.matcher(status)
                            .results()
                            .map(match -> match.group(1).strip())
                            .filter(text -> !text.isEmpty())
                            .toList(),
                    jails.get(i).name().equals("recidive") ? patterns(clients, jails.get(i), deadline) : List.of(),
                    networks.isEmpty() || !takesAddressesOnly(clients, jails.get(i), deadline) ? List.of() : networks));
        }
        return seen;
    }

    /** The gate lets nobody ask: then there are none. */
    private List<String> patterns(Fail2banClients clients, Jail jail, Deadline deadline) throws Lost, Unanswered {
        Answer answer = clients.ask(connection, List.of(ClientCommand.get(jail, "failregex")), deadline)
                .getFirst();
        return answer instanceof Answer.Said(var text)
                ? text.lines().filter(line -> line.contains("Ban")).toList()
                : List.of();
    }

    /** Whether one of its actions is nftables' with a set that was not declared for networks. */
    private boolean takesAddressesOnly(Fail2banClients clients, Jail jail, Deadline deadline) throws Lost, Unanswered {
        List<String> actions =
                ClientText.listed(clients.ask(connection, List.of(ClientCommand.get(jail, "actions")), deadline)
                        .getFirst()
                        .words());
        List<ClientCommand> types = actions.stream()
                .filter(action -> action.startsWith("nftables"))
                .map(action -> ClientCommand.get(jail, action, "addr_type"))
                .toList();
        return clients.ask(connection, types, deadline).stream()
                .anyMatch(answer -> answer instanceof Answer.Said(var type)
                        && type.startsWith("ipv")
                        && !type.contains("interval"));
    }

    /** Whether fail2ban itself was reached by an order that Mailban never gives; it names a jail that there is none of. */
    PowerTrials.Outcome orders(Deadline deadline) throws Lost {
        try {
            StandingClient client = StandingClient.start(connection, prefix, deadline);
            try {
                String words = client.ask(List.of(ClientCommand.orderToNobody()), deadline)
                        .getFirst()
                        .words();
                return words.contains("does not exist") || words.contains("UnknownJail")
                        ? PowerTrials.Outcome.HELD
                        : PowerTrials.Outcome.REFUSED;
            } finally {
                client.close();
            }
        } catch (AnswerFrames.Ended _) {
            return PowerTrials.Outcome.REFUSED;
        } catch (TimeoutException _) {
            return PowerTrials.Outcome.UNTOLD;
        }
    }

    private static int number(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? Integer.parseInt(matcher.group(1)) : 0;
    }
}
