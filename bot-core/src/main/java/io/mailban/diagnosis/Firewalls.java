package io.mailban.diagnosis;

import io.mailban.ban.Ban;
import io.mailban.mailserver.FirewallSearch;
import io.mailban.mailserver.FirewallSearch.Entry;
import java.util.ArrayList;
import java.util.List;

/** Explains entries in the firewall that no ban stands behind. */
record Firewalls(Scene scene) {
    /** The chain of mailcow's own netfilter container, which bans beside fail2ban and unknown to it. */
    private static final String MAILCOW = "MAILCOW";

    List<Finding> findings() {
        if (!(scene.seen().firewall() instanceof FirewallSearch.Searched(var entries))) {
            return List.of();
        }
        List<Entry> own = new ArrayList<>();
        List<Entry> others = new ArrayList<>();
        entries.stream()
                .filter(entry -> isMailcows(entry) || !hasItsBan(entry))
                .forEach(entry -> (isMailcows(entry) ? others : own).add(entry));
        List<Finding> findings = new ArrayList<>();
        if (!own.isEmpty()) {
            findings.add(new Finding.LeftInFirewall(scene.address(), own));
        }
        if (!others.isEmpty()) {
            findings.add(new Finding.OtherFirewall(scene.address(), others));
        }
        return findings;
    }

    private static boolean isMailcows(Entry entry) {
        return entry.place().name().equals(MAILCOW);
    }

    /** Whether a jail holds the address, and the entry is that jail's or of a jail that its name doesn't tell. */
    private boolean hasItsBan(Entry entry) {
        return scene.bans().stream()
                .map(Ban::jail)
                .anyMatch(jail -> entry.jail().isEmpty() || entry.jail().get().equals(jail));
    }
}
