package io.mailban.diagnosis;

import io.mailban.ban.Address;
import io.mailban.ban.Ban;
import io.mailban.known.Whose;
import java.time.Instant;
import java.util.Set;

/** Finds out why an address was banned: by the lines that fail2ban kept of the ban, else from the logs. Pure. */
public record Causes(Address address, Observation seen) {

    /** Why this ban was made. */
    public BanCause of(Ban ban) {
        // Neither whose the address is nor the time now has anything to do with it.
        Scene scene = new Scene(address, seen, new Whose.Unknown(Set.of()), Instant.EPOCH);
        return new KeptCauses(scene).of(ban).orElseGet(() -> new LogCauses(scene).of(ban));
    }
}
