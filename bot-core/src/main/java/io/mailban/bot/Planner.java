package io.mailban.bot;

import io.mailban.approval.Plan;
import io.mailban.approval.Stage;
import io.mailban.approval.UnbanPlan;
import io.mailban.ban.Address;
import io.mailban.ban.Ban;
import io.mailban.ban.BannedId;
import io.mailban.ban.Network;
import io.mailban.ban.OtherId;
import io.mailban.ban.ServerName;
import io.mailban.mailserver.BanListing;
import io.mailban.mailserver.Fail2banSilent;
import io.mailban.mailserver.MailServers;
import io.mailban.mailserver.Unreachable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads which bans stand, and plans what it takes to lift them. Thread-safe. */
final class Planner {
    /** fail2ban counts in whole seconds, and a clock that differs from ours is known to a fraction of one. */
    private static final Duration SLACK = Duration.ofSeconds(2);

    private final MailServers servers;
    private final Origins origins;
    private final Absence absence;

    Planner(MailServers servers, Origins origins, Absence absence) {
        this.servers = servers;
        this.origins = origins;
        this.absence = absence;
    }

    /** Which jails hold the target now, on one server or on all. */
    Unbans.Planning plan(BannedId target, Optional<ServerName> server) {
        Map<ServerName, BanListing> listings = at(server.map(List::of).orElseGet(servers::names), target);
        List<Plan.Step> steps = new ArrayList<>();
        List<Ban> around = new ArrayList<>();
        List<BanListing> silent = new ArrayList<>();
        listings.forEach((name, listing) -> {
            switch (listing) {
                case BanListing.Standing(var bans) -> {
                    steps.addAll(origins.steps(name, target, own(bans, target)));
                    bans.stream()
                            .filter(ban -> !ban.id().equals(target) && touches(target, ban.id()))
                            .forEach(around::add);
                }
                case Fail2banSilent _, Unreachable _ -> silent.add(listing);
            }
        });
        return steps.isEmpty()
                ? new Unbans.Planning.NothingToLift(target, around, silent)
                : new Unbans.Planning.Planned(new UnbanPlan(target, steps), silent);
    }

    /** Whether the one lies within the other: a network around an address, or an address inside a network. */
    private static boolean touches(BannedId target, BannedId banned) {
        return (target instanceof Address address && banned.covers(address))
                || (target instanceof Network network && banned instanceof Address inside && network.contains(inside));
    }

    /** What the servers of some steps hold, all asked at once. */
    Map<ServerName, BanListing> listings(List<Plan.Step> steps, BannedId target) {
        return at(steps.stream().map(Plan.Step::server).distinct().toList(), target);
    }

    private Map<ServerName, BanListing> at(List<ServerName> where, BannedId target) {
        return Everywhere.ask(where, server -> listing(server, target));
    }

    BanListing listing(ServerName server, BannedId target) {
        return switch (target) {
            case Address address -> servers.bans(server, address);
            case Network _, OtherId _ -> servers.bans(server);
        };
    }

    /**
     * Whether every server of the plan answered, and none holds any of its bans, nor will hold it again when it has
     * started. Blocks for a second look where no database tells.
     */
    boolean isGoneForGood(UnbanPlan plan, Map<ServerName, BanListing> listings) throws InterruptedException {
        if (!isGone(plan, listings)) {
            return false;
        }
        Set<Absence.Told> told = plan.steps().stream()
                .map(step -> absence.of(step, plan.target()))
                .collect(Collectors.toSet());
        if (told.contains(Absence.Told.COMES_BACK) || !told.contains(Absence.Told.NOTHING)) {
            return !told.contains(Absence.Told.COMES_BACK);
        }
        absence.pause();
        return isGone(plan, listings(plan.steps(), plan.target()));
    }

    private static boolean isGone(UnbanPlan plan, Map<ServerName, BanListing> listings) {
        return plan.steps().stream()
                .allMatch(step -> listings.get(step.server()) instanceof BanListing.Standing(var bans)
                        && held(bans, step, plan.target()).isEmpty());
    }

    /**
     * What it would take now to do what the plan was to do, if that is more than the plan shows: another jail of its
     * servers holds the target, or it was banned anew after it was shown, by a person or since the plan was begun. Empty where the plan still says it all; a
     * server that is silent has nothing to add.
     */
    Optional<UnbanPlan> outgrown(UnbanPlan plan, Stage stage, Map<ServerName, BanListing> listings) {
        boolean more = listings.entrySet().stream()
                .anyMatch(entry -> entry.getValue() instanceof BanListing.Standing(var bans)
                        && own(bans, plan.target()).stream().anyMatch(ban -> isMore(ban, entry.getKey(), plan, stage)));
        if (!more) {
            return Optional.empty();
        }
        List<Plan.Step> steps = new ArrayList<>();
        listings.forEach((server, listing) -> {
            switch (listing) {
                case BanListing.Standing(var bans) ->
                    steps.addAll(origins.steps(server, plan.target(), own(bans, plan.target())));
                case Fail2banSilent _, Unreachable _ ->
                    plan.steps().stream()
                            .filter(step -> step.server().equals(server))
                            .forEach(steps::add);
            }
        });
        return Optional.of(new UnbanPlan(plan.target(), steps));
    }

    private boolean isMore(Ban ban, ServerName server, UnbanPlan plan, Stage stage) {
        return plan.steps().stream()
                .filter(step -> step.server().equals(server) && step.jail().equals(ban.jail()))
                .findFirst()
                .map(step -> isNewer(ban, step) && (hasBegun(stage) || isByAPerson(ban, server)))
                .orElse(true);
    }

    private static boolean isNewer(Ban ban, Plan.Step step) {
        return step.since().isPresent()
                && ban.since().isPresent()
                && ban.since().get().isAfter(step.since().get().plus(SLACK));
    }

    /** Then the ban that was shown may be lifted already, unknown to us, and this one be another. */
    private static boolean hasBegun(Stage stage) {
        return !(stage instanceof Stage.Approved);
    }

    /** No jail bans a network by itself. */
    private boolean isByAPerson(Ban ban, ServerName server) {
        return switch (ban.id()) {
            case Address address -> origins.of(server, address, ban) == Plan.Origin.BY_HAND;
            case Network _, OtherId _ -> true;
        };
    }

    /** The ban that a step is about, where it stands. */
    static Optional<Ban> held(List<Ban> bans, Plan.Step step, BannedId target) {
        return own(bans, target).stream()
                .filter(ban -> ban.jail().equals(step.jail()))
                .findFirst();
    }

    private static List<Ban> own(List<Ban> bans, BannedId target) {
        return bans.stream().filter(ban -> ban.id().equals(target)).toList();
    }
}
