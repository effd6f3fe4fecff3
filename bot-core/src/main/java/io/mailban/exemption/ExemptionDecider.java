package io.mailban.exemption;

import io.mailban.ban.BannedId;
import io.mailban.ban.Jail;
import io.mailban.exemption.Exemption.Owner;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Decides what to do about an exemption, from what fail2ban's jails exempt now. Pure; thread-safe. */
public final class ExemptionDecider {
    private ExemptionDecider() {}

    /** One thing to do. */
    public sealed interface Step {
        /** The jail that it is about. */
        Jail jail();

        /** Write down that the entry is ours, then add it. */
        record Add(Jail jail) implements Step {}

        /** Write down whose it is: nothing has to be changed in fail2ban. */
        record Note(Jail jail, Owner owner) implements Step {}

        /** Take our entry off. */
        record TakeOff(Jail jail) implements Step {}
    }

    /**
     * What there is to do; nothing where all is as it should be. An exemption that is {@linkplain Exemption.Phase#ENDING
     * ending} is over when all that this names has been done.
     *
     * @param ignored the entries of every running jail, as they are now
     */
    public static List<Step> steps(Exemption exemption, Map<Jail, List<BannedId>> ignored, Instant now) {
        List<Step> steps = new ArrayList<>();
        switch (exemption.phase(now)) {
            case STANDING -> {
                ignored.forEach((jail, entries) -> keepUp(exemption, jail, entries, steps));
                exemption.entries().forEach((jail, owner) -> {
                    if (!ignored.containsKey(jail) && owner != Owner.NOBODYS) {
                        steps.add(new Step.Note(jail, Owner.NOBODYS));
                    }
                });
            }
            case ENDING ->
                ignored.forEach((jail, entries) -> {
                    if (exemption.entries().get(jail) == Owner.OURS && entries.contains(exemption.address())) {
                        steps.add(new Step.TakeOff(jail));
                    }
                });
        }
        return steps;
    }

    private static void keepUp(Exemption exemption, Jail jail, List<BannedId> entries, List<Step> steps) {
        boolean exact = entries.contains(exemption.address());
        boolean covered = entries.stream().anyMatch(entry -> entry.covers(exemption.address()));
        Owner owner = exemption.entries().getOrDefault(jail, Owner.NOBODYS);
        switch (owner) {
            case OURS -> {
                if (!covered) {
                    steps.add(new Step.Add(jail));
                } else if (!exact) {
                    // fail2ban started anew without ours, and with the operator's network.
                    steps.add(new Step.Note(jail, Owner.OPERATORS));
                }
            }
            case OPERATORS, NOBODYS -> {
                if (!covered) {
                    steps.add(new Step.Add(jail));
                } else if (owner == Owner.NOBODYS) {
                    steps.add(new Step.Note(jail, Owner.OPERATORS));
                }
            }
        }
    }
}
