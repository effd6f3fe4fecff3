package io.mailban.report;

import static java.util.stream.Collectors.toCollection;

import io.mailban.ban.Jail;
import io.mailban.mailserver.Tracing.Horizon;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What fail2ban did to one server's own users.
 *
 * @param lockOuts of known users, oldest first
 * @param perhaps how many more bans there were of addresses that are perhaps a user's
 * @param stale the devices that keep failing now, the nearest to a ban first
 * @param jails the mail jails, those that locked out known users first
 * @param others bans of everyone else, in mail jails
 * @param mailLog how far back it was read
 * @param banLog how far back it was read
 */
public record Report(
        Instant from,
        Instant to,
        List<LockOut> lockOuts,
        int perhaps,
        List<StaleDevice> stale,
        List<JailReview> jails,
        Others others,
        Horizon mailLog,
        Horizon banLog) {
    /** Copies the lists. */
    public Report {
        lockOuts = List.copyOf(lockOuts);
        stale = List.copyOf(stale);
        jails = List.copyOf(jails);
    }

    /**
     * Bans of everyone else.
     *
     * @param addresses of how many addresses; of how many in the sample where there is one
     * @param oneOf one address in so many was kept, and {@code bans} and {@code addresses} are of those; 1 where all were
     */
    public record Others(int bans, int addresses, int oneOf) {}

    /** A device over the whole period. */
    public record Total(Device device, int lockOuts, Duration lasted, Set<Jail> jails, Why why, Instant last) {
        /** Copies the set. */
        public Total {
            jails = Set.copyOf(jails);
        }
    }

    /** All lock-outs together: an address that several mailboxes share was kept out once. */
    public Duration lasted() {
        return lockOuts.stream().map(LockOut::lasted).reduce(Duration.ZERO, Duration::plus);
    }

    /** How many bans of known users each jail made. */
    public Map<Jail, Integer> byJail() {
        Map<Jail, Integer> counts = new TreeMap<>();
        lockOuts.forEach(lockOut -> lockOut.jails().forEach(jail -> counts.merge(jail, 1, Integer::sum)));
        return counts;
    }

    /** How many lock-outs had which cause. */
    public Map<Why, Integer> byCause() {
        Map<Why, Integer> counts = new TreeMap<>();
        lockOuts.forEach(lockOut -> counts.merge(lockOut.why(), 1, Integer::sum));
        return counts;
    }

    /** The devices that were locked out, the longest first. */
    public List<Total> devices() {
        Map<Device, List<LockOut>> byDevice = new LinkedHashMap<>();
        for (LockOut lockOut : lockOuts) {
            for (Device device : lockOut.devices()) {
                byDevice.computeIfAbsent(device, _ -> new ArrayList<>()).add(lockOut);
            }
        }
        return byDevice.entrySet().stream()
                .map(entry -> total(entry.getKey(), entry.getValue()))
                .sorted(Comparator.comparing(Total::lasted).reversed())
                .toList();
    }

    private static Total total(Device device, List<LockOut> lockOuts) {
        return new Total(
                device,
                lockOuts.size(),
                lockOuts.stream().map(LockOut::lasted).reduce(Duration.ZERO, Duration::plus),
                lockOuts.stream().flatMap(lockOut -> lockOut.jails().stream()).collect(toCollection(TreeSet::new)),
                lockOuts.getLast().why(),
                lockOuts.getLast().since());
    }
}
