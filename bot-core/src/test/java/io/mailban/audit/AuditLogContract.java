package io.mailban.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mailban.access.Person;
import io.mailban.access.PersonId;
import io.mailban.ban.Jail;
import io.mailban.ban.ServerName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every audit log does. */
public abstract class AuditLogContract {
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    private static final Person BOT = new Person(PersonId.of("terminal:mailban"), "Mailban");

    /** An empty log, the same one throughout a test. */
    protected abstract AuditLog log();

    @Test
    void emptyLogHasNoNewest() {
        assertThat(log().newest(10)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void everyActComesBackAsItWasWritten(AuditEntry.Act act) {
        var entry = new AuditEntry(
                NOON.plusNanos(1),
                new Person(PersonId.of("slack:U1:x"), "Zoë\n'; --"),
                act,
                "2001:db8::7",
                Optional.of("aaaa0001"),
                List.of(
                        new AuditEntry.Where(new ServerName("mail1"), new Jail("postfix-sasl")),
                        new AuditEntry.Where(new ServerName("mail2"), new Jail("a jail, (with) all: of it"))),
                "✅\ttab “reason”",
                "\u0001\"\\\r\n");

        log().append(entry);

        assertThat(log().newest(1)).containsExactly(entry);
    }

    @Test
    void newestComeFirstHoweverTheirClocksStood() {
        var first = entry(NOON, "first");
        var second = entry(NOON.minusSeconds(60), "second");
        var third = entry(NOON.minusSeconds(60), "third");
        List.of(first, second, third).forEach(log()::append);

        assertThat(log().newest(2)).containsExactly(third, second);
        assertThat(log().newest(9)).containsExactly(third, second, first);
        assertThat(log().newest(0)).isEmpty();
    }

    @Test
    void entriesAboutSomethingAreFoundByIt() {
        var first = new AuditEntry(NOON, BOT, AuditEntry.Act.LOOKED_UP, "bob@example.org", "");
        var other = new AuditEntry(NOON, BOT, AuditEntry.Act.LOOKED_UP, "bob@example.net", "bob@example.org");
        var last = entry(NOON, "third");
        List.of(first, other, last).forEach(log()::append);

        assertThat(log().about(Set.of("bob@example.org"))).containsExactly(first);
        assertThat(log().about(Set.of("bob@example.org", "203.0.113.7"))).containsExactly(last, first);
        assertThat(log().about(Set.of("x'; --"))).isEmpty();
        assertThat(log().about(Set.of())).isEmpty();
    }

    @Test
    void theSameThingDoneTwiceIsTwoEntries() {
        log().append(entry(NOON, "again"));
        log().append(entry(NOON, "again"));

        assertThat(log().newest(9)).hasSize(2);
    }

    @Test
    void fewerThanNoneIsRefused() {
        assertThatThrownBy(() -> log().newest(-1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void noEntryIsLostBetweenThreads() throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            threads.add(Thread.startVirtualThread(() -> {
                for (int n = 0; n < 25; n++) {
                    log().append(entry(NOON, "one of a hundred"));
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(log().newest(1000)).hasSize(100);
    }

    private static AuditEntry entry(Instant at, String details) {
        return new AuditEntry(at, BOT, AuditEntry.Act.STARTED, "203.0.113.7", details);
    }
}
