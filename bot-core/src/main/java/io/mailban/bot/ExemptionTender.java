package io.mailban.bot;

import io.mailban.access.Person;
import io.mailban.audit.AuditEntry;
import io.mailban.audit.AuditEntry.Act;
import io.mailban.audit.AuditLog;
import io.mailban.ban.Address;
import io.mailban.ban.Ban;
import io.mailban.ban.Jail;
import io.mailban.ban.ServerName;
import io.mailban.exemption.Exemption;
import io.mailban.exemption.Exemption.Owner;
import io.mailban.exemption.ExemptionDecider;
import io.mailban.exemption.ExemptionDecider.Step;
import io.mailban.exemption.ExemptionStore;
import io.mailban.exemption.ExemptionStore.Changing;
import io.mailban.mailserver.BanListing;
import io.mailban.mailserver.Exempting;
import io.mailban.mailserver.Fail2banSilent;
import io.mailban.mailserver.IgnoreListing;
import io.mailban.mailserver.Ignoring;
import io.mailban.mailserver.Lifter;
import io.mailban.mailserver.Lifting;
import io.mailban.mailserver.MailServers;
import io.mailban.mailserver.Obstacle;
import io.mailban.mailserver.Unreachable;
import io.mailban.restraint.Mode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/** Makes a server's exemptions what they should be, once. One thread at a time for each server. */
public final class ExemptionTender {
    /** fail2ban counts whole seconds, and its clock and ours can differ a little. */
    private static final Duration SLACK = Duration.ofSeconds(2);

    private final MailServers servers;
    private final Lifter lifter;
    private final Exempting exempting;
    private final ExemptionStore store;
    private final AuditLog audit;
    private final InstantSource clock;

    /** When an exemption was last seen to be as it should. */
    private final Map<Subject, Instant> seen = new ConcurrentHashMap<>();

    private final Map<Subject, Doubt> doubts = new ConcurrentHashMap<>();

    private record Subject(ServerName server, Address address) {
        static Subject of(Exemption exemption) {
            return new Subject(exemption.server(), exemption.address());
        }
    }

    /**
     * An entry was missing in these jails: fail2ban may have counted failures since then, and ban for them a moment after
     * the entry is there.
     */
    private record Doubt(Set<Jail> jails, Instant since) {}

    /** Works on these. */
    public ExemptionTender(
            MailServers servers,
            Lifter lifter,
            Exempting exempting,
            ExemptionStore store,
            AuditLog audit,
            InstantSource clock) {
        this.servers = servers;
        this.lifter = lifter;
        this.exempting = exempting;
        this.store = store;
        this.audit = audit;
        this.clock = clock;
    }

    /** What came of it. */
    sealed interface Tending {
        /** All is as it should be, but for these. */
        record Tended(List<Undone> undone) implements Tending {
            /** Copies the list. */
            public Tended {
                undone = List.copyOf(undone);
            }
        }

        /** The server, or its fail2ban, could not be asked; nothing was changed. */
        record Silent(String words, ServerRest.Kind kind) implements Tending {}
    }

    /** Something that could not be made so, and why, in fail2ban's words or ours. */
    record Undone(Address address, Jail jail, String words) {}

    /** Looks after these exemptions, all of one server. */
    Tending tend(ServerName server, List<Exemption> exemptions, Mode mode) {
        if (exemptions.isEmpty()) {
            return new Tending.Tended(List.of());
        }
        Instant now = clock.instant();
        return switch (exempting.ignored(server)) {
            case IgnoreListing.Listed listed -> {
                List<Undone> undone = new ArrayList<>();
                for (Exemption exemption : exemptions) {
                    switch (exemption.phase(now)) {
                        case STANDING -> {
                            // Read-only, nobody is exempted anew; to take an exemption back is safe at any time.
                            if (mode instanceof Mode.ReadsAndWrites) {
                                keepUp(exemption, listed, now, undone);
                            }
                        }
                        case ENDING -> end(exemption, listed, now, undone);
                    }
                }
                yield new Tending.Tended(undone);
            }
            case Fail2banSilent silent -> new Tending.Silent(silent.words(), ServerRest.Kind.MENDS_WITH_TIME);
            case Unreachable(var _, var obstacle) -> new Tending.Silent("the server can't be reached", kind(obstacle));
        };
    }

    private void keepUp(Exemption exemption, IgnoreListing.Listed listed, Instant now, List<Undone> undone) {
        Exemption current = exemption;
        Set<Jail> added = new TreeSet<>();
        for (Step step : ExemptionDecider.steps(exemption, listed.entries(), now)) {
            Optional<Exemption> written = written(
                    current,
                    step.jail(),
                    switch (step) {
                        case Step.Note(var _, var owner) -> owner;
                        case Step.Add _ -> Owner.OURS;
                        case Step.TakeOff _ -> throw new IllegalStateException(exemption + " stands");
                    });
            if (written.isPresent() && step instanceof Step.Add(var jail)) {
                Ignoring ignoring = exempting.ignore(exemption.server(), jail, exemption.address());
                if (ignoring instanceof Ignoring.StoodAlready) {
                    // Somebody added it since the list was read.
                    written = written(written.get(), jail, Owner.OPERATORS);
                } else if (ignoring instanceof Ignoring.Changed) {
                    added.add(jail);
                } else {
                    undone.add(new Undone(exemption.address(), jail, words(ignoring)));
                }
            }
            if (written.isEmpty()) {
                // Somebody changed it meanwhile; the next look is about what it is then.
                return;
            }
            current = written.get();
        }
        makeGood(exemption, added, now);
    }

    /** Lifts what fail2ban banned while an entry was missing, and writes down that it was. */
    private void makeGood(Exemption exemption, Set<Jail> added, Instant now) {
        Subject subject = Subject.of(exemption);
        Instant lastGood = seen.getOrDefault(subject, exemption.from());
        Optional<Doubt> doubt = Optional.ofNullable(doubts.remove(subject));
        Set<Jail> look = new TreeSet<>(added);
        doubt.ifPresent(before -> look.addAll(before.jails()));
        List<Jail> lifted = look.isEmpty()
                ? List.of()
                : lift(exemption, look, doubt.map(Doubt::since).orElse(lastGood).minus(SLACK));
        seen.put(subject, now);
        if (!added.isEmpty()) {
            doubts.put(subject, new Doubt(added, lastGood));
        }
        // What is version 1 was just granted, and is in the audit log already.
        boolean again = !added.isEmpty() && exemption.version() > 1;
        if (again || !lifted.isEmpty()) {
            audit.append(entry(
                    exemption,
                    Act.EXEMPTED_AGAIN,
                    again ? added : lifted,
                    (again ? "its entry was missing" : "")
                            + (lifted.isEmpty()
                                    ? ""
                                    : (again ? "; " : "") + "lifted the ban that came meanwhile in " + names(lifted)),
                    now));
        }
    }

    private List<Jail> lift(Exemption exemption, Set<Jail> jails, Instant since) {
        if (!(servers.bans(exemption.server(), exemption.address()) instanceof BanListing.Standing(var bans))) {
            return List.of();
        }
        return bans.stream()
                .filter(ban -> ban.id().equals(exemption.address()) && jails.contains(ban.jail()))
                .filter(ban -> ban.since().filter(at -> !at.isBefore(since)).isPresent())
                .map(Ban::jail)
                .filter(jail -> lifter.lift(exemption.server(), jail, exemption.address()) instanceof Lifting.Lifted)
                .toList();
    }

    private void end(Exemption exemption, IgnoreListing.Listed listed, Instant now, List<Undone> undone) {
        Set<Jail> takenOff = new TreeSet<>();
        List<Undone> left = new ArrayList<>();
        for (Step step : ExemptionDecider.steps(exemption, listed.entries(), now)) {
            Ignoring ignoring = exempting.heed(exemption.server(), step.jail(), exemption.address());
            if (ignoring instanceof Ignoring.Changed) {
                takenOff.add(step.jail());
            } else if (!(ignoring instanceof Ignoring.NotThere)) {
                left.add(new Undone(exemption.address(), step.jail(), words(ignoring)));
            }
        }
        undone.addAll(left);
        if (left.isEmpty()) {
            String result = takenOff.isEmpty() ? "no entry of ours was left" : "our entries are taken off";
            Changing _ = store.forget(exemption, entry(exemption, Act.EXEMPTION_OVER, takenOff, result, now));
            seen.remove(Subject.of(exemption));
            doubts.remove(Subject.of(exemption));
        }
    }

    /** Writes down whose a jail's entry is, before anything is done about it; empty where somebody changed it first. */
    private Optional<Exemption> written(Exemption from, Jail jail, Owner owner) {
        if (from.entries().get(jail) == owner) {
            return Optional.of(from);
        }
        Exemption to = from.with(jail, owner);
        return store.change(from, to, List.of()) instanceof Changing.Changed ? Optional.of(to) : Optional.empty();
    }

    private static AuditEntry entry(Exemption exemption, Act act, Collection<Jail> jails, String result, Instant now) {
        return new AuditEntry(
                now,
                Person.BOT,
                act,
                exemption.address().text(),
                Optional.of(exemption.request().value()),
                jails.stream()
                        .map(jail -> new AuditEntry.Where(exemption.server(), jail))
                        .toList(),
                "",
                result);
    }

    private static String names(Collection<Jail> jails) {
        return String.join(", ", jails.stream().map(Jail::name).toList());
    }

    private static String words(Ignoring ignoring) {
        return switch (ignoring) {
            case Ignoring.Changed _, Ignoring.StoodAlready _, Ignoring.NotThere _ -> "";
            case Ignoring.NotChanged(var words) -> words;
            case Fail2banSilent silent -> silent.words();
            case Unreachable _ -> "the server can't be reached";
        };
    }

    private static ServerRest.Kind kind(Obstacle obstacle) {
        return switch (obstacle) {
            case Obstacle.AtJumpHost at -> kind(at.there());
            case Obstacle.NotForwarded refused ->
                refused.reason() == Obstacle.NotForwarded.Reason.NOT_REACHED
                        ? ServerRest.Kind.MENDS_WITH_TIME
                        : ServerRest.Kind.NEEDS_A_PERSON;
            case Obstacle.NameUnknown _,
                    Obstacle.PortClosed _,
                    Obstacle.NoAnswer _,
                    Obstacle.TurnedAway _,
                    Obstacle.Broken _ -> ServerRest.Kind.MENDS_WITH_TIME;
            case Obstacle.LoginRefused _,
                    Obstacle.KeyUnusable _,
                    Obstacle.HostKeyUnknown _,
                    Obstacle.HostKeyChanged _,
                    Obstacle.HostKeyRevoked _ -> ServerRest.Kind.NEEDS_A_PERSON;
        };
    }
}
