package io.mailban.ssh;

import io.mailban.ban.Address;
import io.mailban.ban.BannedId;
import io.mailban.ban.Jail;
import io.mailban.mailserver.Fail2banSilent;
import io.mailban.mailserver.Ignoring;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;

/** Whom the jails of one server never ban ({@code ignoreip}): read, and changed one entry at a time. Thread-safe. */
final class IgnoreLists {
    /** How deploy/mailserver/mailban-gate, which notes what is ours, refuses to take off what is not. */
    private static final String NOT_OURS = "that exemption was not made through the gate";

    private final Fail2banClients clients;

    /** Between reading that an entry is missing and adding it, no other change of ours may come. */
    private final ReentrantLock changing = new ReentrantLock();

    IgnoreLists(Fail2banClients clients) {
        this.clients = clients;
    }

    /** The entries of every running jail. */
    Map<Jail, List<BannedId>> all(Connection connection, Deadline deadline) throws Lost, Unanswered {
        Answer status = clients.ask(connection, List.of(ClientCommand.status()), deadline)
                .getFirst();
        if (!(status instanceof Answer.Said(var text))) {
            throw new Unanswered(Fail2banSilent.Cause.NOT_UNDERSTOOD, status.words());
        }
        List<Jail> jails = ClientText.jails(text);
        List<Answer> answers = clients.ask(
                connection, jails.stream().map(ClientCommand::ignored).toList(), deadline);
        Map<Jail, List<BannedId>> all = new TreeMap<>();
        for (int i = 0; i < jails.size(); i++) {
            // A jail left out would pass for one that has forgotten its entries, and ours would stay for ever.
            if (!(answers.get(i) instanceof Answer.Said(var entries))) {
                throw new Unanswered(
                        Fail2banSilent.Cause.NOT_UNDERSTOOD, answers.get(i).words());
            }
            all.put(jails.get(i), entries(entries));
        }
        return all;
    }

    /**
     * Adds an entry, unless one that covers the address stands: fail2ban takes a second one silently, and its removal
     * would then remove the first.
     *
     * @throws Fail2ban.OrderLost if the connection was lost after the order had been written: asked again, this would find
     *     its own entry, and take it for somebody else's
     */
    Ignoring add(Connection connection, Jail jail, Address address, Deadline deadline)
            throws Lost, Unanswered, Fail2ban.OrderLost {
        changing.lock();
        try {
            Answer before = asked(connection, jail, deadline);
            if (!(before instanceof Answer.Said(var list))) {
                return new Ignoring.NotChanged(before.words());
            }
            if (entries(list).stream().anyMatch(entry -> entry.covers(address))) {
                return new Ignoring.StoodAlready();
            }
            Answer after = ordered(connection, ClientCommand.ignore(jail, address), deadline);
            return after instanceof Answer.Said(var now) && entries(now).contains(address)
                    ? new Ignoring.Changed()
                    : new Ignoring.NotChanged(after.words());
        } finally {
            changing.unlock();
        }
    }

    /** Removes the entry of exactly this address. */
    Ignoring remove(Connection connection, Jail jail, Address address, Deadline deadline)
            throws Lost, Unanswered, Fail2ban.OrderLost {
        changing.lock();
        try {
            if (!(asked(connection, jail, deadline) instanceof Answer.Said(var list))
                    || !entries(list).contains(address)) {
                return new Ignoring.NotThere();
            }
            Answer after = ordered(connection, ClientCommand.heed(jail, address), deadline);
            if (after.words().contains(NOT_OURS)) {
                return new Ignoring.NotThere();
            }
            return after instanceof Answer.Said(var now) && !entries(now).contains(address)
                    ? new Ignoring.Changed()
                    : new Ignoring.NotChanged(after.words());
        } finally {
            changing.unlock();
        }
    }

    private Answer asked(Connection connection, Jail jail, Deadline deadline) throws Lost, Unanswered {
        return clients.ask(connection, List.of(ClientCommand.ignored(jail)), deadline)
                .getFirst();
    }

    private Answer ordered(Connection connection, ClientCommand order, Deadline deadline)
            throws Unanswered, Fail2ban.OrderLost {
        try {
            return clients.ask(connection, List.of(order), deadline).getFirst();
        } catch (Lost lost) {
            throw new Fail2ban.OrderLost(
                    "the connection was lost while the list of those never banned was being changed (" + lost.words()
                            + ")");
        }
    }

    private static List<BannedId> entries(String text) {
        return ClientText.tree(text).stream().map(BannedId::of).toList();
    }
}
