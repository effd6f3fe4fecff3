package io.mailban.bot;

import static java.util.stream.Collectors.toMap;

import io.mailban.access.Person;
import io.mailban.approval.Approval;
import io.mailban.approval.ExemptPlan;
import io.mailban.approval.Plan;
import io.mailban.approval.Stage;
import io.mailban.approval.Stage.StepResult;
import io.mailban.approval.Stage.StepResult.Outcome;
import io.mailban.audit.AuditEntry;
import io.mailban.audit.AuditEntry.Act;
import io.mailban.ban.Address;
import io.mailban.ban.Jail;
import io.mailban.ban.ServerName;
import io.mailban.exemption.Exemption;
import io.mailban.exemption.Exemption.Owner;
import io.mailban.exemption.Exemption.Phase;
import io.mailban.exemption.ExemptionStore;
import io.mailban.exemption.ExemptionStore.Changing;
import io.mailban.restraint.Mode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Grants exemptions, keeps them up while they stand and ends them in time: looks at every server that has one every few
 * seconds, and less often where it can't be asked. What is to be is on disk first, so that whoever opens the store after a
 * crash goes on. Thread-safe.
 */
public final class ExemptionKeeper implements Exemptions {
    private static final System.Logger LOG = System.getLogger(ExemptionKeeper.class.getName());

    /** How long fail2ban may have forgotten an entry before somebody notices. */
    private static final Duration PACE = Duration.ofSeconds(5);

    private final ExemptionStore store;
    private final ExemptionTender tender;
    private final Restraint restraint;
    private final Pauses pauses;
    private final InstantSource clock;
    private final Map<ServerName, ReentrantLock> turns = new ConcurrentHashMap<>();
    private final Map<ServerName, ServerRest> resting = new ConcurrentHashMap<>();

    /** Works on these. */
    public ExemptionKeeper(
            ExemptionStore store, ExemptionTender tender, Restraint restraint, Pauses pauses, InstantSource clock) {
        this.store = store;
        this.tender = tender;
        this.restraint = restraint;
        this.pauses = pauses;
        this.clock = clock;
    }

    /** What came of ending an exemption. */
    public sealed interface Ending {
        /** No such exemption stands. */
        record NoneStands() implements Ending {}

        /** These are ended; for those that {@code waiting} still lists, the server could not be asked yet. */
        record Ended(List<Exemption> ended, List<Exemption> waiting) implements Ending {
            /** Copies the lists. */
            public Ended {
                ended = List.copyOf(ended);
                waiting = List.copyOf(waiting);
            }
        }
    }

    /** All that are not over, by server and address. */
    public List<Exemption> all() {
        return store.all();
    }

    /** By server, what stands in the way of looking after its exemptions, in words for people. */
    public Map<ServerName, String> troubles() {
        Map<ServerName, String> troubles = new TreeMap<>();
        resting.forEach((server, rest) -> troubles.put(server, rest.words()));
        return troubles;
    }

    @Override
    public StepResult exempt(Approval approval, ExemptPlan plan, Plan.Step step) {
        ServerName server = step.server();
        if (restraint.mode() instanceof Mode.ReadOnly) {
            return StepResult.heldBack(server, step.jail());
        }
        Instant now = clock.instant();
        Stage.Decision decision = decision(approval);
        Instant until = decision.at().plus(plan.length());
        if (!now.isBefore(until)) {
            return new StepResult(
                    server, step.jail(), Outcome.NOT_EXEMPTED, "its time was over before the server could be told");
        }
        Exemption fresh = new Exemption(
                server,
                plan.target(),
                decision.at(),
                until,
                decision.by(),
                approval.id(),
                approval.reason(),
                jails(plan, server),
                1);
        return inTurn(server, () -> {
            Exemption granted = store.grant(
                    fresh,
                    new AuditEntry(
                            now,
                            decision.by(),
                            Act.EXEMPTED,
                            plan.target().text(),
                            Optional.of(approval.id().value()),
                            fresh.places(),
                            approval.reason(),
                            "until " + until.truncatedTo(ChronoUnit.SECONDS)));
            return tended(granted, step.jail());
        });
    }

    private StepResult tended(Exemption granted, Jail jail) {
        ServerName server = granted.server();
        return switch (tend(server)) {
            case ExemptionTender.Tending.Silent silent ->
                new StepResult(server, jail, Outcome.NOT_TOLD, silent.words());
            case ExemptionTender.Tending.Tended(var undone) -> {
                Optional<String> words = undone.stream()
                        .filter(one -> one.address().equals(granted.address())
                                && one.jail().equals(jail))
                        .map(ExemptionTender.Undone::words)
                        .findFirst()
                        .or(() -> entry(granted, jail) == Owner.NOBODYS
                                ? Optional.of("the jail does not run")
                                : Optional.empty());
                yield new StepResult(
                        server, jail, words.isEmpty() ? Outcome.EXEMPTED : Outcome.NOT_EXEMPTED, words.orElse(""));
            }
        };
    }

    private Owner entry(Exemption granted, Jail jail) {
        return store.all().stream()
                .filter(one ->
                        one.server().equals(granted.server()) && one.address().equals(granted.address()))
                .map(one -> one.entries().getOrDefault(jail, Owner.NOBODYS))
                .findFirst()
                .orElse(Owner.NOBODYS);
    }

    /** Ends exemptions of an address before their time, on one server or on all. */
    public Ending end(Address address, Optional<ServerName> where, Person by) {
        Instant now = clock.instant();
        List<Exemption> ended = store.all().stream()
                .filter(one -> one.address().equals(address) && one.phase(now) == Phase.STANDING)
                .filter(one -> where.isEmpty() || where.get().equals(one.server()))
                .filter(one -> store.change(one, one.endingAt(now), List.of(cutShort(one, by, now)))
                        instanceof Changing.Changed)
                .toList();
        if (ended.isEmpty()) {
            return new Ending.NoneStands();
        }
        ended.forEach(one -> inTurn(one.server(), () -> tend(one.server())));
        List<Exemption> left = store.all();
        return new Ending.Ended(
                ended,
                ended.stream()
                        .filter(one -> left.stream()
                                .anyMatch(other -> other.server().equals(one.server())
                                        && other.address().equals(address)))
                        .toList());
    }

    /** Looks after all exemptions until the thread is interrupted. */
    public void keep() {
        try {
            while (true) {
                pass();
                pauses.pause(PACE);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /** Looks after all of them once; the servers don't wait for each other. */
    public void pass() {
        try {
            Instant now = clock.instant();
            List<ServerName> due = store.all().stream()
                    .map(Exemption::server)
                    .distinct()
                    .filter(server -> Optional.ofNullable(resting.get(server))
                            .map(rest -> !now.isBefore(rest.until()))
                            .orElse(true))
                    .toList();
            var _ = Everywhere.ask(due, server -> inTurn(server, () -> tend(server)));
        } catch (RuntimeException fault) {
            // The next look comes in seconds; this thread must be there for it.
            LOG.log(System.Logger.Level.ERROR, "could not look after exemptions", fault);
        }
    }

    private ExemptionTender.Tending tend(ServerName server) {
        List<Exemption> here =
                store.all().stream().filter(one -> one.server().equals(server)).toList();
        ExemptionTender.Tending tending = tender.tend(server, here, restraint.mode());
        switch (tending) {
            case ExemptionTender.Tending.Tended(var undone) -> {
                if (undone.isEmpty()) {
                    resting.remove(server);
                } else {
                    rest(server, undone.getFirst().words(), ServerRest.Kind.MENDS_WITH_TIME);
                }
            }
            case ExemptionTender.Tending.Silent(var words, var kind) -> rest(server, words, kind);
        }
        return tending;
    }

    private void rest(ServerName server, String words, ServerRest.Kind kind) {
        resting.compute(server, (_, before) -> ServerRest.after(before, words, kind, clock.instant()));
    }

    private <T> T inTurn(ServerName server, Supplier<T> work) {
        ReentrantLock turn = turns.computeIfAbsent(server, _ -> new ReentrantLock());
        turn.lock();
        try {
            return work.get();
        } finally {
            turn.unlock();
        }
    }

    private static AuditEntry cutShort(Exemption exemption, Person by, Instant now) {
        return new AuditEntry(
                now,
                by,
                Act.EXEMPTION_CUT_SHORT,
                exemption.address().text(),
                Optional.of(exemption.request().value()),
                exemption.places(),
                "",
                "was until " + exemption.until().truncatedTo(ChronoUnit.SECONDS));
    }

    private static Stage.Decision decision(Approval approval) {
        if (approval.stage() instanceof Stage.Running running) {
            return running.decision();
        }
        throw new IllegalArgumentException("request " + approval.id() + " is not being run: " + approval.stage());
    }

    private static Map<Jail, Owner> jails(ExemptPlan plan, ServerName server) {
        return plan.steps().stream()
                .filter(step -> step.server().equals(server))
                .collect(toMap(Plan.Step::jail, _ -> Owner.NOBODYS));
    }
}
