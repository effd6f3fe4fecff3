package io.mailban.bot;

import static io.mailban.approval.SampleApprovals.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.mailban.approval.SampleApprovals;
import io.mailban.audit.AuditEntry;
import io.mailban.audit.AuditEntry.Act;
import io.mailban.audit.InMemoryAudit;
import io.mailban.ban.Address;
import io.mailban.ban.BannedId;
import io.mailban.ban.Jail;
import io.mailban.ban.Mailbox;
import io.mailban.ban.ServerName;
import io.mailban.diagnosis.Question;
import io.mailban.history.Evidence;
import io.mailban.history.EvidenceStore;
import io.mailban.history.Happening;
import io.mailban.history.History;
import io.mailban.history.InMemoryEvidence;
import io.mailban.history.SampleEvidence;
import io.mailban.known.Recognizer;
import io.mailban.mailserver.Lifting;
import io.mailban.mailserver.Unreachable;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is kept before a lift, and what is told afterwards. */
final class HistoriesTest {
    private static final ServerName MAIL1 = new ServerName("mail1");
    private static final Jail SASL = new Jail("postfix-sasl");
    private static final Address LAPTOP = Address.of("203.0.113.7");
    private static final Mailbox BOB = new Mailbox("bob@example.org");

    private final SettableClock clock = new SettableClock(NOON);
    private final FakeServers servers =
            new FakeServers("mail1", "mail2").ban("mail1", "postfix-sasl", "203.0.113.7", NOON.minusSeconds(600));
    private final InMemoryAudit audit = new InMemoryAudit();
    private final InMemoryEvidence evidence = new InMemoryEvidence();
    private final EvidenceKeeper keeper = keeper(evidence);
    private final Histories histories = new Histories(servers, servers, evidence, audit, clock);

    @Test
    void whyABanWasMadeIsKeptBeforeItIsLifted() {
        servers.log(SampleEvidence.loggedIn(NOON.minusSeconds(700), "203.0.113.7", "bob@example.org"));
        servers.log(SampleEvidence.failed(NOON.minusSeconds(605), "203.0.113.7", "bob@example.org"));
        servers.log(SampleEvidence.banned(NOON.minusSeconds(600), "203.0.113.7"));
        servers.log(SampleEvidence.failed(NOON.minusSeconds(500), "203.0.113.7", "alice@example.org"));

        assertThat(keeper.lift(MAIL1, SASL, LAPTOP)).isEqualTo(new Lifting.Lifted());

        Evidence kept = evidence.about(Set.of(LAPTOP)).getFirst();
        assertThat(kept.since()).isEqualTo(NOON.minusSeconds(600));
        assertThat(kept.until()).contains(NOON.plusSeconds(3000));
        assertThat(kept.keptAt()).isEqualTo(NOON);
        assertThat(kept.lines())
                .as("what led to it, neither the login before nor what came after")
                .hasSize(2);
        assertThat(servers.lifted()).hasSize(1);
    }

    @Test
    void aServerThatCanNotBeAskedAndAStoreThatFailsStopNoLift() {
        EvidenceStore broken = new EvidenceStore() {
            @Override
            public void keep(Evidence one) {
                throw new IllegalStateException("the disk is full");
            }

            @Override
            public List<Evidence> about(Set<? extends BannedId> ids) {
                return List.of();
            }

            @Override
            public List<Evidence> about(Mailbox mailbox) {
                return List.of();
            }
        };
        assertThat(keeper(broken).lift(MAIL1, SASL, LAPTOP)).isEqualTo(new Lifting.Lifted());
        servers.goDown("mail1");
        assertThat(keeper.lift(MAIL1, SASL, LAPTOP)).isInstanceOf(Unreachable.class);
        assertThat(evidence.about(Set.of(LAPTOP))).isEmpty();
    }

    @Test
    void whatIsNotBannedLeavesNoEvidence() {
        assertThat(keeper.lift(MAIL1, new Jail("dovecot"), LAPTOP)).isEqualTo(new Lifting.NotHeld());
        assertThat(evidence.about(Set.of(LAPTOP))).isEmpty();
    }

    @Test
    void theRecordTellsWhatTheLogsHaveForgottenAlsoWhileAServerIsDown() {
        evidence.keep(SampleEvidence.of("203.0.113.7", "bob@example.org", NOON.minusSeconds(600)));
        audit.append(new AuditEntry(NOON, SampleApprovals.CAROL, Act.APPROVED, "203.0.113.7", ""));
        audit.append(new AuditEntry(NOON, SampleApprovals.CAROL, Act.APPROVED, "203.0.113.70", ""));
        servers.goDown("mail2");

        for (Question question : List.of(new Question.OfAddress(LAPTOP), new Question.OfMailbox(BOB))) {
            History history = histories.of(question, Optional.empty());
            assertThat(history.happenings())
                    .extracting(happening -> happening.getClass().getSimpleName())
                    .containsExactly("Decided", "Banned", "Failed");
            assertThat(history.logs().get(new ServerName("mail2"))).isInstanceOf(Unreachable.class);
        }
        assertThat(histories
                        .of(new Question.OfAddress(LAPTOP), Optional.of(new ServerName("mail2")))
                        .happenings())
                .hasSize(1);
    }

    @Test
    void othersAtTheSameAddressAreNoPartOfAMailboxesHistory() {
        servers.log(SampleEvidence.loggedIn(NOON.minusSeconds(900), "203.0.113.7", "bob@example.org"));
        servers.log(SampleEvidence.banned(NOON.minusSeconds(600), "203.0.113.7"));
        evidence.keep(SampleEvidence.of("203.0.113.7", "alice@example.org", NOON.minusSeconds(600)));

        assertThat(histories.of(new Question.OfMailbox(BOB), Optional.of(MAIL1)).happenings())
                .noneMatch(happening -> happening instanceof Happening.Failed)
                .anyMatch(happening -> happening instanceof Happening.Banned)
                .anyMatch(happening -> happening instanceof Happening.LoggedIn);
    }

    private EvidenceKeeper keeper(EvidenceStore store) {
        return new EvidenceKeeper(servers, servers, servers, servers, store, new Recognizer(Set.of()), clock);
    }
}
