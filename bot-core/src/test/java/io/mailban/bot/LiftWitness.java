package io.mailban.bot;

import static org.assertj.core.api.Assertions.assertThat;

import io.mailban.access.Role;
import io.mailban.approval.Approval;
import io.mailban.approval.ApprovalId;
import io.mailban.approval.Plan;
import io.mailban.approval.Stage;
import io.mailban.ban.Address;
import io.mailban.ban.Ban;
import io.mailban.ban.BannedId;
import io.mailban.ban.Jail;
import io.mailban.ban.ServerName;
import io.mailban.mailserver.Lifter;
import io.mailban.mailserver.Lifting;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Stands before the servers, and judges every order to lift by what the {@link RequestLedger} holds. */
final class LiftWitness implements Lifter {
    private final RequestWorld world;
    private final Set<String> done = new HashSet<>();
    private @Nullable ApprovalId current;
    private int lifts;

    LiftWitness(RequestWorld world) {
        this.world = world;
    }

    int lifts() {
        return lifts;
    }

    /** Whatever is lifted meanwhile is lifted for this request. */
    void during(ApprovalId request, Runnable work) {
        current = request;
        try {
            work.run();
        } finally {
            current = null;
        }
    }

    @Override
    public Lifting lift(ServerName server, Jail jail, BannedId id) {
        if (current == null) {
            throw new AssertionError("a lift of " + id.text() + " that belongs to no request");
        }
        ApprovalId request = current;
        Approval approval = world.store.find(request).orElseThrow();
        Plan.Step step = approval.plan().steps().stream()
                .filter(one -> one.server().equals(server) && one.jail().equals(jail))
                .findFirst()
                .orElseThrow(() -> new AssertionError(server + " " + jail + " is no step of " + approval));
        assertThat(approval.plan().target()).isEqualTo(id);
        assertThat(approval.stage()).isInstanceOf(Stage.Running.class);
        assertThat(world.clock.instant()).as("lifted after it ended").isBefore(approval.expiresAt());
        assertThat(world.ledger.wasEnded(request))
                .as("lifted though denied or withdrawn")
                .isFalse();
        Optional<Ban> held = world.servers.held(server, jail, id);
        Lifting lifting = world.servers.lift(server, jail, id);
        if (lifting instanceof Lifting.Lifted) {
            judge(approval, step, held.orElseThrow());
        }
        return lifting;
    }

    private void judge(Approval approval, Plan.Step step, Ban lifted) {
        lifts++;
        assertThat(done.add(approval.id() + " " + step.place()))
                .as("lifted twice for one request: %s", approval)
                .isTrue();
        if (!(lifted.id() instanceof Address) || world.servers.isByHand(lifted)) {
            assertThat(lifted.since().orElseThrow())
                    .as("a ban that a person made after it was shown: %s", approval)
                    .isEqualTo(step.since().orElseThrow());
        }
        if (world.ledger.isOrdered(approval.id())) {
            assertThat(world.may(approval.requester(), Role.APPROVER))
                    .as("an emergency by one who may no more")
                    .isTrue();
            return;
        }
        assertThat(world.may(approval.requester(), Role.REQUESTER)
                        || (approval.follows().isPresent() && world.may(approval.requester(), Role.APPROVER)))
                .as("for one who may no more: %s", approval)
                .isTrue();
        boolean wide = !(lifted.id() instanceof Address)
                || approval.plan().steps().stream().anyMatch(one -> one.jail().equals(Jail.RECIDIVE))
                || world.servers.isByHand(lifted);
        Set<String> people = wide ? world.ledger.yesOrRequestTo(approval.id()) : world.ledger.yesTo(approval.id());
        assertThat(people).as("people who said yes to %s", approval).hasSizeGreaterThanOrEqualTo(wide ? 2 : 1);
        long still = people.stream()
                .filter(human -> RequestWorld.PEOPLE.stream()
                        .anyMatch(one -> RequestLedger.human(one).equals(human) && world.may(one, Role.APPROVER)))
                .count();
        assertThat(still).as("of whom may still: %s", approval).isGreaterThanOrEqualTo(wide ? 2 : 1);
    }
}
