package io.mailban.bot;

import static io.mailban.approval.SampleApprovals.ALICE;
import static io.mailban.approval.SampleApprovals.CAROL;
import static io.mailban.approval.SampleApprovals.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.mailban.approval.Approval;
import io.mailban.approval.ApprovalId;
import io.mailban.approval.DeviceState;
import io.mailban.approval.ExemptPlan;
import io.mailban.approval.Plan;
import io.mailban.approval.SampleApprovals;
import io.mailban.approval.Stage;
import io.mailban.approval.Stage.StepResult;
import io.mailban.approval.Stage.StepResult.Outcome;
import io.mailban.audit.AuditEntry;
import io.mailban.audit.AuditEntry.Act;
import io.mailban.audit.InMemoryAudit;
import io.mailban.ban.Address;
import io.mailban.ban.Jail;
import io.mailban.ban.ServerName;
import io.mailban.exemption.Exemption;
import io.mailban.exemption.InMemoryExemptions;
import io.mailban.restraint.InMemoryRestraint;
import io.mailban.restraint.Mode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class ExemptionKeeperTest {
    private static final Address PRINTER = Address.of("203.0.113.7");
    private static final ServerName MAIL1 = new ServerName("mail1");
    private static final ServerName MAIL2 = new ServerName("mail2");
    private static final Duration TWO_HOURS = Duration.ofHours(2);

    private final SettableClock clock = new SettableClock(NOON);
    private final FakeServers servers = new FakeServers("mail1", "mail2");
    private final FakeIgnoreLists lists = new FakeIgnoreLists(servers)
            .jail("mail1", "postfix-sasl")
            .jail("mail1", "recidive", "198.51.100.0/24")
            .jail("mail2", "postfix-sasl");
    private final InMemoryAudit audit = new InMemoryAudit();
    private final InMemoryExemptions store = new InMemoryExemptions(audit);
    private final InMemoryRestraint memory = new InMemoryRestraint(audit);
    private ExemptionKeeper keeper = keeper();

    @Test
    void everyApprovedJailLeavesTheAddressAloneAndOnlyThose() {
        lists.jail("mail1", "sshd");
        assertThat(grant()).containsOnly(Outcome.EXEMPTED);
        keeper.pass();
        assertThat(lists.ignoredBy("mail1", "postfix-sasl")).containsExactly("203.0.113.7");
        assertThat(lists.ignoredBy("mail1", "recidive")).containsExactly("198.51.100.0/24", "203.0.113.7");
        assertThat(lists.ignoredBy("mail2", "postfix-sasl")).containsExactly("203.0.113.7");
        assertThat(lists.ignoredBy("mail1", "sshd")).isEmpty();
        assertThat(acts()).containsExactly(Act.EXEMPTED, Act.EXEMPTED);
        assertThat(keeper.all()).extracting(Exemption::until).containsOnly(NOON.plus(TWO_HOURS));
    }

    @Test
    void askedAgainAfterACrashItGrantsNothingTwice() {
        grant();
        keeper = keeper();
        assertThat(grant()).containsOnly(Outcome.EXEMPTED);
        assertThat(acts()).containsExactly(Act.EXEMPTED, Act.EXEMPTED);
        assertThat(lists.ignoredBy("mail1", "postfix-sasl")).containsExactly("203.0.113.7");
    }

    @Test
    void whatFail2banForgotIsAddedAgainAndWhatItBannedMeanwhileIsLifted() {
        grant();
        pass(Duration.ofMinutes(10));
        servers.ban("mail1", "postfix-sasl", "203.0.113.7", clock.instant().plusSeconds(3));
        lists.jail("mail1", "postfix-sasl");
        pass(Duration.ofSeconds(5));
        assertThat(lists.ignoredBy("mail1", "postfix-sasl")).containsExactly("203.0.113.7");
        assertThat(servers.lifted()).containsExactly("mail1 postfix-sasl 203.0.113.7");
        assertThat(audit.newest(1)).singleElement().satisfies(entry -> {
            assertThat(entry.act()).isEqualTo(Act.EXEMPTED_AGAIN);
            assertThat(entry.where()).containsExactly(new AuditEntry.Where(MAIL1, new Jail("postfix-sasl")));
            assertThat(entry.result())
                    .isEqualTo("its entry was missing; lifted the ban that came meanwhile in postfix-sasl");
        });
        pass(Duration.ofSeconds(5));
        assertThat(acts()).hasSize(3);
    }

    @Test
    void aBanThatComesAMomentAfterTheEntryIsLiftedToo() {
        grant();
        pass(Duration.ofMinutes(10));
        lists.jail("mail1", "postfix-sasl");
        pass(Duration.ofSeconds(5));
        servers.ban("mail1", "postfix-sasl", "203.0.113.7", clock.instant().minusSeconds(1));
        pass(Duration.ofSeconds(5));
        assertThat(servers.lifted()).containsExactly("mail1 postfix-sasl 203.0.113.7");
        servers.ban("mail1", "postfix-sasl", "203.0.113.7", clock.instant());
        pass(Duration.ofSeconds(5));
        assertThat(servers.lifted()).as("a ban by hand is left alone").hasSize(1);
    }

    @Test
    void aBanThatStoodBeforeIsNotLiftedWithAReAdding() {
        grant();
        servers.ban("mail1", "recidive", "203.0.113.7", NOON.plusSeconds(60));
        pass(Duration.ofMinutes(10));
        lists.jail("mail1", "recidive");
        pass(Duration.ofSeconds(5));
        assertThat(lists.ignoredBy("mail1", "recidive")).containsExactly("203.0.113.7");
        assertThat(servers.lifted()).isEmpty();
    }

    @Test
    void itEndsByItself() {
        grant();
        pass(TWO_HOURS.minusSeconds(1));
        assertThat(lists.ignoredBy("mail2", "postfix-sasl")).hasSize(1);
        pass(Duration.ofSeconds(1));
        assertGone();
        assertThat(acts()).endsWith(Act.EXEMPTION_OVER, Act.EXEMPTION_OVER);
        assertThat(audit.newest(9))
                .anyMatch(entry -> entry.where()
                        .equals(List.of(
                                new AuditEntry.Where(MAIL1, new Jail("postfix-sasl")),
                                new AuditEntry.Where(MAIL1, Jail.RECIDIVE))));
    }

    @Test
    void itEndsThoughTheBotWasDownAtTheEnd() {
        grant();
        clock.pause(Duration.ofDays(3));
        keeper = keeper();
        keeper.pass();
        assertGone();
    }

    @Test
    void itEndsWhenTheServerIsBack() {
        grant();
        servers.goDown("mail1");
        pass(TWO_HOURS);
        assertThat(keeper.all()).extracting(Exemption::server).containsExactly(MAIL1);
        assertThat(keeper.troubles()).containsKey(MAIL1);
        for (int i = 0; i < 20; i++) {
            pass(Duration.ofMinutes(1));
        }
        servers.comeBack("mail1");
        pass(Duration.ofMinutes(5));
        assertGone();
        assertThat(keeper.troubles()).isEmpty();
    }

    @Test
    void anOperatorsEntryStays() {
        lists.jail("mail1", "postfix-sasl", "203.0.113.7").jail("mail2", "postfix-sasl", "203.0.113.0/24");
        assertThat(grant()).containsOnly(Outcome.EXEMPTED);
        pass(Duration.ofMinutes(1));
        pass(TWO_HOURS);
        assertThat(keeper.all()).isEmpty();
        assertThat(lists.ignoredBy("mail1", "postfix-sasl")).containsExactly("203.0.113.7");
        assertThat(lists.ignoredBy("mail2", "postfix-sasl")).containsExactly("203.0.113.0/24");
        assertThat(lists.ignoredBy("mail1", "recidive")).containsExactly("198.51.100.0/24");
    }

    @Test
    void anEntryThatTheJailBroughtAlongWhenItCameBackIsTheOperators() {
        grant();
        lists.stopJail("mail1", "postfix-sasl");
        pass(Duration.ofSeconds(5));
        lists.jail("mail1", "postfix-sasl", "203.0.113.7");
        pass(Duration.ofSeconds(5));
        pass(TWO_HOURS);
        assertThat(keeper.all()).isEmpty();
        assertThat(lists.ignoredBy("mail1", "postfix-sasl")).containsExactly("203.0.113.7");
    }

    @Test
    void anOperatorsEntryThatGoesIsReplacedByOurs() {
        lists.jail("mail1", "postfix-sasl", "203.0.113.0/24");
        grant();
        lists.jail("mail1", "postfix-sasl");
        pass(Duration.ofSeconds(5));
        assertThat(lists.ignoredBy("mail1", "postfix-sasl")).containsExactly("203.0.113.7");
        pass(TWO_HOURS);
        assertThat(lists.ignoredBy("mail1", "postfix-sasl")).isEmpty();
    }

    @Test
    void anApproverEndsItBeforeItsTimeAlsoWhileReadOnly() {
        grant();
        readOnly();
        assertThat(keeper.end(PRINTER, Optional.of(MAIL2), CAROL))
                .isInstanceOfSatisfying(ExemptionKeeper.Ending.Ended.class, ended -> {
                    assertThat(ended.ended()).extracting(Exemption::server).containsExactly(MAIL2);
                    assertThat(ended.waiting()).isEmpty();
                });
        assertThat(lists.ignoredBy("mail2", "postfix-sasl")).isEmpty();
        assertThat(lists.ignoredBy("mail1", "postfix-sasl")).hasSize(1);
        assertThat(acts()).endsWith(Act.EXEMPTION_CUT_SHORT, Act.EXEMPTION_OVER);
        assertThat(keeper.end(PRINTER, Optional.of(MAIL2), CAROL)).isEqualTo(new ExemptionKeeper.Ending.NoneStands());
    }

    @Test
    void anEndThatTheServerCanNotBeToldYetIsSaidToWait() {
        grant();
        servers.goDown("mail1");
        assertThat(keeper.end(PRINTER, Optional.empty(), CAROL))
                .isInstanceOfSatisfying(ExemptionKeeper.Ending.Ended.class, ended -> {
                    assertThat(ended.ended()).hasSize(2);
                    assertThat(ended.waiting()).extracting(Exemption::server).containsExactly(MAIL1);
                });
        servers.comeBack("mail1");
        pass(Duration.ofMinutes(5));
        assertGone();
    }

    @Test
    void readOnlyNothingIsGrantedOrAddedAgainAndTheEndIsKept() {
        grant();
        readOnly();
        lists.jail("mail1", "postfix-sasl");
        pass(Duration.ofSeconds(5));
        assertThat(lists.ignoredBy("mail1", "postfix-sasl")).isEmpty();
        assertThat(grant("aaaa0002")).containsOnly(Outcome.NOT_TOLD);
        memory.readsAndWrites(new AuditEntry(NOON, CAROL, Act.READ_ONLY_OFF, "", ""));
        pass(Duration.ofSeconds(5));
        assertThat(lists.ignoredBy("mail1", "postfix-sasl")).hasSize(1);
        readOnly();
        pass(TWO_HOURS);
        assertGone();
    }

    @Test
    void aNewApprovalRenewsIt() {
        grant();
        clock.pause(Duration.ofHours(1));
        assertThat(grant("aaaa0002")).containsOnly(Outcome.EXEMPTED);
        pass(Duration.ofMinutes(90));
        assertThat(lists.ignoredBy("mail1", "postfix-sasl")).hasSize(1);
        pass(Duration.ofMinutes(30));
        assertGone();
    }

    @Test
    void aServerThatIsDownIsNotToldAndARefusalIsItsWords() {
        servers.goDown("mail2");
        lists.refuse("not among the verbs of the gate");
        List<StepResult> results = results("aaaa0001");
        assertThat(results)
                .extracting(StepResult::outcome)
                .containsExactly(Outcome.NOT_EXEMPTED, Outcome.NOT_EXEMPTED, Outcome.NOT_TOLD);
        assertThat(results.getFirst().words()).isEqualTo("not among the verbs of the gate");
    }

    @Test
    void whatWasCarriedOutTooLateIsNot() {
        Approval approval = approval("aaaa0001");
        clock.pause(TWO_HOURS);
        assertThat(keeper.exempt(approval, plan(), plan().steps().getFirst()).outcome())
                .isEqualTo(Outcome.NOT_EXEMPTED);
        assertThat(keeper.all()).isEmpty();
    }

    private void assertGone() {
        assertThat(keeper.all()).isEmpty();
        assertThat(lists.ignoredBy("mail1", "postfix-sasl")).isEmpty();
        assertThat(lists.ignoredBy("mail1", "recidive")).doesNotContain("203.0.113.7");
        assertThat(lists.ignoredBy("mail2", "postfix-sasl")).isEmpty();
    }

    private void pass(Duration later) {
        clock.pause(later);
        keeper.pass();
    }

    private void readOnly() {
        memory.readOnly(
                new Mode.SwitchedReadOnly(CAROL, clock.instant()),
                new AuditEntry(clock.instant(), CAROL, Act.READ_ONLY_ON, "", ""));
    }

    private List<Act> acts() {
        return audit.newest(99).reversed().stream()
                .map(AuditEntry::act)
                .filter(act -> act != Act.READ_ONLY_ON && act != Act.READ_ONLY_OFF)
                .toList();
    }

    private List<Outcome> grant() {
        return grant("aaaa0001");
    }

    private List<Outcome> grant(String request) {
        return results(request).stream().map(StepResult::outcome).toList();
    }

    private List<StepResult> results(String request) {
        Approval approval = approval(request);
        return plan().steps().stream()
                .map(step -> keeper.exempt(approval, plan(), step))
                .toList();
    }

    private static ExemptPlan plan() {
        return new ExemptPlan(
                PRINTER,
                TWO_HOURS,
                Stream.of("mail1 postfix-sasl", "mail1 recidive", "mail2 postfix-sasl")
                        .map(place -> place.split(" ", 2))
                        .map(place -> new Plan.Step(
                                new ServerName(place[0]), new Jail(place[1]), Plan.Origin.NO_BAN, Optional.empty()))
                        .toList());
    }

    private Approval approval(String request) {
        Approval fresh = new Approval(
                new ApprovalId(request),
                plan(),
                ALICE,
                "the printer",
                DeviceState.UNKNOWN,
                clock.instant(),
                clock.instant().plusSeconds(1800),
                Optional.empty(),
                SampleApprovals.fresh(request, "203.0.113.9").consent(),
                List.of(),
                new Stage.Requested(),
                1);
        return fresh.movedTo(new Stage.Running(
                new Stage.Decision(
                        CAROL, clock.instant(), SampleApprovals.carolsDecision().kind()),
                List.of(),
                0));
    }

    private ExemptionKeeper keeper() {
        return new ExemptionKeeper(
                store,
                new ExemptionTender(servers, servers, lists, store, audit, clock),
                new Restraint(memory, memory, new Mode.ReadsAndWrites(), 20, clock),
                clock,
                clock);
    }
}
