package io.mailban.approval;

import io.mailban.approval.Plan.Origin;
import io.mailban.ban.Address;
import io.mailban.ban.Jail;
import io.mailban.ban.Network;
import io.mailban.ban.OtherId;

/** How far a plan reaches, and so how many people it takes. */
public enum Tier {
    /** A ban of a single address that fail2ban made: the device with the old password. */
    SINGLE,
    /** A network, recidive, a ban that somebody made by hand, or an exemption. */
    WIDE;

    /** Of a plan; a ban of which nobody can tell who made it counts as fail2ban's, which the card says. */
    public static Tier of(Plan plan) {
        return switch (plan) {
            case ExemptPlan _ -> WIDE;
            case UnbanPlan unban ->
                switch (unban.target()) {
                    case Network _, OtherId _ -> WIDE;
                    case Address _ -> unban.steps().stream().anyMatch(Tier::isWide) ? WIDE : SINGLE;
                };
        };
    }

    private static boolean isWide(Plan.Step step) {
        return step.jail().equals(Jail.RECIDIVE) || step.origin() == Origin.BY_HAND;
    }
}
