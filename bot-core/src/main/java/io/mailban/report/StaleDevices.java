package io.mailban.report;

import io.mailban.ban.Address;
import io.mailban.ban.Ban;
import io.mailban.ban.Jail;
import io.mailban.ban.Mailbox;
import io.mailban.known.Recognizer;
import io.mailban.known.Whose;
import io.mailban.maillog.Cause;
import io.mailban.maillog.Protocol;
import io.mailban.mailserver.JailSettings;
import io.mailban.report.StaleDevice.Standing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Finds the devices of one known address that keep failing. */
record StaleDevices(Owners owners, MailJails mailJails, BanStories banStories, List<Ban> standing, int now) {
    /** Fewer failures in a row are somebody who mistyped. */
    private static final int SEVERAL = 3;

    /** What failed last before that has been mended, or switched off. */
    private static final int LATELY = 86_400;

    /** The auth process and the daemon that asked it write about one attempt within moments. */
    private static final int SAME_ATTEMPT = 3;

    List<StaleDevice> of(Address address) {
        Optional<Standing> banned = banned(address);
        List<StaleDevice> devices = new ArrayList<>();
        tries(address).forEach((way, streak) -> {
            int last = streak.times.getLast();
            boolean lately = last >= now - LATELY || banned.isPresent();
            int failures = streak.attempts;
            if (lately && failures >= SEVERAL) {
                devices.add(new StaleDevice(
                        new Device(address, way.mailbox()),
                        way.protocol(),
                        Seconds.instant(streak.times.getFirst()),
                        Seconds.instant(last),
                        failures,
                        pace(streak.times),
                        Why.of(streak.cause),
                        banned.orElseGet(() -> counted(address))));
            }
        });
        return devices;
    }

    private record Way(Optional<Mailbox> mailbox, Optional<Protocol> protocol) {}

    /** Failures since it last got in that way. */
    private static final class Streak {
        private final List<Integer> times = new ArrayList<>();
        private int attempts;
        private Cause cause = Cause.UNKNOWN;
    }

    private Map<Way, Streak> tries(Address address) {
        Whose whose = owners.whose(address, now);
        Map<Way, Streak> streaks = new TreeMap<>(Comparator.comparing(Way::toString));
        Optional<Story.Event.Failure> told = Optional.empty();
        for (Story.Event event : owners.events(address)) {
            switch (event) {
                case Story.Event.Login login ->
                    streaks.keySet()
                            .removeIf(way -> way.protocol()
                                            .filter(protocol -> protocol != login.protocol())
                                            .isEmpty()
                                    && way.mailbox()
                                            .filter(mailbox -> !Recognizer.sameMailbox(mailbox, login.mailbox()))
                                            .isEmpty());
                case Story.Event.Failure failure -> {
                    if (failure.attempts() == 0) {
                        told = Optional.of(failure);
                        continue;
                    }
                    Optional<Story.Event.Failure> auth = told.filter(one -> one.at() >= failure.at() - SAME_ATTEMPT);
                    Optional<Mailbox> name = failure.mailbox().or(() -> auth.flatMap(Story.Event.Failure::mailbox));
                    Optional<Mailbox> own = own(whose, name);
                    if (name.isEmpty() || own.isPresent() || whose instanceof Whose.Listed) {
                        Streak streak = streaks.computeIfAbsent(
                                new Way(own.or(() -> name).or(() -> owner(whose)), failure.protocol()),
                                _ -> new Streak());
                        streak.times.add(failure.at());
                        streak.attempts += failure.attempts();
                        Cause cause = failure.cause() == Cause.UNKNOWN
                                ? auth.map(Story.Event.Failure::cause).orElse(Cause.UNKNOWN)
                                : failure.cause();
                        streak.cause = cause == Cause.UNKNOWN ? streak.cause : cause;
                    }
                }
            }
        }
        return streaks;
    }

    private static Optional<Mailbox> owner(Whose whose) {
        return whose instanceof Whose.Known known ? Optional.of(known.mailbox()) : Optional.empty();
    }

    /** The mailbox of this address's own that the name means. */
    private static Optional<Mailbox> own(Whose whose, Optional<Mailbox> name) {
        if (!(whose instanceof Whose.Known known) || name.isEmpty()) {
            return Optional.empty();
        }
        List<Mailbox> home = new ArrayList<>(known.others());
        home.addFirst(known.mailbox());
        return home.stream()
                .filter(one -> Recognizer.sameMailbox(one, name.get()))
                .findFirst();
    }

    private static Optional<Duration> pace(List<Integer> times) {
        int[] seconds = times.stream().mapToInt(Integer::intValue).toArray();
        int pace = Timeline.pace(seconds, seconds.length, LATELY);
        return pace == 0 ? Optional.empty() : Optional.of(Duration.ofSeconds(pace));
    }

    private Optional<Standing> banned(Address address) {
        return standing.stream()
                .filter(ban -> ban.id().covers(address) && mailJails.closesMail(ban.jail()))
                .findFirst()
                .map(ban -> new Standing.Banned(ban.jail(), ban.until()));
    }

    /** The jail that counts the most of what it takes. */
    private Standing counted(Address address) {
        Standing nearest = new Standing.NotCounted();
        double most = 0;
        for (Map.Entry<Jail, Map<Address, Offender>> entry : banStories.jails().entrySet()) {
            Offender offender = entry.getValue().get(address);
            Optional<JailSettings> settings = mailJails.find(entry.getKey());
            if (offender == null || settings.isEmpty() || !mailJails.closesMail(entry.getKey())) {
                continue;
            }
            int[] bans = offender.bans();
            int findTime = Math.clamp(settings.get().findTime().toSeconds(), 1, Seconds.END);
            int count =
                    Replay.standing(offender.failures(), findTime, bans.length == 0 ? -1 : bans[bans.length - 1], now);
            double part = count / (double) Math.max(1, settings.get().maxRetry());
            if (part > most) {
                most = part;
                nearest = new Standing.Counted(
                        entry.getKey(),
                        count,
                        settings.get().maxRetry(),
                        settings.get().findTime());
            }
        }
        return nearest;
    }
}
