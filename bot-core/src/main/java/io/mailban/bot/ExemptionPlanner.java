package io.mailban.bot;

import io.mailban.approval.ExemptPlan;
import io.mailban.approval.Plan;
import io.mailban.approval.Plan.Origin;
import io.mailban.approval.Plan.Step;
import io.mailban.ban.Address;
import io.mailban.ban.Ban;
import io.mailban.ban.Jail;
import io.mailban.ban.ServerName;
import io.mailban.exemption.Exemption;
import io.mailban.exemption.Exemption.Owner;
import io.mailban.exemption.ExemptionStore;
import io.mailban.mailserver.BanListing;
import io.mailban.mailserver.Exempting;
import io.mailban.mailserver.Fail2banSilent;
import io.mailban.mailserver.IgnoreListing;
import io.mailban.mailserver.MailServers;
import io.mailban.mailserver.Unreachable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Plans exemptions: one step for each jail that runs on each server, recidive among them, since the next ban of any of
 * them would keep the address out. Jails that exempt it by an operator's own entry are left out. Thread-safe.
 */
public final class ExemptionPlanner {
    private final MailServers servers;
    private final Exempting exempting;
    private final Origins origins;
    private final ExemptionStore store;
    private final Duration longest;

    /**
     * Asks these.
     *
     * @param longest no exemption is planned for longer
     */
    public ExemptionPlanner(
            MailServers servers, Exempting exempting, Origins origins, ExemptionStore store, Duration longest) {
        this.servers = servers;
        this.exempting = exempting;
        this.origins = origins;
        this.store = store;
        this.longest = longest;
    }

    /** What there is to exempt. */
    public sealed interface Planning {
        /** Something; {@code silent} could not be asked and are no part of the plan. */
        record Planned(ExemptPlan plan, List<BanListing> silent) implements Planning {
            /** Copies the list. */
            public Planned {
                silent = List.copyOf(silent);
            }
        }

        /** Nothing: every jail of the servers that answered exempts it already, and not by us. */
        record ExemptAlready(Address address, List<BanListing> silent) implements Planning {
            /** Copies the list. */
            public ExemptAlready {
                silent = List.copyOf(silent);
            }
        }

        /** It would be for longer than is allowed. */
        record TooLong(Duration asked, Duration longest) implements Planning {}
    }

    private record Seen(BanListing bans, IgnoreListing ignored) {}

    /** Looks at one server, or at all of them. */
    public Planning plan(Address address, Duration length, Optional<ServerName> server) {
        if (length.compareTo(longest) > 0) {
            return new Planning.TooLong(length, longest);
        }
        List<ServerName> asked = server.map(List::of).orElseGet(servers::names);
        Map<ServerName, Seen> seen =
                Everywhere.ask(asked, one -> new Seen(servers.bans(one, address), exempting.ignored(one)));
        List<Step> steps = new ArrayList<>();
        List<BanListing> silent = new ArrayList<>();
        seen.forEach((one, listings) -> {
            switch (listings.ignored()) {
                case IgnoreListing.Listed listed -> {
                    if (listings.bans() instanceof BanListing.Standing(var standing)) {
                        steps.addAll(steps(one, address, listed, standing));
                    } else {
                        silent.add(listings.bans());
                    }
                }
                case Fail2banSilent quiet -> silent.add(quiet);
                case Unreachable away -> silent.add(away);
            }
        });
        return steps.isEmpty()
                ? new Planning.ExemptAlready(address, silent)
                : new Planning.Planned(new ExemptPlan(address, length, steps), silent);
    }

    private List<Step> steps(ServerName server, Address address, IgnoreListing.Listed listed, List<Ban> standing) {
        Map<Jail, Owner> known = store.all().stream()
                .filter(one -> one.server().equals(server) && one.address().equals(address))
                .findFirst()
                .map(Exemption::entries)
                .orElse(Map.of());
        List<Step> lifts = origins.steps(
                server,
                address,
                standing.stream().filter(ban -> ban.id().equals(address)).toList());
        List<Step> steps = new ArrayList<>();
        listed.entries().forEach((jail, entries) -> {
            Optional<Step> lift =
                    lifts.stream().filter(step -> step.jail().equals(jail)).findFirst();
            boolean theirs = entries.stream().anyMatch(entry -> entry.covers(address)) && known.get(jail) != Owner.OURS;
            if (lift.isPresent() || !theirs) {
                steps.add(lift.orElseGet(() -> new Plan.Step(server, jail, Origin.NO_BAN, Optional.empty())));
            }
        });
        return steps;
    }
}
