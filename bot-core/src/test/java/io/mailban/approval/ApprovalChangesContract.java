package io.mailban.approval;

import static io.mailban.approval.SampleApprovals.ALICE;
import static io.mailban.approval.SampleApprovals.CAROL;
import static io.mailban.approval.SampleApprovals.NOON;
import static io.mailban.approval.SampleApprovals.fresh;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mailban.approval.ApprovalStore.Claiming;
import io.mailban.approval.ApprovalStore.Moving;
import io.mailban.audit.AuditEntry;
import io.mailban.audit.AuditLog;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every memory of requests does with votes, joiners, and a request that takes the place of another. */
public abstract class ApprovalChangesContract {
    static final Approval FIRST = fresh("aaaa0001", "203.0.113.7");

    /** An empty store, the same one throughout a test. */
    protected abstract ApprovalStore store();

    /** The log that the store writes to. */
    protected abstract AuditLog audit();

    @Test
    void votesAndJoinersComeBackInTheirOrder() {
        claim(FIRST);
        var joined = FIRST.joinedBy(new Signature(CAROL, NOON)).movedTo(new Stage.Requested());
        move(FIRST, FIRST.joinedBy(new Signature(CAROL, NOON)));
        var first = FIRST.joinedBy(new Signature(CAROL, NOON));
        var voted = first.votedOn(
                List.of(new Signature(CAROL, NOON), new Signature(ALICE, NOON.plusSeconds(1))), first.stage());
        assertThat(move(first, voted)).isEqualTo(new Moving.Moved(voted));
        assertThat(store().find(FIRST.id())).contains(voted);
        assertThat(joined.joiners()).isEqualTo(voted.joiners());

        var fewer = voted.votedOn(
                List.of(new Signature(ALICE, NOON.plusSeconds(1))),
                new Stage.Approved(SampleApprovals.carolsDecision()));
        move(voted, fewer);
        assertThat(store().find(FIRST.id())).contains(fewer);
        assertThatThrownBy(() -> move(fewer, fewer.votedOn(List.of(), fewer.stage())))
                .as("what was approved stays approved by the same people")
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> move(
                        fewer,
                        new Approval(
                                fewer.id(),
                                fewer.plan(),
                                fewer.requester(),
                                fewer.reason(),
                                fewer.device(),
                                fewer.requestedAt(),
                                fewer.expiresAt(),
                                fewer.follows(),
                                new Consent(9, fewer.consent().votes()),
                                fewer.joiners(),
                                fewer.stage(),
                                fewer.version() + 1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void oneRequestTakesThePlaceOfAnotherOfTheSamePlanInOneStep() {
        claim(FIRST);
        var over = FIRST.movedTo(replacedBy("aaaa0002"));
        var fresh = following("aaaa0002", FIRST);

        assertThat(store().replace(FIRST, over, entry("over"), fresh, entry("fresh")))
                .isEqualTo(new ApprovalStore.Replacing.Replaced(over, fresh));

        assertThat(store().find(FIRST.id())).contains(over);
        assertThat(store().open()).containsExactly(fresh);
        assertThat(audit().newest(2)).containsExactly(entry("fresh"), entry("over"));
    }

    @Test
    void nothingIsReplacedWhereSomebodyWasFirst() {
        claim(FIRST);
        var denied = FIRST.movedTo(new Stage.Denied(SampleApprovals.carolsDecision(), "no"));
        move(FIRST, denied);

        assertThat(store().replace(
                                FIRST,
                                FIRST.movedTo(replacedBy("aaaa0002")),
                                entry("over"),
                                following("aaaa0002", FIRST),
                                entry("fresh")))
                .isEqualTo(new ApprovalStore.Replacing.Overtaken(denied));

        assertThat(store().open()).isEmpty();
        assertThat(audit().newest(9)).hasSize(2);
    }

    @Test
    void nothingIsReplacedByWhatSomebodyElseAskedForAlready() {
        claim(FIRST);
        var other = fresh("aaaa0002", SampleApprovals.exemption(Duration.ofHours(2)), NOON);
        claim(other);

        assertThat(store().replace(
                                FIRST,
                                FIRST.movedTo(replacedBy("aaaa0003")),
                                entry("over"),
                                fresh("aaaa0003", other.plan(), NOON),
                                entry("fresh")))
                .isEqualTo(new ApprovalStore.Replacing.AlreadyOpen(other));

        assertThat(store().open()).containsExactly(FIRST, other);
        assertThat(audit().newest(9)).hasSize(2);
    }

    private static Stage replacedBy(String id) {
        return new Stage.Replaced(NOON, Stage.Replaced.Why.EMERGENCY, new ApprovalId(id), List.of());
    }

    private static Approval following(String id, Approval old) {
        return new Approval(
                new ApprovalId(id),
                old.plan(),
                CAROL,
                "again",
                old.device(),
                NOON,
                NOON.plusSeconds(60),
                Optional.of(old.id()),
                old.consent(),
                List.of(),
                new Stage.Requested(),
                1);
    }

    final Claiming claim(Approval fresh) {
        return store().claim(fresh, entry("claim " + fresh.id()));
    }

    final Moving move(Approval from, Approval to) {
        return store().move(from, to, entry("move " + from.id()));
    }

    static AuditEntry entry(String details) {
        return new AuditEntry(NOON, CAROL, AuditEntry.Act.REQUESTED, "203.0.113.7", details);
    }
}
