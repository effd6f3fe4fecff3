package io.mailban.ssh;

import io.mailban.ban.Address;
import io.mailban.ban.Ban;
import io.mailban.ban.BannedId;
import io.mailban.ban.Jail;
import io.mailban.ban.Network;
import io.mailban.ban.OtherId;
import io.mailban.mailserver.Fail2banSilent;
import io.mailban.mailserver.Lifting;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** The bans of one server's fail2ban: read, and lifted one at a time. Thread-safe. */
final class Fail2ban {
    /** With more bans than this, their times are asked for only where they are wanted. */
    private static final int FEW = 500;

    private static final int FEW_JAILS = 4;

    private final Fail2banClients clients;
    private final ServerZone zone;
    private final Consumer<Set<Jail>> onJails;

    /** Jails whose times are worth asking for beforehand, as they were the last time. */
    private volatile List<Jail> likely = List.of();

    /** Between reading that a ban stands and lifting it, no other lift of ours may come. */
    private final ReentrantLock lifting = new ReentrantLock();

    /**
     * Asks by these clients.
     *
     * @param onJails is told which jails there are, whenever that is seen
     */
    Fail2ban(Fail2banClients clients, ServerZone zone, Consumer<Set<Jail>> onJails) {
        this.clients = clients;
        this.zone = zone;
        this.onJails = onJails;
    }

    /** Every ban that stands. */
    List<Ban> all(Connection connection, Deadline deadline) throws Lost, Unanswered {
        Table table = table(connection, likely, deadline);
        return withTimes(connection, table.held(), table.times(), deadline);
    }

    /**
     * The bans that keep the address out: in one round trip where the jails with bans are those of the last time, which
     * is nearly always, else in two.
     */
    List<Ban> covering(Connection connection, Address address, Deadline deadline) throws Lost, Unanswered {
        String own = address.text();
        // fail2ban keeps addresses in the very form that ours has, so that the thousands of others need no reading.
        Predicate<String> candidate = text -> text.equals(own) || text.indexOf('/') >= 0 || text.indexOf(':') >= 0;
        Table table = table(connection, likely, deadline);
        Map<Jail, List<String>> covering = new LinkedHashMap<>();
        table.held().forEach((jail, ids) -> {
            List<String> found = ids.stream()
                    .filter(candidate)
                    .filter(text -> BannedId.of(text).covers(address))
                    .toList();
            if (!found.isEmpty()) {
                covering.put(jail, found);
            }
        });
        return withTimes(connection, covering, table.times(), deadline);
    }

    /**
     * Lifts one ban that stands. Once the order has been written, a lost connection is not mended by asking again: the
     * second answer would be about another state.
     *
     * @throws OrderLost if the connection was lost after the order had been written
     */
    Lifting lift(Connection connection, Jail jail, BannedId id, Deadline deadline) throws Lost, Unanswered, OrderLost {
        Optional<ClientCommand> order = switch (id) {
            case Address address -> Optional.of(ClientCommand.lift(jail, address));
            case Network network -> Optional.of(ClientCommand.lift(jail, network));
            case OtherId _ -> Optional.empty();
        };
        if (order.isEmpty()) {
            return new Lifting.NotLifted("only an address or a network can be lifted, not \"" + id.text() + "\"");
        }
        lifting.lock();
        try {
            if (!holds(connection, jail, id, deadline)) {
                return new Lifting.NotHeld();
            }
            String words = ordered(connection, order.get(), deadline);
            if (words.equals("1")) {
                return new Lifting.Lifted();
            }
            // Up to 0.10.4 it prints the address that it lifted, and a count of 0 can mean that it had just expired.
            boolean stillHeld = holds(connection, jail, id, deadline);
            if (!stillHeld && words.equals(id.text())) {
                return new Lifting.Lifted();
            }
            return !stillHeld && words.equals("0") ? new Lifting.NotHeld() : new Lifting.NotLifted(words);
        } finally {
            lifting.unlock();
        }
    }

    /** The connection was lost, and nobody knows whether the order had been obeyed. */
    static final class OrderLost extends Exception {
        private static final long serialVersionUID = 1L;

        OrderLost(String words) {
            super(words);
        }
    }

    private String ordered(Connection connection, ClientCommand order, Deadline deadline) throws Unanswered, OrderLost {
        try {
            return clients.order(connection, order, deadline).words().strip();
        } catch (Lost lost) {
            throw new OrderLost("the connection was lost while the ban was being lifted (" + lost.words()
                    + "): look whether it still stands");
        }
    }

    private boolean holds(Connection connection, Jail jail, BannedId id, Deadline deadline) throws Lost, Unanswered {
        Table now = table(connection, List.of(), deadline);
        return now.held().getOrDefault(jail, List.of()).stream()
                .anyMatch(text -> text.equals(id.text()) || BannedId.of(text).equals(id));
    }

    /**
     * What the jails hold.
     *
     * @param held the ids of each jail, as fail2ban wrote them
     * @param times fail2ban's answers about times, as far as they were asked for along with it
     */
    private record Table(Map<Jail, List<String>> held, Map<Jail, Answer> times) {}

    private Table table(Connection connection, List<Jail> alsoTimes, Deadline deadline) throws Lost, Unanswered {
        List<ClientCommand> questions = new ArrayList<>(List.of(ClientCommand.banned()));
        alsoTimes.forEach(jail -> questions.add(ClientCommand.bansWithTime(jail)));
        List<Answer> answers = clients.ask(connection, questions, deadline);
        Map<Jail, List<String>> held = switch (answers.getFirst()) {
            case Answer.Said(var text) ->
                ClientText.banned(text)
                        .orElseThrow(() -> new Unanswered(
                                Fail2banSilent.Cause.NOT_UNDERSTOOD, "banned was answered by " + Complaint.bare(text)));
            // Before 0.10.6 and 0.11.2 there is no such command.
            case Answer.Refused _ -> heldByStatus(connection, deadline);
        };
        onJails.accept(held.keySet());
        int bans = held.values().stream().mapToInt(List::size).sum();
        List<Jail> withBans = withBans(held);
        likely = bans > FEW || withBans.size() > FEW_JAILS ? List.of() : withBans;
        Map<Jail, Answer> times = new HashMap<>();
        for (int i = 0; i < alsoTimes.size(); i++) {
            times.put(alsoTimes.get(i), answers.get(i + 1));
        }
        return new Table(held, times);
    }

    private static List<Jail> withBans(Map<Jail, List<String>> held) {
        return held.entrySet().stream()
                .filter(jail -> !jail.getValue().isEmpty())
                .map(Map.Entry::getKey)
                .toList();
    }

    private Map<Jail, List<String>> heldByStatus(Connection connection, Deadline deadline) throws Lost, Unanswered {
        Answer status = clients.ask(connection, List.of(ClientCommand.status()), deadline)
                .getFirst();
        if (!(status instanceof Answer.Said(var text))) {
            throw new Unanswered(Fail2banSilent.Cause.NOT_UNDERSTOOD, status.words());
        }
        List<Jail> jails = ClientText.jails(text);
        List<Answer> answers = clients.ask(
                connection, jails.stream().map(ClientCommand::status).toList(), deadline);
        Map<Jail, List<String>> held = new LinkedHashMap<>();
        for (int i = 0; i < jails.size(); i++) {
            held.put(jails.get(i), ClientText.bannedOf(answers.get(i).words()));
        }
        return held;
    }

    private List<Ban> withTimes(
            Connection connection, Map<Jail, List<String>> held, Map<Jail, Answer> asked, Deadline deadline)
            throws Lost, Unanswered {
        List<Jail> jails = withBans(held);
        if (jails.isEmpty()) {
            return List.of();
        }
        ServerClock clock = zone.clock(connection, deadline);
        List<Jail> missing =
                jails.stream().filter(jail -> !asked.containsKey(jail)).toList();
        List<Answer> more = clients.ask(
                connection, missing.stream().map(ClientCommand::bansWithTime).toList(), deadline);
        Map<Jail, Answer> times = new HashMap<>(asked);
        for (int i = 0; i < missing.size(); i++) {
            times.put(missing.get(i), more.get(i));
        }
        List<Ban> bans = new ArrayList<>();
        held.forEach((jail, ids) -> {
            Map<String, ClientText.Times> known = Optional.ofNullable(times.get(jail))
                    .map(answer -> ClientText.bansWithTime(answer.words(), clock, Instant.now()))
                    .orElse(Map.of());
            for (String id : ids) {
                Optional<ClientText.Times> of = Optional.ofNullable(known.get(id));
                bans.add(new Ban(
                        jail, BannedId.of(id), of.map(ClientText.Times::since), of.flatMap(ClientText.Times::until)));
            }
        });
        return bans;
    }
}
