package io.mailban.diagnosis;

import io.mailban.ban.Address;
import io.mailban.ban.Ban;
import io.mailban.known.Whose;
import java.time.Instant;
import java.util.Set;

/** Why the bans of an address were made: from fail2ban's database where it was read, else from the logs. Pure. */
public final class Causes {
    private final Scene scene;

    /** Finds them in what a server answered about the address by {@code now}. */
    public Causes(Address address, Observation seen, Instant now) {
        this(new Scene(address, seen, new Whose.Unknown(Set.of()), now));
    }

    Causes(Scene scene) {
        this.scene = scene;
    }

    /** Why this ban was made. */
    public BanCause of(Ban ban) {
        return new KeptCauses(scene).of(ban).orElseGet(() -> new LogCauses(scene).of(ban));
    }
}
