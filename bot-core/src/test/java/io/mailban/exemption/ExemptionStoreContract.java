package io.mailban.exemption;

import static io.mailban.approval.SampleApprovals.ALICE;
import static io.mailban.approval.SampleApprovals.CAROL;
import static io.mailban.approval.SampleApprovals.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mailban.access.Person;
import io.mailban.approval.ApprovalId;
import io.mailban.audit.AuditEntry;
import io.mailban.audit.AuditLog;
import io.mailban.ban.Address;
import io.mailban.ban.Jail;
import io.mailban.ban.ServerName;
import io.mailban.exemption.Exemption.Owner;
import io.mailban.exemption.ExemptionStore.Changing;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every memory of exemptions does. */
public abstract class ExemptionStoreContract {
    private static final Jail SASL = new Jail("postfix-sasl");
    private static final Exemption FIRST = fresh("mail1", "203.0.113.7", "aaaa0001", CAROL, 1);

    /** An empty memory, the same one throughout a test. */
    protected abstract ExemptionStore store();

    /** The log that it writes to. */
    protected abstract AuditLog audit();

    @Test
    void whatIsGrantedIsRemembered() {
        assertThat(grant(FIRST)).isEqualTo(FIRST);
        Exemption other = fresh("mail1", "2001:db8::7", "aaaa0002", ALICE, 2);
        Exemption elsewhere = fresh("mail0", "203.0.113.7", "aaaa0001", CAROL, 3);
        grant(other);
        grant(elsewhere);
        assertThat(store().all()).containsExactly(elsewhere, FIRST, other);
        assertThat(audit().newest(9)).hasSize(3);
    }

    @Test
    void theSameRequestGrantsOnce() {
        grant(FIRST);
        Exemption changed = FIRST.with(SASL, Owner.OURS);
        store().change(FIRST, changed, List.of());
        assertThat(grant(FIRST)).isEqualTo(changed);
        assertThat(store().all()).containsExactly(changed);
        assertThat(audit().newest(9)).hasSize(1);
    }

    @Test
    void anotherRequestRenewsItAndKeepsWhoseEntriesTheyAre() {
        grant(FIRST);
        Exemption changed = FIRST.with(SASL, Owner.OURS).with(Jail.RECIDIVE, Owner.OPERATORS);
        change(FIRST, FIRST.with(SASL, Owner.OURS));
        change(FIRST.with(SASL, Owner.OURS), changed);
        Exemption longer = fresh("mail1", "203.0.113.7", "aaaa0002", ALICE, 48);
        Exemption renewed = grant(longer);
        assertThat(renewed.until()).isEqualTo(longer.until());
        assertThat(renewed.by()).isEqualTo(ALICE);
        assertThat(renewed.request()).isEqualTo(longer.request());
        assertThat(renewed.entries()).isEqualTo(Map.of(SASL, Owner.OURS, Jail.RECIDIVE, Owner.OPERATORS));
        assertThat(renewed.version()).isEqualTo(4);
        assertThat(store().all()).containsExactly(renewed);
    }

    @Test
    void everyOwnerComesBack() {
        Exemption now = grant(FIRST);
        for (Owner owner : Owner.values()) {
            Exemption next = now.with(new Jail("it's a jail: " + owner), owner);
            change(now, next);
            now = next;
        }
        assertThat(store().all()).containsExactly(now);
        assertThat(now.entries()).hasSize(Owner.values().length);
    }

    @Test
    void whoComesSecondIsToldWhatItIsNowAndNotAudited() {
        grant(FIRST);
        Exemption ended = FIRST.endingAt(NOON);
        change(FIRST, ended);
        assertThat(store().change(FIRST, FIRST.with(SASL, Owner.OURS), List.of(entry())))
                .isEqualTo(new Changing.Overtaken(Optional.of(ended)));
        assertThat(store().forget(FIRST, entry())).isEqualTo(new Changing.Overtaken(Optional.of(ended)));
        assertThat(store().all()).containsExactly(ended);
        assertThat(audit().newest(9)).hasSize(1);
    }

    @Test
    void whatIsOverIsForgotten() {
        grant(FIRST);
        change(FIRST, FIRST.with(SASL, Owner.OURS));
        assertThat(store().forget(FIRST.with(SASL, Owner.OURS), entry())).isEqualTo(new Changing.Changed());
        assertThat(store().all()).isEmpty();
        assertThat(audit().newest(9)).hasSize(2);
        assertThat(store().forget(FIRST, entry())).isEqualTo(new Changing.Overtaken(Optional.empty()));
        assertThat(grant(FIRST).entries()).isEmpty();
    }

    @Test
    void bugsAreRefused() {
        grant(FIRST);
        assertThatThrownBy(() -> store().change(FIRST, FIRST, List.of())).isInstanceOf(IllegalArgumentException.class);
        Exemption other = fresh("mail1", "203.0.113.8", "aaaa0001", CAROL, 1).with(SASL, Owner.OURS);
        assertThatThrownBy(() -> store().change(FIRST, other, List.of())).isInstanceOf(IllegalArgumentException.class);
    }

    private Exemption grant(Exemption fresh) {
        return store().grant(fresh, entry());
    }

    private void change(Exemption from, Exemption to) {
        assertThat(store().change(from, to, List.of())).isEqualTo(new Changing.Changed());
    }

    private static Exemption fresh(String server, String address, String request, Person by, int hours) {
        return new Exemption(
                new ServerName(server),
                Address.of(address),
                NOON,
                NOON.plus(Duration.ofHours(hours)),
                by,
                new ApprovalId(request),
                "“the printer”",
                Map.of(),
                1);
    }

    private static AuditEntry entry() {
        return new AuditEntry(NOON, CAROL, AuditEntry.Act.EXEMPTED, "203.0.113.7", "mail1");
    }
}
