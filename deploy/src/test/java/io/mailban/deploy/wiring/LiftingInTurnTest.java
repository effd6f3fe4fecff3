package io.mailban.deploy.wiring;

import static io.mailban.bot.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.mailban.ban.BannedId;
import io.mailban.ban.Jail;
import io.mailban.ban.Network;
import io.mailban.ban.ServerName;
import io.mailban.mailserver.Lifter;
import io.mailban.mailserver.Lifting;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LiftingInTurnTest {
    private static final ServerName MAIL1 = new ServerName("mail1");

    @Test
    void aSecondLiftWaitsForTheFirst(@TempDir Path directory) throws InterruptedException {
        Slow slow = new Slow();
        Path store = directory.resolve("mailban.db");
        Thread first = lift(new LiftingInTurn(slow, store));
        await().until(() -> slow.begun.get() == 1);
        Thread second = lift(new LiftingInTurn(slow, store));
        await().until(() -> second.getState() == Thread.State.WAITING);
        assertThat(slow.begun).hasValue(1);
        slow.release.countDown();
        first.join();
        second.join();
        assertThat(slow.begun).hasValue(2);
    }

    private static Thread lift(Lifter lifter) {
        return Thread.ofPlatform()
                .start(() -> assertThat(lifter.lift(MAIL1, new Jail("postfix-sasl"), Network.of("198.18.0.0/24")))
                        .isInstanceOf(Lifting.Lifted.class));
    }

    /** Counts the lifts that have begun, and ends none before it is told to. */
    private static final class Slow implements Lifter {
        private final AtomicInteger begun = new AtomicInteger();
        private final CountDownLatch release = new CountDownLatch(1);

        @Override
        public Lifting lift(ServerName server, Jail jail, BannedId id) {
            begun.incrementAndGet();
            try {
                release.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return new Lifting.Lifted();
        }
    }
}
