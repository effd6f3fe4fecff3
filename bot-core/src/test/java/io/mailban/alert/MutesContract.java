package io.mailban.alert;

import static io.mailban.approval.SampleApprovals.ALICE;
import static io.mailban.approval.SampleApprovals.CAROL;
import static io.mailban.approval.SampleApprovals.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.mailban.access.Person;
import io.mailban.alert.Topic.OfJail;
import io.mailban.alert.Topic.OfServer;
import io.mailban.audit.AuditEntry;
import io.mailban.audit.AuditEntry.Act;
import io.mailban.audit.AuditLog;
import io.mailban.ban.Jail;
import io.mailban.ban.ServerName;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What every memory of mutes does. */
public abstract class MutesContract {
    private static final Topic JAIL = new OfJail(new Jail("mail1"));
    private static final Topic SERVER = new OfServer(new ServerName("mail1"));

    /** An empty one, the same throughout a test. */
    protected abstract Mutes mutes();

    /** The log that it writes to. */
    protected abstract AuditLog audit();

    @Test
    void aMuteStandsUntilItsEndAndNotAtIt() {
        Mute mute = mute(JAIL, NOON, Duration.ofMinutes(1).plusNanos(1), CAROL);
        assertThat(mutes().mute(mute, entry(CAROL, Act.MUTED))).isEmpty();
        assertThat(mutes().standing(NOON)).containsExactly(mute);
        assertThat(mutes().standing(mute.until().minusNanos(1))).containsExactly(mute);
        assertThat(mutes().standing(mute.until())).isEmpty();
        assertThat(audit().newest(9)).containsExactly(entry(CAROL, Act.MUTED));
    }

    @Test
    void aJailAndAServerOfTheSameNameAreTwoAndTheFirstToEndIsFirst() {
        Mute longer = mute(JAIL, NOON, Duration.ofHours(2), CAROL);
        Mute shorter = mute(SERVER, NOON, Duration.ofHours(1), ALICE);
        mutes().mute(longer, entry(CAROL, Act.MUTED));
        mutes().mute(shorter, entry(ALICE, Act.MUTED));
        assertThat(mutes().standing(NOON)).containsExactly(shorter, longer);
        assertThat(mutes().standing(shorter.until())).containsExactly(longer);
    }

    @Test
    void theLastWordCountsEvenIfItIsTheShorterOne() {
        Mute first = mute(JAIL, NOON, Duration.ofHours(2), CAROL);
        Mute second = mute(JAIL, NOON.plusSeconds(60), Duration.ofHours(1), ALICE);
        mutes().mute(first, entry(CAROL, Act.MUTED));
        assertThat(mutes().mute(second, entry(ALICE, Act.MUTED))).contains(first);
        assertThat(mutes().standing(NOON.plusSeconds(60))).containsExactly(second);
        Mute third = mute(JAIL, second.until(), Duration.ofHours(1), CAROL);
        assertThat(mutes().mute(third, entry(CAROL, Act.MUTED)))
                .as("the second had ended by itself")
                .isEmpty();
    }

    @Test
    void endingOneIsRememberedOnceAndEndsNoOther() {
        Mute mute = mute(JAIL, NOON, Duration.ofHours(1), CAROL);
        mutes().mute(mute, entry(CAROL, Act.MUTED));
        assertThat(mutes().unmute(SERVER, NOON, entry(ALICE, Act.UNMUTED))).isEmpty();
        assertThat(mutes().unmute(JAIL, NOON, entry(ALICE, Act.UNMUTED))).contains(mute);
        assertThat(mutes().unmute(JAIL, NOON, entry(ALICE, Act.UNMUTED))).isEmpty();
        assertThat(mutes().standing(NOON)).isEmpty();
        assertThat(audit().newest(9)).containsExactly(entry(ALICE, Act.UNMUTED), entry(CAROL, Act.MUTED));
    }

    @Test
    void whatEndedByItselfIsNotEndedByAnybody() {
        Mute mute = mute(JAIL, NOON, Duration.ofHours(1), CAROL);
        mutes().mute(mute, entry(CAROL, Act.MUTED));
        assertThat(mutes().unmute(JAIL, mute.until(), entry(ALICE, Act.UNMUTED)))
                .isEmpty();
        assertThat(audit().newest(9)).containsExactly(entry(CAROL, Act.MUTED));
    }

    private static Mute mute(Topic topic, Instant since, Duration length, Person by) {
        return new Mute(topic, since, since.plus(length), by);
    }

    private static AuditEntry entry(Person who, Act act) {
        return new AuditEntry(NOON, who, act, "", "");
    }
}
