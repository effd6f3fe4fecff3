package io.mailban.diagnosis;

import static java.util.stream.Collectors.toCollection;

import io.mailban.ban.Ban;
import io.mailban.ban.Jail;
import io.mailban.ban.Network;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Explains the bans that stand: the address's own, and those of networks around it. */
record Bans(Scene scene) {

    /** Why this ban was made: fail2ban's own record knows best. */
    static BanCause cause(Scene scene, Ban ban) {
        return new Causes(scene).of(ban);
    }

    List<Finding> findings(Optional<Finding.Delivery> delivery) {
        List<Finding> findings = new ArrayList<>();
        List<Ban> own = scene.bans().stream()
                .filter(ban -> ban.id().equals(scene.address()))
                .sorted(Comparator.comparing((Ban ban) -> ban.since().orElse(Instant.MAX))
                        .thenComparing(Ban::jail))
                .toList();
        if (!own.isEmpty()) {
            findings.add(banned(own, delivery));
        }
        for (Ban ban : scene.bans()) {
            if (ban.id() instanceof Network network && network.contains(scene.address())) {
                findings.add(new Finding.CoveredByNetwork(
                        scene.address(),
                        network,
                        ban,
                        scene.closedBy(List.of(ban)),
                        scene.mannerOf(List.of(ban)),
                        new Effects(scene).ofNetwork(ban),
                        scene.whose()));
            }
        }
        return findings;
    }

    private Finding banned(List<Ban> own, Optional<Finding.Delivery> delivery) {
        Map<Ban, BanCause> causes = new LinkedHashMap<>();
        own.forEach(ban -> causes.put(ban, cause(scene, ban)));
        Set<Jail> byHand = own.stream()
                .filter(ban -> causes.get(ban) instanceof BanCause.ByHand)
                .map(Ban::jail)
                .collect(toCollection(TreeSet::new));
        // What the client did says more than that somebody also typed a ban.
        BanCause leading = causes.values().stream()
                .filter(cause -> !(cause instanceof BanCause.ByHand || cause instanceof BanCause.NotInLogs))
                .findFirst()
                .orElseGet(() -> causes.values().iterator().next());
        List<Mark> marks = new ArrayList<>(new Effects(scene).of(own));
        marks.addAll(new Outlook(scene).marks(own, leading));
        if (!byHand.isEmpty()) {
            marks.add(new Mark.ByHand(byHand));
        }
        return new Finding.Banned(
                scene.address(),
                own,
                leading,
                scene.closedBy(own),
                scene.mannerOf(own),
                marks,
                scene.whose(),
                delivery);
    }
}
