package io.mailban.report;

import io.mailban.ban.Address;
import io.mailban.ban.BannedId;
import io.mailban.ban.Jail;
import io.mailban.ban.Network;
import io.mailban.ban.OtherId;
import io.mailban.fail2ban.LogEvent;
import java.time.Instant;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;

/** What fail2ban's log says of everybody, jail by jail. Bounded: see {@link #thin}. Not thread-safe. */
final class BanStories {
    private static final int MOST_NETWORKS = 2_000;

    private final int mostEvents;
    private final int mostAddresses;
    private final Predicate<Address> ours;
    private final Map<Jail, Map<Address, Offender>> jails = new LinkedHashMap<>();
    private final Map<Jail, Map<Network, Offender>> networks = new LinkedHashMap<>();
    private final Restarts restarts = new Restarts();
    private int level;
    private long events;
    private long addresses;

    /**
     * @param mostEvents how many to keep of attackers, four bytes each
     * @param mostAddresses how many attackers to keep, some hundred bytes each
     * @param ours who is kept in any case
     */
    BanStories(int mostEvents, int mostAddresses, Predicate<Address> ours) {
        this.mostEvents = mostEvents;
        this.mostAddresses = mostAddresses;
        this.ours = ours;
    }

    void add(Instant instant, LogEvent event) {
        int at = Seconds.of(instant);
        switch (event) {
            case LogEvent.Found found -> {
                // The observer's form counts an earlier line once more, and is no further failure.
                if (found.escalation().isEmpty()) {
                    add(found.jail(), found.id(), at, Offender.Act.FOUND);
                }
            }
            case LogEvent.Banned ban -> add(ban.jail(), ban.id(), at, Offender.Act.BAN);
            case LogEvent.RestoredBan ban -> add(ban.jail(), ban.id(), at, Offender.Act.RESTORE);
            case LogEvent.Unbanned ban -> add(ban.jail(), ban.id(), at, Offender.Act.UNBAN);
            case LogEvent.RepealedBan ban -> add(ban.jail(), ban.id(), at, Offender.Act.UNBAN);
            case LogEvent.JailStarted _, LogEvent.ServerStarted _ -> restarts.started(at);
            case LogEvent.JailStopped _, LogEvent.ServerStopping _ -> restarts.stopped(at);
            case LogEvent.Rebanned _,
                    LogEvent.AlreadyBanned _,
                    LogEvent.IncreasedBan _,
                    LogEvent.Ignored _,
                    LogEvent.Flushed _ -> {}
        }
    }

    private void add(Jail jail, BannedId id, int at, Offender.Act act) {
        switch (id) {
            case Address address -> {
                if (isKept(address)) {
                    Map<Address, Offender> held = jails.computeIfAbsent(jail, _ -> new HashMap<>());
                    Offender offender = held.get(address);
                    if (offender == null) {
                        offender = new Offender();
                        held.put(address, offender);
                        addresses++;
                    }
                    offender.add(at, act);
                    events++;
                    if (events > mostEvents || addresses > mostAddresses) {
                        thin();
                    }
                }
            }
            case Network network -> {
                Map<Network, Offender> held = networks.computeIfAbsent(jail, _ -> new HashMap<>());
                if (held.size() < MOST_NETWORKS || held.containsKey(network)) {
                    held.computeIfAbsent(network, _ -> new Offender()).add(at, act);
                }
            }
            case OtherId _ -> {}
        }
    }

    /** Keeps every second attacker of those there are, told by address, so that the rest stays whole. */
    private void thin() {
        if (level == 30) {
            return;
        }
        level++;
        events = 0;
        addresses = 0;
        for (Map<Address, Offender> held : jails.values()) {
            for (Iterator<Map.Entry<Address, Offender>> all = held.entrySet().iterator(); all.hasNext(); ) {
                Map.Entry<Address, Offender> entry = all.next();
                if (!isKept(entry.getKey())) {
                    all.remove();
                } else {
                    events += entry.getValue().size();
                    addresses++;
                }
            }
        }
    }

    private boolean isKept(Address address) {
        if (level == 0) {
            return true;
        }
        long mixed = (address.high() * 31 + address.low()) * 0x9E3779B97F4A7C15L;
        return (mixed >>> (64 - level)) == 0 || ours.test(address);
    }

    /** One attacker in so many was kept; 1 where all were. */
    int oneOf() {
        return 1 << level;
    }

    Map<Jail, Map<Address, Offender>> jails() {
        return jails;
    }

    /** The networks that were banned. */
    Map<Jail, Map<Network, Offender>> networks() {
        return networks;
    }

    Restarts restarts() {
        return restarts;
    }
}
