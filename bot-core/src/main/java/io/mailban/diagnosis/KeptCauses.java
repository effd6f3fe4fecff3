package io.mailban.diagnosis;

import io.mailban.ban.Address;
import io.mailban.ban.Ban;
import io.mailban.fail2ban.LogEvent;
import io.mailban.maillog.MailEvent;
import io.mailban.mailserver.Evidencing;
import io.mailban.mailserver.Evidencing.KeptBan;
import io.mailban.mailserver.Trace;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds out why an address was banned from the lines that fail2ban itself kept of the ban. */
record KeptCauses(Scene scene) {
    /** fail2ban's socket and its database round the moment of one ban differently, and a ban can be restored. */
    private static final Duration SAME = Duration.ofSeconds(5);

    /** Why this ban was made; empty where the database does not know it. */
    Optional<BanCause> of(Ban ban) {
        return kept(ban).map(kept -> cause(ban, kept));
    }

    private Optional<KeptBan> kept(Ban ban) {
        if (!(scene.seen().evidence() instanceof Evidencing.Kept(var bans))) {
            return Optional.empty();
        }
        return bans.stream()
                .filter(kept -> kept.jail().equals(ban.jail()) && kept.id().equals(ban.id()))
                .filter(kept -> ban.since()
                        .filter(since ->
                                Duration.between(since, kept.since()).abs().compareTo(SAME) > 0)
                        .isEmpty())
                .max(Comparator.comparing(KeptBan::since));
    }

    private BanCause cause(Ban ban, KeptBan kept) {
        List<Failure> failures = Failure.of(scene.address(), kept.lines());
        if (!failures.isEmpty()) {
            return new LogCauses(scene).failed(withAuthLines(failures));
        }
        if (kept.failures() == 0 && kept.lines().isEmpty()) {
            return new BanCause.ByHand();
        }
        return Stream.of(forged(kept), earlierBans(kept), others(kept))
                .flatMap(Optional::stream)
                .findFirst()
                .orElseGet(() ->
                        new BanCause.OtherLines(kept.failures(), ban.since().orElse(kept.since())));
    }

    /** The auth process says of the same attempts what was wrong, which the lines that are counted often do not. */
    private List<Failure> withAuthLines(List<Failure> counted) {
        Instant from = counted.getFirst().at().minus(SAME);
        Instant to = counted.getLast().at().plus(SAME);
        List<Failure> all = new ArrayList<>(counted);
        scene.failures().stream()
                .filter(failure -> failure.event().attempts().isEmpty())
                .filter(failure -> !failure.at().isBefore(from) && !failure.at().isAfter(to))
                .filter(failure -> !all.contains(failure))
                .forEach(all::add);
        all.sort(Comparator.comparing(Failure::at));
        return all;
    }

    /** Lines about a client elsewhere can't be what this address did. */
    private Optional<BanCause> forged(KeptBan kept) {
        List<Failure> failures = Failure.all(kept.lines());
        return failures.stream()
                .flatMap(failure -> failure.event().address().stream())
                .findFirst()
                .map(by -> new BanCause.Forged(
                        by, failures.size(), failures.getLast().at()));
    }

    private static Optional<BanCause> earlierBans(KeptBan kept) {
        List<Trace> bans = kept.lines().stream()
                .filter(trace -> trace instanceof Trace.OfFail2ban of && of.event() instanceof LogEvent.Banned)
                .toList();
        return bans.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new BanCause.BannedBefore(bans.size(), bans.getLast().at()));
    }

    private Optional<BanCause> others(KeptBan kept) {
        return others(scene.address(), kept.lines());
    }

    /** Recipients that were rejected, or connections without a login. */
    static Optional<BanCause> others(Address address, List<Trace> lines) {
        List<Trace.OfMail> rejected = Scene.mail(lines)
                .filter(trace -> trace.event() instanceof MailEvent.Rejected of
                        && of.address().equals(address))
                .toList();
        if (!rejected.isEmpty()) {
            return Optional.of(new BanCause.RejectedRecipients(
                    rejected.size(), rejected.getLast().at()));
        }
        List<Trace.OfMail> silent = Scene.mail(lines)
                .filter(trace -> trace.event() instanceof MailEvent.Connected of
                        && of.address().equals(address))
                .toList();
        return silent.isEmpty()
                ? Optional.empty()
                : Optional.of(new BanCause.NoLoginTried(
                        silent.size(), silent.getLast().at()));
    }
}
