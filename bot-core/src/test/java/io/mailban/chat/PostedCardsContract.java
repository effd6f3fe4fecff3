package io.mailban.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.mailban.approval.ApprovalId;
import org.junit.jupiter.api.Test;

/** What every memory of posted cards does. */
public abstract class PostedCardsContract {
    private static final ApprovalId REQUEST = new ApprovalId("aaaa0001");
    private static final MessageRef IN_CHANNEL = new MessageRef(new Place("slack", "C01"), "1763812800.000100");
    private static final MessageRef TO_CAROL = new MessageRef(new Place("slack", "D07"), "1763812801.000200");

    /** An empty memory, the same one throughout a test. */
    protected abstract PostedCards cards();

    @Test
    void requestThatWasNeverShownHasNoCopies() {
        assertThat(cards().copies(REQUEST)).isEmpty();
    }

    @Test
    void copiesComeBackInTheOrderInWhichTheyWereAdded() {
        cards().add(REQUEST, TO_CAROL);
        cards().add(REQUEST, IN_CHANNEL);

        assertThat(cards().copies(REQUEST)).containsExactly(TO_CAROL, IN_CHANNEL);
    }

    @Test
    void addingAMessageTwiceChangesNothing() {
        cards().add(REQUEST, TO_CAROL);
        cards().add(REQUEST, IN_CHANNEL);
        cards().add(REQUEST, TO_CAROL);

        assertThat(cards().copies(REQUEST)).containsExactly(TO_CAROL, IN_CHANNEL);
    }

    @Test
    void messagesThatDifferInOnePartAreDifferent() {
        var elsewhere = new MessageRef(new Place("discord", "C01"), IN_CHANNEL.id());
        var later = new MessageRef(IN_CHANNEL.place(), "1763812800.000101");
        cards().add(REQUEST, IN_CHANNEL);
        cards().add(REQUEST, elsewhere);
        cards().add(REQUEST, later);

        assertThat(cards().copies(REQUEST)).containsExactly(IN_CHANNEL, elsewhere, later);
    }

    @Test
    void requestsAreKeptApart() {
        cards().add(REQUEST, IN_CHANNEL);
        cards().add(new ApprovalId("aaaa0002"), IN_CHANNEL);
        cards().add(new ApprovalId("aaaa0002"), TO_CAROL);

        assertThat(cards().copies(REQUEST)).containsExactly(IN_CHANNEL);
    }
}
