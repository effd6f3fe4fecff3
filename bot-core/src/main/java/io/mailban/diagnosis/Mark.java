package io.mailban.diagnosis;

import io.mailban.ban.AddressScope;
import io.mailban.ban.Jail;
import io.mailban.ban.Mailbox;
import io.mailban.maillog.Protocol;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** What is out of the ordinary about a ban. */
public sealed interface Mark {

    /**
     * It has no effect: the address came through since, on ports that the ban should have closed.
     *
     * @param times how often
     * @param last when, the last time
     */
    record StillGetsThrough(int times, Protocol protocol, Instant last) implements Mark {}

    /** It has no effect: the firewall was read, and has no entry for it. */
    record NotInFirewall() implements Mark {}

    /** It ends by itself within minutes. */
    record EndsSoon(Instant until) implements Mark {}

    /** {@code bans} of the {@code maxRetry} within {@code findTime} that make a ban by recidive, a long one. */
    record NearRecidive(int bans, int maxRetry, Duration findTime) implements Mark {}

    /** In these jails somebody typed it. */
    record ByHand(Set<Jail> jails) implements Mark {
        /** Copies the set. */
        public ByHand {
            jails = Set.copyOf(jails);
        }
    }

    /**
     * A device keeps sending what got it banned.
     *
     * @param every how often it tries, where that is even
     * @param bans how often the same jails banned it within a day, this ban included
     */
    record ComesBack(Optional<Duration> every, int bans) implements Mark {}

    /**
     * Many share the address: it is a gateway's, a proxy's or the server's own, or these mailboxes logged in from it.
     *
     * @param scope anything but {@link AddressScope#PUBLIC} is no client's own
     */
    record SharedByMany(AddressScope scope, Set<Mailbox> mailboxes) implements Mark {
        /** Copies the set. */
        public SharedByMany {
            mailboxes = Set.copyOf(mailboxes);
        }
    }
}
