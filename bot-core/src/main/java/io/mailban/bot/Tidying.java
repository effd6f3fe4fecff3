package io.mailban.bot;

import io.mailban.access.Person;
import io.mailban.audit.AuditChain;
import io.mailban.audit.AuditEntry;
import io.mailban.audit.AuditEntry.Act;
import io.mailban.audit.ChainVerdict;
import io.mailban.privacy.Eraser;
import io.mailban.privacy.Erasure;
import io.mailban.privacy.Retention;
import io.mailban.reply.ReplyWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Once a day erases what is older than it may be, and says in the program's own log how far the audit log has come: a
 * head that was logged elsewhere shows what was cut off here. Thread-safe.
 */
public final class Tidying {
    private static final System.Logger LOG = System.getLogger(Tidying.class.getName());
    private static final Duration A_DAY = Duration.ofDays(1);

    private final Eraser eraser;
    private final AuditChain chain;
    private final Retention retention;
    private final Pauses pauses;
    private final InstantSource clock;

    /** Erases here. */
    public Tidying(Eraser eraser, AuditChain chain, Retention retention, Pauses pauses, InstantSource clock) {
        this.eraser = eraser;
        this.chain = chain;
        this.retention = retention;
        this.pauses = pauses;
        this.clock = clock;
    }

    /** Erases, once. */
    public Erasure once() {
        Instant now = clock.instant();
        return eraser.tidy(
                retention,
                now,
                erased -> new AuditEntry(
                        now, Person.BOT, Act.TIDIED, "", Optional.empty(), List.of(), "", ReplyWriter.erased(erased)));
    }

    /** Says in the program's log how far the audit log has come, or that it was changed. */
    public void tellHead() {
        switch (chain.verify(Optional.empty())) {
            case ChainVerdict.Whole whole ->
                LOG.log(
                        System.Logger.Level.INFO,
                        "the audit log ends with entry " + whole.last() + ", its head is " + whole.head());
            case ChainVerdict.Broken(var number, var why) ->
                LOG.log(System.Logger.Level.ERROR, "the audit log was changed: entry " + number + ": " + why);
            case ChainVerdict.OtherHead _ -> throw new IllegalStateException("no head was asked for");
        }
    }

    /** Erases now and every day, until the thread is interrupted; a day that fails is made good by the next. */
    public void daily() {
        while (true) {
            try {
                var _ = once();
            } catch (RuntimeException e) {
                LOG.log(System.Logger.Level.ERROR, "what is too old could not be erased; the next try is tomorrow", e);
            }
            try {
                pauses.pause(A_DAY);
                tellHead();
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
