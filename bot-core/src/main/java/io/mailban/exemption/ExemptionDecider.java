package io.mailban.exemption;

import io.mailban.ban.Address;
import io.mailban.ban.BannedId;
import io.mailban.ban.Jail;
import io.mailban.exemption.Exemption.Owner;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
        Exemption.Phase phase = exemption.phase(now);
        exemption.entries().forEach((jail, owner) -> {
            Optional<List<BannedId>> entries = Optional.ofNullable(ignored.get(jail));
            switch (phase) {
                case STANDING ->
                    keepUp(exemption.address(), jail, owner, entries).ifPresent(steps::add);
                case ENDING -> {
                    boolean there = entries.isPresent() && entries.get().contains(exemption.address());
                    if (there && owner == Owner.OURS) {
                        steps.add(new Step.TakeOff(jail));
                    }
                }
            }
        });
        return steps;
    }

    private static Optional<Step> keepUp(Address address, Jail jail, Owner owner, Optional<List<BannedId>> running) {
        if (running.isEmpty()) {
            return owner == Owner.NOBODYS ? Optional.empty() : Optional.of(new Step.Note(jail, Owner.NOBODYS));
        }
        List<BannedId> entries = running.get();
        if (entries.stream().noneMatch(entry -> entry.covers(address))) {
            return Optional.of(new Step.Add(jail));
        }
        // An entry that we never wrote down stood before ours. And where ours is gone and a network covers the address,
        // fail2ban started anew with that network.
        boolean theirs = owner == Owner.NOBODYS || (owner == Owner.OURS && !entries.contains(address));
        return theirs ? Optional.of(new Step.Note(jail, Owner.OPERATORS)) : Optional.empty();
    }
}
