package io.mailban.exemption;

import io.mailban.access.Person;
import io.mailban.approval.ApprovalId;
import io.mailban.audit.AuditEntry;
import io.mailban.ban.Address;
import io.mailban.ban.Jail;
import io.mailban.ban.ServerName;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * An address that one server's fail2ban is to leave alone until then. Immutable; every change is a new one with the next
 * version. It is remembered until our entries are seen to be gone.
 *
 * @param until when it ends; in the past, its entries wait to be taken off
 * @param by who approved it last
 * @param request the request that it was approved by
 * @param reason the requester's words; not trusted
 * @param entries for each jail that was approved, whose entry keeps it from banning; no other jail is ever touched
 * @param version 1 when granted, then one more with each change; the store compares it
 */
public record Exemption(
        ServerName server,
        Address address,
        Instant from,
        Instant until,
        Person by,
        ApprovalId request,
        String reason,
        Map<Jail, Owner> entries,
        long version) {
    /** The order of lists. */
    public static final Comparator<Exemption> BY_SERVER_AND_ADDRESS =
            Comparator.comparing(Exemption::server).thenComparing(Exemption::address);

    /** Copies the map; jails in the order of their names. */
    public Exemption {
        entries = Collections.unmodifiableMap(new TreeMap<>(entries));
    }

    /** Whose entry in a jail's list it is. */
    public enum Owner {
        /** Ours: about to be added, or added. Taken off in the end. */
        OURS,
        /** It stood before ours, or a network around it did. Never touched. */
        OPERATORS,
        /** None that we know of: nobody looked yet, or the jail did not run when we did, and has forgotten what it had. */
        NOBODYS
    }

    /** The same with another owner of a jail's entry. */
    public Exemption with(Jail jail, Owner owner) {
        Map<Jail, Owner> changed = new TreeMap<>(entries);
        changed.put(jail, owner);
        return new Exemption(server, address, from, until, by, request, reason, changed, version + 1);
    }

    /** The same, ending then. */
    public Exemption endingAt(Instant end) {
        return new Exemption(server, address, from, end, by, request, reason, entries, version + 1);
    }

    /** Granted anew by what {@code fresh} says, in its jails too; whose entries there are is known as before. */
    public Exemption renewedBy(Exemption fresh) {
        Map<Jail, Owner> both = new TreeMap<>(fresh.entries);
        both.putAll(entries);
        return new Exemption(
                server, address, fresh.from, fresh.until, fresh.by, fresh.request, fresh.reason, both, version + 1);
    }

    /** Its jails, as the audit log names them. */
    public List<AuditEntry.Where> places() {
        return entries.keySet().stream()
                .map(jail -> new AuditEntry.Where(server, jail))
                .toList();
    }

    /** Whether it is still to be kept up. */
    public Phase phase(Instant now) {
        return now.isBefore(until) ? Phase.STANDING : Phase.ENDING;
    }

    /** Where in its life it is. */
    public enum Phase {
        /** fail2ban is to leave the address alone. */
        STANDING,
        /** Its time is over, and our entries have not been seen to be gone. */
        ENDING
    }
}
