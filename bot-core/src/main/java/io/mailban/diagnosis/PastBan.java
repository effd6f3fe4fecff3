package io.mailban.diagnosis;

import io.mailban.ban.Address;
import io.mailban.ban.Ban;

/** A ban that was made some time ago, and the lines around it. Pure. */
public record PastBan(Address address, Ban ban, Observation seen) {

    /** Why it was made, by the same rules as for one that stands. */
    public BanCause cause() {
        return new Causes(address, seen).of(ban);
    }
}
