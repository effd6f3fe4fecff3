package io.mailban.report;

import io.mailban.ban.Address;
import io.mailban.ban.Jail;
import io.mailban.mailserver.JailSettings;
import io.mailban.report.JailReview.Advice;
import io.mailban.report.JailReview.Setting;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** Finds out for one jail what its settings would have had to be. */
final class JailReviews {
    /** A jail that lets anybody guess more often keeps nobody out. */
    private static final int LARGEST = 30;

    private static final int SHORTEST = 60;

    /** A setting that lets go of more than one in so many who were banned is no advice. */
    static final int DEAR = 4;

    private final JailSettings settings;
    private final int findTime;
    private final int banTime;
    private final BanStories stories;
    private final Map<Address, Offender> offenders;
    private final Set<Address> known;
    private final int from;
    private final int to;

    /**
     * @param known the addresses that a known user was locked out of by this jail
     */
    JailReviews(JailSettings settings, int banTime, BanStories stories, Set<Address> known, int from, int to) {
        this.settings = settings;
        this.findTime = Math.clamp(settings.findTime().toSeconds(), 1, Seconds.END);
        this.banTime = banTime;
        this.stories = stories;
        this.offenders = stories.jails().getOrDefault(settings.jail(), Map.of());
        this.known = known;
        this.from = from;
        this.to = to;
    }

    JailReview review(int knownBans) {
        Optional<Advice> none = noAdvice(knownBans);
        List<Candidate> candidates = none.isPresent() ? List.of() : candidates();
        Toll present = new Toll(new Replay(settings.maxRetry(), findTime, banTime), to);
        int others = 0;
        for (Map.Entry<Address, Offender> entry : offenders.entrySet()) {
            int[] failures = entry.getValue().failures();
            List<Span> spans = spans(entry.getValue());
            int[] made = bans(spans);
            boolean stranger = !known.contains(entry.getKey());
            others += stranger ? made.length : 0;
            if (made.length == 0 || failures.length == 0) {
                // Never banned, or by hand: no setting has to do with it.
                continue;
            }
            present.add(failures, made);
            if (stranger && !candidates.isEmpty()) {
                int[] tries = Timeline.whole(failures, spans, findTime, Timeline.Persistence.ALWAYS);
                candidates.forEach(candidate -> candidate.toll().add(tries, made));
            }
        }
        return new JailReview(
                settings.jail(),
                settings.maxRetry(),
                settings.findTime(),
                knownBans,
                others,
                present.onTime(),
                present.bans(),
                none.orElseGet(() -> best(candidates)));
    }

    private Optional<Advice> noAdvice(int knownBans) {
        if (knownBans == 0) {
            return Optional.of(new Advice.NothingToChange());
        }
        return settings.jail().equals(Jail.RECIDIVE) || highest(findTime) == 0
                ? Optional.of(new Advice.NotFromFailures())
                : Optional.empty();
    }

    private record Candidate(int maxRetry, int within, Toll toll) {
        Setting setting(int oneOf) {
            return new Setting(maxRetry, Duration.ofSeconds(within), toll.price(oneOf));
        }
    }

    /** For the present findtime and some shorter ones the smallest maxretry with which nobody known is banned. */
    private List<Candidate> candidates() {
        return IntStream.of(findTime, findTime / 2, findTime / 5, findTime / 10)
                .filter(within -> within == findTime || within >= SHORTEST)
                .mapToObj(within -> {
                    int maxRetry = Math.max(highest(within) + 1, settings.maxRetry());
                    return new Candidate(maxRetry, within, new Toll(new Replay(maxRetry, within, banTime), to));
                })
                .filter(candidate -> candidate.maxRetry() <= LARGEST)
                .toList();
    }

    private Advice best(List<Candidate> candidates) {
        List<Setting> all = candidates.stream()
                .map(candidate -> candidate.setting(stories.oneOf()))
                .toList();
        // The first of equals has the present findtime.
        Optional<Setting> best = all.stream()
                .min(Comparator.comparingInt((Setting one) -> one.price().missed())
                        .thenComparingInt(one -> one.price().delayed()));
        if (best.isEmpty()) {
            return new Advice.NoneWouldDo(highest(findTime));
        }
        if (dear(best.get())) {
            return new Advice.TooDear(best.get());
        }
        Optional<Setting> same = all.stream()
                .filter(one -> one.findTime().equals(Duration.ofSeconds(findTime)) && !one.equals(best.get()))
                .filter(one -> !dear(one))
                .findFirst();
        return new Advice.Change(best.get(), same);
    }

    private static boolean dear(Setting setting) {
        return (long) setting.price().missed() * DEAR > setting.price().bans();
    }

    private int highest(int within) {
        int highest = 0;
        for (Address address : known) {
            Offender offender = offenders.get(address);
            if (offender != null) {
                int[] tries = Timeline.whole(
                        offender.failures(), spans(offender), findTime, Timeline.Persistence.IF_SEEN_AGAIN);
                highest = Math.max(highest, Replay.highest(tries, within));
            }
        }
        return highest;
    }

    private int[] bans(List<Span> spans) {
        return spans.stream()
                .filter(span -> span.origin() == Span.Origin.BANNED && span.from() >= from && span.from() <= to)
                .mapToInt(Span::from)
                .toArray();
    }

    private List<Span> spans(Offender offender) {
        return offender.spans(stories.restarts(), banTime, to);
    }
}
