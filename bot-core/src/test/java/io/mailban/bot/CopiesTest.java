package io.mailban.bot;

import static io.mailban.approval.SampleApprovals.NOON;
import static io.mailban.bot.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mailban.access.SelfApproval;
import io.mailban.approval.Approval;
import io.mailban.approval.ApprovalId;
import io.mailban.approval.ApprovalStore;
import io.mailban.approval.SampleApprovals;
import io.mailban.approval.Stage;
import io.mailban.audit.AuditEntry;
import io.mailban.chat.MessageRef;
import io.mailban.chat.Place;
import io.mailban.chat.PostedCards;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Copies of a card under many threads, over a bot that dies, and on a platform that hangs. */
final class CopiesTest {
    private static final Place REQUESTS = new Place("slack", "requests");
    private static final Place ROOM = new Place("terminal", "room");
    private static final int TRIES = 40;

    private final BotOfFakes fakes = new BotOfFakes(SelfApproval.REFUSED, BotOfFakes.Waiting.TAKES_NO_TIME);
    private final FakeChat chat = fakes.chat.withThreads();
    private final Copies copies = copies(fakes.cards);

    @Test
    void noCopyEverGoesBackWhoeverComesFirst() {
        Approval now = open();
        copies.show(now, List.of(ROOM));
        CountDownLatch start = new CountDownLatch(1);
        List<CompletableFuture<?>> refreshing = new ArrayList<>();
        for (int tries = 1; tries <= TRIES; tries++) {
            refreshing.add(Everywhere.start(() -> {
                waitFor(start);
                copies.refresh(now.id());
                return now;
            }));
        }
        start.countDown();
        Approval last = move(now, new Stage.Approved(SampleApprovals.carolsDecision()));
        for (int tries = 1; tries <= TRIES; tries++) {
            last = move(
                    move(last, new Stage.Running(SampleApprovals.carolsDecision(), List.of(), tries - 1)),
                    new Stage.Retrying(SampleApprovals.carolsDecision(), List.of(), tries, NOON.plusSeconds(tries)));
            copies.refresh(now.id());
        }
        refreshing.forEach(CompletableFuture::join);

        List<String> edits = chat.said().stream()
                .filter(line -> line.startsWith("edit 1") && line.contains("tried again at"))
                .toList();
        assertThat(edits).isSorted().doesNotHaveDuplicates();
        assertThat(edits.getLast()).contains("tried again at " + NOON.plusSeconds(TRIES));
        assertThat(chat.said().stream()
                        .filter(line -> line.contains("not every server could be asked; tried again until")))
                .as("told once at each place, at most")
                .hasSize(2);
    }

    @Test
    void aDeathBetweenAnEditAndItsMarkRepeatsBothOnce() {
        Approval now = open();
        copies.show(now, List.of(ROOM));
        move(now, new Stage.Expired(NOON));
        Dying dying = new Dying(fakes.cards);
        assertThatThrownBy(() -> copies(dying).refresh(now.id())).hasMessage("died");
        await().until(() -> chat.said().size() == 6);
        List<String> said = chat.said();
        copies.catchUp(NOON);
        copies.catchUp(NOON);

        assertThat(chat.said()).hasSize(10);
        assertThat(withoutNumbers(chat.said().subList(6, 10)))
                .containsExactlyInAnyOrderElementsOf(withoutNumbers(said.subList(2, 6)));
    }

    @Test
    void aPlatformThatHangsKeepsNoOtherAndNotTheCaller() {
        chat.hangs(REQUESTS);
        Approval now = open();
        copies.show(now, List.of(ROOM));
        assertThat(chat.said()).singleElement().asString().contains(" in room: ");
        move(now, new Stage.Expired(NOON));
        copies.refresh(now.id());
        assertThat(chat.said()).anyMatch(line -> line.startsWith("edit 1 in room: the request for 203.0.113.7 ended"));
        chat.isWellAgain(REQUESTS);

        // What waited to be said is what was true then.
        await().until(() -> chat.said().stream()
                .anyMatch(line -> line.contains(" in requests: the request for 203.0.113.7 ended")));
        assertThat(chat.said().stream().filter(line -> line.contains(" in requests: ")))
                .hasSize(2);
    }

    private Copies copies(PostedCards cards) {
        return new Copies(fakes.store, cards, fakes.reminders(fakes.clock), chat, List.of(REQUESTS));
    }

    private Approval open() {
        Approval fresh = SampleApprovals.fresh("aaaa0001", "203.0.113.7");
        assertThat(fakes.store.claim(fresh, entry())).isEqualTo(new ApprovalStore.Claiming.Claimed(fresh));
        return fresh;
    }

    private Approval move(Approval from, Stage to) {
        Approval next = from.movedTo(to);
        assertThat(fakes.store.move(from, next, entry())).isEqualTo(new ApprovalStore.Moving.Moved(next));
        return next;
    }

    private static AuditEntry entry() {
        return new AuditEntry(NOON, SampleApprovals.ALICE, AuditEntry.Act.REQUESTED, "203.0.113.7", "");
    }

    private static List<String> withoutNumbers(List<String> lines) {
        return lines.stream()
                .map(line -> line.replaceFirst("^(post|ping) \\d+( \\[\\w*])?", "say"))
                .toList();
    }

    private static void waitFor(CountDownLatch start) {
        try {
            start.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The program dies before it writes down what a copy shows. */
    private record Dying(PostedCards real) implements PostedCards {
        @Override
        public void add(ApprovalId id, MessageRef message, Shown shown) {
            real.add(id, message, shown);
        }

        @Override
        public void shown(ApprovalId id, MessageRef message, Shown shown) {
            throw new IllegalStateException("died");
        }

        @Override
        public List<Copy> copies(ApprovalId id) {
            return real.copies(id);
        }

        @Override
        public List<ApprovalId> behind(Instant since) {
            return real.behind(since);
        }
    }
}
