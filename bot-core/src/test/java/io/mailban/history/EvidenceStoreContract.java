package io.mailban.history;

import static io.mailban.history.SampleEvidence.SINCE;
import static org.assertj.core.api.Assertions.assertThat;

import io.mailban.ban.Address;
import io.mailban.ban.BannedId;
import io.mailban.ban.Jail;
import io.mailban.ban.Mailbox;
import io.mailban.ban.ServerName;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What every store of evidence does. */
public abstract class EvidenceStoreContract {
    private static final Address LAPTOP = Address.of("203.0.113.7");
    private static final Mailbox BOB = new Mailbox("bob@example.org");

    /** An empty store, the same one throughout a test. */
    protected abstract EvidenceStore store();

    @Test
    void nothingIsKnownOfWhatWasNeverKept() {
        assertThat(store().about(Set.of(LAPTOP))).isEmpty();
        assertThat(store().about(BOB)).isEmpty();
    }

    @Test
    void evidenceComesBackAsItWasKept() {
        Evidence evidence = SampleEvidence.of("203.0.113.7", "bob@example.org", SINCE.plusNanos(1));

        store().keep(evidence);

        assertThat(store().about(Set.of(LAPTOP))).containsExactly(evidence);
        assertThat(store().about(BOB)).containsExactly(evidence);
        assertThat(store().about(Set.of(Address.of("203.0.113.70")))).isEmpty();
        assertThat(store().about(new Mailbox("bob@example.net"))).isEmpty();
    }

    @Test
    void whatNobodyKnowsIsKeptAsUnknown() {
        Evidence evidence = new Evidence(
                new ServerName("mail1"),
                new Jail("dovecot"),
                BannedId.of("203.0.113.0/24"),
                SINCE,
                Optional.empty(),
                OptionalInt.empty(),
                OptionalInt.empty(),
                SINCE,
                Evidence.Owner.UNKNOWN,
                List.of());

        store().keep(evidence);

        assertThat(store().about(Set.of(BannedId.of("203.0.113.0/24")))).containsExactly(evidence);
    }

    @Test
    void theSameBanIsKeptOnce() {
        Evidence first = SampleEvidence.of("203.0.113.7", "bob@example.org", SINCE);
        store().keep(first);
        store().keep(SampleEvidence.of("203.0.113.7", SINCE, Evidence.Owner.UNKNOWN));

        assertThat(store().about(Set.of(LAPTOP))).containsExactly(first);
    }

    @Test
    void theNewestBanComesFirst() {
        Evidence older = SampleEvidence.of("203.0.113.7", "bob@example.org", SINCE);
        Evidence newer = SampleEvidence.of("203.0.113.8", "bob@example.org", SINCE.plusSeconds(60));
        Evidence oldest = SampleEvidence.of("203.0.113.8", "bob@example.org", SINCE.minusSeconds(60));
        List.of(older, newer, oldest).forEach(store()::keep);

        assertThat(store().about(Set.of(LAPTOP, Address.of("203.0.113.8")))).containsExactly(newer, older, oldest);
        assertThat(store().about(BOB)).containsExactly(newer, older, oldest);
    }
}
