package io.mailban.chat;

import static io.mailban.approval.SampleApprovals.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.mailban.approval.Approval;
import io.mailban.approval.ApprovalId;
import io.mailban.approval.ApprovalStore;
import io.mailban.approval.SampleApprovals;
import io.mailban.approval.Stage;
import io.mailban.audit.AuditEntry;
import io.mailban.ban.Address;
import io.mailban.chat.PostedCards.Copy;
import io.mailban.chat.PostedCards.Shown;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every memory of posted cards does. */
public abstract class PostedCardsContract {
    private static final ApprovalId REQUEST = new ApprovalId("aaaa0001");
    private static final MessageRef IN_CHANNEL = new MessageRef(new Place("slack", "C01"), "1763812800.000100");
    private static final Shown ASKED = new Shown(1, 0);
    private static final Shown DECIDED = new Shown(3, 1);
    private static final MessageRef TO_CAROL = new MessageRef(new Place("slack", "D07"), "1763812801.000200");

    /** An empty memory, the same one throughout a test. */
    protected abstract PostedCards cards();

    /** The requests whose cards these are, none yet. */
    protected abstract ApprovalStore approvals();

    @Test
    void requestThatWasNeverShownHasNoCopies() {
        assertThat(cards().copies(REQUEST)).isEmpty();
    }

    @Test
    void copiesComeBackInTheOrderInWhichTheyWereAdded() {
        cards().add(REQUEST, TO_CAROL, ASKED);
        cards().add(REQUEST, IN_CHANNEL, ASKED);

        assertThat(copies(REQUEST)).containsExactly(TO_CAROL, IN_CHANNEL);
    }

    @Test
    void addingAMessageTwiceChangesNothing() {
        cards().add(REQUEST, TO_CAROL, ASKED);
        cards().add(REQUEST, IN_CHANNEL, ASKED);
        cards().add(REQUEST, TO_CAROL, ASKED);

        assertThat(copies(REQUEST)).containsExactly(TO_CAROL, IN_CHANNEL);
    }

    @Test
    void messagesThatDifferInOnePartAreDifferent() {
        var elsewhere = new MessageRef(new Place("discord", "C01"), IN_CHANNEL.id());
        var later = new MessageRef(IN_CHANNEL.place(), "1763812800.000101");
        cards().add(REQUEST, IN_CHANNEL, ASKED);
        cards().add(REQUEST, elsewhere, ASKED);
        cards().add(REQUEST, later, ASKED);

        assertThat(copies(REQUEST)).containsExactly(IN_CHANNEL, elsewhere, later);
    }

    @Test
    void requestsAreKeptApart() {
        cards().add(REQUEST, IN_CHANNEL, ASKED);
        cards().add(new ApprovalId("aaaa0002"), IN_CHANNEL, ASKED);
        cards().add(new ApprovalId("aaaa0002"), TO_CAROL, ASKED);

        assertThat(copies(REQUEST)).containsExactly(IN_CHANNEL);
    }

    @Test
    void aCopyShowsWhatItWasPostedWithUntilItIsMarkedAndNeverWhatIsOlder() {
        cards().add(REQUEST, IN_CHANNEL, ASKED);
        cards().add(REQUEST, TO_CAROL, ASKED);
        cards().shown(REQUEST, TO_CAROL, DECIDED);
        cards().shown(REQUEST, TO_CAROL, new Shown(2, 0));
        cards().add(REQUEST, TO_CAROL, ASKED);

        assertThat(cards().copies(REQUEST)).containsExactly(new Copy(IN_CHANNEL, ASKED), new Copy(TO_CAROL, DECIDED));
    }

    @Test
    void whatWasNeverAddedIsNotMarked() {
        cards().add(REQUEST, IN_CHANNEL, ASKED);
        cards().shown(REQUEST, TO_CAROL, DECIDED);
        cards().shown(new ApprovalId("aaaa0002"), IN_CHANNEL, DECIDED);

        assertThat(cards().copies(REQUEST)).containsExactly(new Copy(IN_CHANNEL, ASKED));
        assertThat(cards().copies(new ApprovalId("aaaa0002"))).isEmpty();
    }

    @Test
    void requestsThatHaveMovedOnFromOneOfTheirCopiesAreFoundOldestFirst() {
        Approval later = moved(open("aaaa0001", "203.0.113.7", NOON.plusSeconds(60)));
        Approval earlier = moved(open("aaaa0002", "203.0.113.8", NOON));
        Approval upToDate = moved(open("aaaa0003", "203.0.113.9", NOON));
        Approval before = moved(open("aaaa0004", "203.0.113.10", NOON.minusSeconds(1)));
        for (Approval approval : List.of(later, earlier, upToDate, before)) {
            cards().add(approval.id(), IN_CHANNEL, Shown.of(approval));
            cards().add(approval.id(), TO_CAROL, ASKED);
        }
        moved(open("aaaa0005", "203.0.113.11", NOON));
        cards().shown(upToDate.id(), TO_CAROL, Shown.of(upToDate));

        assertThat(cards().behind(NOON)).containsExactly(earlier.id(), later.id());
    }

    private List<MessageRef> copies(ApprovalId id) {
        return cards().copies(id).stream().map(Copy::message).toList();
    }

    private Approval open(String id, String address, Instant at) {
        Approval fresh = SampleApprovals.fresh(id, SampleApprovals.plan(Address.of(address)), at);
        assertThat(approvals().claim(fresh, entry())).isEqualTo(new ApprovalStore.Claiming.Claimed(fresh));
        return fresh;
    }

    private Approval moved(Approval approval) {
        Approval next = approval.movedTo(new Stage.Expired(NOON));
        assertThat(approvals().move(approval, next, entry())).isEqualTo(new ApprovalStore.Moving.Moved(next));
        return next;
    }

    private static AuditEntry entry() {
        return new AuditEntry(NOON, SampleApprovals.ALICE, AuditEntry.Act.REQUESTED, "203.0.113.7", "");
    }
}
