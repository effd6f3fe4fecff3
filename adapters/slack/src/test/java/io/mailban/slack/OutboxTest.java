package io.mailban.slack;

import static io.mailban.bot.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mailban.chat.NotSaid;
import io.mailban.chat.Place;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class OutboxTest {
    private static final Place MAIL = new Place("slack", "C0MAIL");

    private final Outbox outbox = new Outbox();

    @Test
    void aLaneKeepsAThousandWaitingAndLosesNoneOfThem() throws Exception {
        CountDownLatch away = new CountDownLatch(1);
        CountDownLatch began = new CountDownLatch(1);
        AtomicInteger said = new AtomicInteger();
        List<Thread> waiting = new ArrayList<>();
        waiting.add(inTurn(() -> {
            began.countDown();
            away.await();
            return said.incrementAndGet();
        }));
        began.await();
        for (int i = 0; i < 1000; i++) {
            waiting.add(inTurn(said::incrementAndGet));
        }
        await().until(() -> waiting.stream().skip(1).allMatch(thread -> thread.getState() == Thread.State.WAITING));

        assertThatThrownBy(() -> outbox.inTurn("lane", MAIL, said::incrementAndGet))
                .isInstanceOf(NotSaid.class)
                .hasMessageContaining("1000 messages wait there already");
        assertThat(outbox.inTurn("another lane", MAIL, () -> "free")).isEqualTo("free");

        away.countDown();
        for (Thread thread : waiting) {
            thread.join();
        }
        assertThat(said).hasValue(1001);
    }

    @Test
    void anInterruptEndsTheWaitAndFreesTheLane() throws Exception {
        CompletableFuture<Throwable> end = new CompletableFuture<>();
        CountDownLatch began = new CountDownLatch(1);
        Thread waits = Thread.ofVirtual().start(() -> {
            try {
                outbox.inTurn(
                        "lane",
                        MAIL,
                        () -> outbox.insist("limit", () -> {
                            began.countDown();
                            return new Heard.Later<>(Duration.ofMinutes(10));
                        }));
            } catch (Refused | RuntimeException e) {
                end.complete(e);
            }
        });
        began.await();
        waits.interrupt();
        assertThat(end.get()).isInstanceOf(CancellationException.class);
        assertThat(outbox.inTurn("lane", MAIL, () -> "free")).isEqualTo("free");
    }

    @Test
    void aLimitOfAMethodHoldsForAllWhoUseIt() throws Exception {
        long began = System.nanoTime();
        AtomicInteger asked = new AtomicInteger();
        CountDownLatch limited = new CountDownLatch(1);
        Thread first = Thread.ofVirtual().start(() -> {
            try {
                outbox.insist("chat.update", () -> {
                    if (asked.incrementAndGet() == 1) {
                        limited.countDown();
                        return new Heard.Later<>(Duration.ofMillis(600));
                    }
                    return new Heard.Done<>("first");
                });
            } catch (Refused | InterruptedException e) {
                throw new AssertionError(e);
            }
        });
        limited.await();
        await().until(() -> first.getState() == Thread.State.TIMED_WAITING);
        assertThat(outbox.insist("chat.update", () -> new Heard.Done<>("second")))
                .isEqualTo("second");
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThan(Duration.ofMillis(600));
        first.join();
        assertThat(asked).hasValue(2);
    }

    @Test
    void whatIsRefusedIsNotAskedAgainAndWhatIsLostOnlySoOften() {
        AtomicInteger asked = new AtomicInteger();
        assertThatThrownBy(() -> outbox.insist("limit", () -> {
                    asked.incrementAndGet();
                    return new Heard.Denied<>(new Refused("is_archived", Optional.empty()));
                }))
                .hasMessage("Slack says is_archived");
        assertThat(asked).hasValue(1);

        assertThatThrownBy(() -> outbox.insist("limit", 2, () -> {
                    asked.incrementAndGet();
                    return new Heard.Lost<>("no route");
                }))
                .isInstanceOf(Refused.class);
        assertThat(asked).hasValue(3);
    }

    private Thread inTurn(Outbox.Turn<Integer> turn) {
        return Thread.ofVirtual().start(() -> {
            try {
                outbox.inTurn("lane", MAIL, turn);
            } catch (Refused e) {
                throw new AssertionError(e);
            }
        });
    }
}
