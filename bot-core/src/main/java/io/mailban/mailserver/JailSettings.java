package io.mailban.mailserver;

import io.mailban.ban.Address;
import io.mailban.ban.BannedId;
import io.mailban.ban.Jail;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How a jail is set, as fail2ban runs it now.
 *
 * @param maxRetry how many failures within {@code findTime} make a ban
 * @param banTime how long a ban lasts; empty where bans never end
 * @param closes what its actions close
 * @param manner how they do it
 * @param exempt {@code ignoreip}: addresses, networks, and host names as other text
 */
public record JailSettings(
        Jail jail,
        int maxRetry,
        Duration findTime,
        Optional<Duration> banTime,
        Closes closes,
        Manner manner,
        List<BannedId> exempt) {
    /** Copies the list. */
    public JailSettings {
        exempt = List.copyOf(exempt);
    }

    /** Whether {@code ignoreip} names the address or a network around it. */
    public boolean exempts(Address address) {
        return exempt.stream().anyMatch(id -> id.covers(address));
    }

    /** What a ban closes for the banned address. */
    public sealed interface Closes {
        /** These ports, in ascending order; names are resolved ({@code imaps} is 993). */
        record Ports(List<Integer> ports) implements Closes {
            /** Copies the list. */
            public Ports {
                ports = List.copyOf(ports);
            }
        }

        /** Every port. */
        record Everything() implements Closes {}

        /** The jail has no action that closes anything, or none that can be read. */
        record NothingKnown() implements Closes {}
    }

    /** What a banned client notices. */
    public enum Manner {
        /** It is refused at once ({@code reject}). */
        REFUSES,
        /** It hears nothing and hangs ({@code drop}). */
        SILENT,
        /** The actions don't tell, or tell different things. */
        UNKNOWN
    }
}
