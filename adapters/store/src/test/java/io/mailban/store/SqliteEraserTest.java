package io.mailban.store;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.mailban.access.Person;
import io.mailban.access.PersonId;
import io.mailban.approval.Approval;
import io.mailban.approval.ApprovalId;
import io.mailban.approval.SampleApprovals;
import io.mailban.approval.Stage;
import io.mailban.audit.AuditEntry;
import io.mailban.audit.AuditEntry.Act;
import io.mailban.audit.ChainVerdict;
import io.mailban.ban.Address;
import io.mailban.ban.Mailbox;
import io.mailban.chat.MessageRef;
import io.mailban.chat.Place;
import io.mailban.chat.PostedCards.Shown;
import io.mailban.history.Evidence;
import io.mailban.history.SampleEvidence;
import io.mailban.privacy.Erasure;
import io.mailban.privacy.Retention;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is erased is in no byte of the store's files any more, and the audit log is whole nevertheless. */
final class SqliteEraserTest {
    private static final Instant NOON = SampleApprovals.NOON;
    private static final Mailbox BOB = new Mailbox("bob@example.org");
    private static final Retention RETENTION =
            new Retention(Duration.ofDays(30), Duration.ofDays(90), Duration.ofDays(365));

    /** Text columns that hold words of ours, ids, addresses, jails, times, hashes: nobody's name. */
    private static final Pattern PLAIN = Pattern.compile("approval\\.(id|plan|kind|length|target|target_kind|requester"
            + "|device|follows|life|stage|decided_by|decision_kind|replaced_by|replaced_why|ended_by|lost_by|lost_role"
            + "|aftermath|aftermath_protocol|aftermath_server|aftermath_jail|.*_at)"
            + "|approval_step\\..*|approval_result\\.(approval|server|jail|outcome)"
            + "|approval_(vote|joiner)\\.(approval|who|at)|posted_card\\..*|delivery\\..*|ping\\..*|used\\..*"
            + "|exemption\\.(server|address|from_at|until|granted_by|request)|exemption_entry\\..*"
            + "|read_only\\.(switched_by|since)|delivery\\..*"
            + "|mute\\.(kind|name|since|until|muted_by)|audit\\..*|audit_value\\.(field|key|value)"
            + "|evidence\\..*|evidence_line\\.(log|at)|flyway_schema_history\\..*");

    @TempDir
    private Path directory;

    private SqliteStore store;

    @BeforeEach
    void open() {
        store = SqliteStore.open(directory.resolve("mailban.db"));
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void aForgottenMailboxIsInNoByteOfTheFiles() throws IOException {
        fill(NOON);
        // Enough of it to have been moved between pages, and to be in the write-ahead log.
        for (int i = 0; i < 300; i++) {
            store.audit().append(lookedUp(NOON, "bob@example.org"));
            store.audit().append(lookedUp(NOON, "carol" + i + "@example.org"));
            store.evidence().keep(SampleEvidence.of("203.0.113.9", "Bob@Example.ORG", NOON.plusSeconds(i)));
        }
        assertThat(grep("bob@example.org")).isNotEmpty();

        Erasure erasure = forget("bob@example.org");

        assertThat(grep("bob@example.org")).isEmpty();
        assertThat(grep("bob")).isEmpty();
        assertThat(erasure.auditValues()).isEqualTo(300 + 4);
        assertThat(erasure.requestTexts()).isEqualTo(4);
        assertThat(erasure.evidence()).isEqualTo(2 * (600 + 2));
        assertThat(whole().erased()).isEqualTo(304);
        AuditEntry about = store.audit().newest(1).getFirst();
        assertThat(about.act()).isEqualTo(Act.FORGOTTEN);
        assertThat(about.subject()).isEmpty();
        store.close();
        assertThat(grep("bob")).isEmpty();
        store = SqliteStore.open(directory.resolve("mailban.db"));
    }

    @Test
    void nobodyElseIsForgotten() throws IOException {
        fill(NOON);
        store.audit().append(lookedUp(NOON, "bobby@example.org"));
        store.audit().append(lookedUp(NOON, "bob@example.net"));
        store.evidence().keep(SampleEvidence.of("203.0.113.8", "carol@example.org", NOON));

        Erasure erasure = forget("bob@example.org");

        assertThat(erasure.total()).isPositive();
        assertThat(store.audit().newest(9))
                .extracting(AuditEntry::subject)
                .contains("bobby@example.org", "bob@example.net", "203.0.113.7", "(erased)");
        assertThat(store.evidence().about(new Mailbox("carol@example.org"))).hasSize(1);
        assertThat(store.evidence().about(Set.of(Address.of("203.0.113.7"))))
                .as("that there was a ban is not forgotten")
                .hasSize(1);
        assertThat(forget("bob@example.org")).isEqualTo(new Erasure(0, 0, 0));
        assertThat(whole().last()).isEqualTo(store.audit().newest(99).size());
    }

    @Test
    void aRequestThatIsUnderWayGoesOnAfterItsNameIsForgotten() {
        Approval fresh = SampleApprovals.fresh("aaaa0001", "203.0.113.7");
        store.approvals().claim(fresh, lookedUp(NOON, "x"));
        assertThat(forget("bob@example.org").requestTexts()).isEqualTo(1);

        Approval approved = fresh.movedTo(new Stage.Approved(SampleApprovals.carolsDecision()));
        store.approvals().move(fresh, approved, lookedUp(NOON, "x"));

        assertThat(store.approvals().find(fresh.id()).orElseThrow().reason())
                .isEqualTo("(erased)'s laptop: “password changed”");
    }

    @Test
    void anAccountOfTheSameNameStays() {
        Person bob = new Person(PersonId.of("terminal:bob"), "bob");
        store.audit().append(new AuditEntry(NOON, bob, Act.LOOKED_UP, "bob@example.org", ""));

        assertThat(forget("bob@example.org").auditValues()).isEqualTo(1);
        assertThat(store.audit().newest(2).getLast().who()).isEqualTo(bob);
    }

    @Test
    void everyTextColumnIsKnownAsOneThatMayNameSomebodyOrNot() throws SQLException {
        Set<String> open = new TreeSet<>();
        Set<String> known = new TreeSet<>();
        Stream.concat(TextColumns.FREE.stream(), TextColumns.PEOPLE.stream())
                .forEach(column -> known.add(column.table() + "." + column.column()));
        try (Connection connection =
                        SqliteStore.source(directory.resolve("mailban.db")).getConnection();
                Statement statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT m.name || '.' || c.name FROM sqlite_schema m"
                        + " JOIN pragma_table_info(m.name) c WHERE m.type = 'table' AND c.type LIKE '%TEXT%'"
                        + " OR c.type LIKE '%CHAR%'")) {
            while (rows.next()) {
                if (!PLAIN.matcher(rows.getString(1)).matches()) {
                    open.add(rows.getString(1));
                }
            }
        }
        assertThat(open).isEqualTo(known);
    }

    @Test
    void whatIsTooOldGoesAndWhatIsNotStays() throws IOException {
        fill(NOON);
        store.evidence()
                .keep(SampleEvidence.of(
                        "198.51.100.9",
                        NOON,
                        Evidence.Owner.UNKNOWN,
                        SampleEvidence.failed(NOON, "198.51.100.9", "mallory@example.org")));

        assertThat(tidy(NOON.plus(Duration.ofDays(30)))).isEqualTo(new Erasure(0, 0, 0));
        assertThat(tidy(NOON.plus(Duration.ofDays(31)))).isEqualTo(new Erasure(0, 0, 1));
        assertThat(grep("mallory")).isEmpty();
        assertThat(tidy(NOON.plus(Duration.ofDays(90)))).isEqualTo(new Erasure(0, 0, 0));
        assertThat(tidy(NOON.plus(Duration.ofDays(91)))).isEqualTo(new Erasure(0, 0, 1));
        assertThat(store.approvals()
                        .find(SampleApprovals.fresh("aaaa0001", "203.0.113.7").id()))
                .isPresent();

        Erasure decisions = tidy(NOON.plus(Duration.ofDays(366)));
        assertThat(decisions.requestTexts()).isEqualTo(2);
        assertThat(decisions.auditValues()).isPositive();
        assertThat(store.approvals()
                        .find(SampleApprovals.fresh("aaaa0001", "203.0.113.7").id()))
                .isEmpty();
        assertThat(store.postedCards()
                        .copies(SampleApprovals.fresh("aaaa0001", "203.0.113.7").id()))
                .isEmpty();
        assertThat(grep("bob")).isEmpty();
        assertThat(grep("alice")).isEmpty();
        assertThat(whole().erased()).isEqualTo(decisions.auditValues());
        assertThat(store.audit().newest(99))
                .extracting(AuditEntry::act)
                .contains(Act.TIDIED, Act.REQUESTED, Act.DENIED);
    }

    @Test
    void aRequestThatIsNotOverIsNeverTooOld() {
        Approval open = SampleApprovals.fresh("aaaa0001", "203.0.113.7");
        store.approvals().claim(open, lookedUp(NOON, "x"));

        tidy(NOON.plus(Duration.ofDays(4000)));

        assertThat(store.approvals().open()).containsExactly(open);
    }

    /** A request of Alice's for Bob's laptop, decided and seen to come back, with its evidence. */
    private void fill(Instant at) {
        Approval fresh = SampleApprovals.fresh("aaaa0001", "203.0.113.7");
        store.approvals().claim(fresh, entry(at, Act.REQUESTED, "Bob's laptop", ""));
        store.postedCards().add(fresh.id(), new MessageRef(new Place("terminal", "room"), "1"), Shown.of(fresh));
        Approval running = fresh.movedTo(new Stage.Running(SampleApprovals.carolsDecision(), List.of(), 0));
        store.approvals().move(fresh, running, entry(at, Act.STARTED, "", ""));
        Approval done = running.movedTo(new Stage.Done(
                SampleApprovals.carolsDecision(),
                at,
                List.of(new Stage.StepResult(
                        fresh.plan().steps().getFirst().server(),
                        fresh.plan().steps().getFirst().jail(),
                        Stage.StepResult.Outcome.LIFTED,
                        "bob@example.org was in its matches")),
                new Stage.Aftermath.LoggedIn(at, BOB, "IMAP")));
        store.approvals().move(running, done, entry(at, Act.WATCHED, "", "bob@example.org logged in by IMAP"));
        Approval second = new Approval(
                new ApprovalId("aaaa0002"),
                SampleApprovals.plan(Address.of("203.0.113.8")),
                new Person(PersonId.of("slack:U1"), "Bob@example.org"),
                "x",
                fresh.device(),
                at,
                fresh.expiresAt(),
                fresh.follows(),
                fresh.consent(),
                fresh.joiners(),
                new Stage.Requested(),
                1);
        store.approvals().claim(second, lookedUp(at, "bob"));
        store.approvals().move(second, second.movedTo(new Stage.Expired(at)), entry(at, Act.EXPIRED, "", ""));
        store.audit().append(entry(at, Act.DENIED, "no, Bob", ""));
        store.evidence().keep(SampleEvidence.of("203.0.113.7", "bob@example.org", at));
    }

    private static AuditEntry entry(Instant at, Act act, String reason, String result) {
        return new AuditEntry(
                at, SampleApprovals.ALICE, act, "203.0.113.7", Optional.of("aaaa0001"), List.of(), reason, result);
    }

    private static AuditEntry lookedUp(Instant at, String mailbox) {
        return new AuditEntry(at, SampleApprovals.CAROL, Act.LOOKED_UP, mailbox, "");
    }

    private Erasure forget(String mailbox) {
        return store.eraser()
                .forget(
                        new Mailbox(mailbox),
                        erased -> new AuditEntry(NOON, SampleApprovals.CAROL, Act.FORGOTTEN, "", erased.toString()));
    }

    private Erasure tidy(Instant now) {
        return store.eraser()
                .tidy(RETENTION, now, erased -> new AuditEntry(now, Person.BOT, Act.TIDIED, "", erased.toString()));
    }

    private ChainVerdict.Whole whole() {
        return (ChainVerdict.Whole) store.auditChain().verify(Optional.empty());
    }

    /** The store's files that hold this text anywhere, in any case: {@code grep -ail TEXT mailban.db*}. */
    private List<String> grep(String text) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> {
                        try {
                            return Files.readString(file, ISO_8859_1)
                                    .toLowerCase(Locale.ROOT)
                                    .contains(text);
                        } catch (IOException e) {
                            throw new AssertionError(e);
                        }
                    })
                    .map(file -> file.getFileName().toString())
                    .toList();
        }
    }
}
