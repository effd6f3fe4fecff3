package io.mailban.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.mailban.approval.Approval;
import io.mailban.approval.ApprovalId;
import io.mailban.approval.SampleApprovals;
import io.mailban.audit.AuditEntry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What processes do to each other on one file, and what a SIGKILL leaves. */
@Timeout(60)
final class TwoProcessesTest {
    private static final int ROUNDS = 40;

    @TempDir
    private Path directory;

    @Test
    void exactlyOneOfTwoProcessesDecides() throws Exception {
        List<String> ids = ids("aaaaa");
        try (SqliteStore store = SqliteStore.open(file())) {
            for (int i = 0; i < ROUNDS; i++) {
                store.approvals().claim(SampleApprovals.fresh(ids.get(i), "203.0.113." + i), entry());
            }
        }

        List<String> won = race("decide", ids, ids);

        assertThat(won).containsExactlyInAnyOrderElementsOf(ids);
        try (SqliteStore store = SqliteStore.open(file())) {
            assertThat(store.approvals().open()).isEmpty();
            assertThat(store.audit().newest(1000)).hasSize(2 * ROUNDS);
        }
    }

    @Test
    void exactlyOneOfTwoProcessesOpensARequestForAPlan() throws Exception {
        List<String> won = race("claim", ids("aaaaa"), ids("bbbbb"));

        assertThat(won.stream().map(id -> id.substring(5)))
                .doesNotHaveDuplicates()
                .hasSize(ROUNDS);
        try (SqliteStore store = SqliteStore.open(file())) {
            assertThat(store.approvals().open().stream().map(Approval::id).map(ApprovalId::value))
                    .containsExactlyInAnyOrderElementsOf(won);
            assertThat(store.audit().newest(1000)).hasSize(ROUNDS);
        }
    }

    @Test
    void processesThatCreateTheFileAtOnceAgreeOnItsTables() throws Exception {
        assertThat(race("open", List.of(), List.of())).containsExactly("opened", "opened");

        try (var files = Files.list(directory)) {
            assertThat(files.map(path -> path.getFileName().toString())).doesNotContain("mailban.db.migrating");
        }
    }

    @Test
    void aClaimThatWasAnsweredSurvivesAKill() throws Exception {
        try (OtherProcess other = OtherProcess.start("claim and hang", file(), "aaaaa007")) {
            assertThat(other.line()).isEqualTo("claimed");
            other.kill();
        }

        try (SqliteStore store = SqliteStore.open(file())) {
            assertThat(store.approvals().open()).containsExactly(SampleApprovals.fresh("aaaaa007", "203.0.113.7"));
            assertThat(store.audit().newest(9)).hasSize(1);
        }
    }

    @Test
    void halfATransactionIsNothingAfterAKill() throws Exception {
        try (OtherProcess other = OtherProcess.start("hang inside", file())) {
            assertThat(other.line()).isEqualTo("inside");
            other.kill();
        }

        try (SqliteStore store = SqliteStore.open(file())) {
            assertThat(store.approvals().open()).containsExactly(SampleApprovals.fresh("aaaaa001", "203.0.113.1"));
            assertThat(store.audit().newest(9)).hasSize(1);
        }
    }

    private List<String> race(String part, List<String> these, List<String> those) throws Exception {
        try (OtherProcess one = OtherProcess.start(part, file(), these.toArray(String[]::new));
                OtherProcess two = OtherProcess.start(part, file(), those.toArray(String[]::new))) {
            assertThat(List.of(one.line(), two.line())).containsExactly("ready", "ready");
            one.go();
            two.go();
            List<String> won = new ArrayList<>(one.rest());
            won.addAll(two.rest());
            return won;
        }
    }

    private static List<String> ids(String start) {
        return IntStream.range(0, ROUNDS)
                .mapToObj(n -> start + "%03d".formatted(n))
                .toList();
    }

    private static AuditEntry entry() {
        return new AuditEntry(SampleApprovals.NOON, SampleApprovals.ALICE, AuditEntry.Act.REQUESTED, "x", "");
    }

    private Path file() {
        return directory.resolve("mailban.db");
    }
}
