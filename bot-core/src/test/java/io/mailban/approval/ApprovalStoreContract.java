package io.mailban.approval;

import static io.mailban.approval.SampleApprovals.ALICE;
import static io.mailban.approval.SampleApprovals.CAROL;
import static io.mailban.approval.SampleApprovals.NOON;
import static io.mailban.approval.SampleApprovals.fresh;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mailban.approval.ApprovalStore.Claiming;
import io.mailban.approval.ApprovalStore.Moving;
import io.mailban.ban.Address;
import io.mailban.ban.BannedId;
import io.mailban.ban.Jail;
import io.mailban.ban.Network;
import io.mailban.ban.OtherId;
import io.mailban.ban.ServerName;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What every memory of requests does. */
public abstract class ApprovalStoreContract extends ApprovalChangesContract {
    @Test
    void emptyStoreKnowsNothing() {
        assertThat(store().find(FIRST.id())).isEmpty();
        assertThat(store().open()).isEmpty();
    }

    @Test
    void claimedRequestIsFoundAndOpenAndAudited() {
        assertThat(claim(FIRST)).isEqualTo(new Claiming.Claimed(FIRST));

        assertThat(store().find(FIRST.id())).contains(FIRST);
        assertThat(store().open()).containsExactly(FIRST);
        assertThat(audit().newest(9)).containsExactly(entry("claim aaaa0001"));
    }

    @Test
    void secondRequestForTheSamePlanJoinsTheFirstAndIsNotAudited() {
        claim(FIRST);

        assertThat(claim(fresh("aaaa0002", "203.0.113.7"))).isEqualTo(new Claiming.AlreadyOpen(FIRST));

        assertThat(store().find(new ApprovalId("aaaa0002"))).isEmpty();
        assertThat(audit().newest(9)).hasSize(1);
    }

    @Test
    void stepsInAnyOrderAreTheSamePlan() {
        var sasl = new Plan.Step(new ServerName("mail1"), new Jail("postfix-sasl"));
        var recidive = new Plan.Step(new ServerName("mail1"), Jail.RECIDIVE);
        var address = Address.of("203.0.113.7");
        var first = fresh("aaaa0001", new UnbanPlan(address, List.of(sasl, recidive)), NOON);
        claim(first);

        assertThat(claim(fresh("aaaa0002", new UnbanPlan(address, List.of(recidive, sasl)), NOON)))
                .isEqualTo(new Claiming.AlreadyOpen(first));
    }

    static Stream<Plan> plansThatDiffer() {
        var address = Address.of("203.0.113.7");
        return Stream.of(
                plan(address, "mail1", "recidive"),
                plan(address, "mail2", "postfix-sasl"),
                plan(address, "mail1 postfix-sasl", "x"),
                new UnbanPlan(
                        address,
                        List.of(
                                new Plan.Step(new ServerName("mail1"), Jail.RECIDIVE),
                                new Plan.Step(new ServerName("mail1"), new Jail("postfix-sasl")))),
                SampleApprovals.plan(new Network(address, 32)),
                SampleApprovals.plan(new OtherId("203.0.113.7")),
                SampleApprovals.exemption(Duration.ofHours(2)),
                SampleApprovals.plan(new OtherId("mail1\tpostfix-sasl\n203.0.113.7")));
    }

    @ParameterizedTest
    @MethodSource
    void plansThatDiffer(Plan other) {
        claim(FIRST);
        var second = fresh("aaaa0002", other, NOON);

        assertThat(claim(second)).isEqualTo(new Claiming.Claimed(second));
        assertThat(store().find(second.id())).contains(second);
    }

    @Test
    void whatIsKnownOfTheBansMakesNoOtherPlanButComesBack() {
        var step = new Plan.Step(new ServerName("mail1"), new Jail("postfix-sasl"));
        int number = 0;
        for (Plan.Origin origin : Plan.Origin.values()) {
            var known = new Plan.Step(step.server(), step.jail(), origin, Optional.of(NOON.minusNanos(1)));
            var request = fresh("bbbb000" + number++, new UnbanPlan(Address.of("203.0.113.7"), List.of(known)), NOON);
            assertThat(claim(request)).isEqualTo(new Claiming.Claimed(request));
            assertThat(store().find(request.id())).contains(request);
            assertThat(claim(FIRST)).isEqualTo(new Claiming.AlreadyOpen(request));
            move(request, request.movedTo(new Stage.Expired(NOON)));
        }
    }

    @Test
    void exemptionsOfAnotherLengthAreAnotherPlan() {
        var hours = fresh("aaaa0002", SampleApprovals.exemption(Duration.ofHours(2)), NOON);
        var days = fresh("aaaa0003", SampleApprovals.exemption(Duration.ofDays(2)), NOON);
        var again = fresh("aaaa0004", SampleApprovals.exemption(Duration.ofHours(2)), NOON);

        assertThat(claim(hours)).isEqualTo(new Claiming.Claimed(hours));
        assertThat(claim(days)).isEqualTo(new Claiming.Claimed(days));
        assertThat(claim(again)).isEqualTo(new Claiming.AlreadyOpen(hours));
        assertThat(store().find(days.id())).contains(days);
    }

    static Stream<BannedId> targets() {
        return Stream.of(
                Address.of("203.0.113.7"),
                Address.of("2001:db8::7"),
                Network.of("2001:db8::/64"),
                Network.of("0.0.0.0/0"),
                new Network(Address.of("203.0.113.7"), 32),
                new OtherId("203.0.113.7"),
                new OtherId(""),
                new OtherId("Robert'); DROP TABLE approval;--\n\t\u0000 ☠"));
    }

    @ParameterizedTest
    @MethodSource
    void targets(BannedId target) {
        var request = fresh("aaaa0001", SampleApprovals.plan(target), NOON);
        claim(request);

        assertThat(store().find(request.id())).contains(request);
    }

    @ParameterizedTest
    @EnumSource
    void everyDeviceStateComesBack(DeviceState device) {
        var request = new Approval(
                FIRST.id(),
                FIRST.plan(),
                CAROL,
                "",
                device,
                NOON.plusNanos(1),
                NOON,
                Optional.empty(),
                new Consent(2, List.of(new Signature(CAROL, NOON))),
                List.of(new Signature(ALICE, NOON.plusNanos(1)), new Signature(CAROL, NOON)),
                new Stage.Requested(),
                1);
        claim(request);

        assertThat(store().find(request.id())).contains(request);
    }

    static List<Stage> everyStageComesBack() {
        return SampleApprovals.everyStage();
    }

    @ParameterizedTest
    @MethodSource
    void everyStageComesBack(Stage stage) {
        claim(FIRST);
        var next = FIRST.movedTo(stage);

        assertThat(move(FIRST, next)).isEqualTo(new Moving.Moved(next));

        assertThat(store().find(FIRST.id())).contains(next);
        assertThat(store().open()).isEqualTo(stage.life() == Stage.Life.OVER ? List.of() : List.of(next));
    }

    @Test
    void theSampleStagesLeaveNoCaseOut() {
        assertThat(classes(SampleApprovals.everyStage().stream()))
                .containsExactlyInAnyOrder(Stage.class.getPermittedSubclasses());
        assertThat(classes(SampleApprovals.everyStage().stream()
                        .filter(Stage.Done.class::isInstance)
                        .map(stage -> ((Stage.Done) stage).aftermath())))
                .containsExactlyInAnyOrder(Stage.Aftermath.class.getPermittedSubclasses());
    }

    @Test
    void aLaterStageForgetsTheResultsOfAnEarlierOne() {
        claim(FIRST);
        var decision = SampleApprovals.carolsDecision();
        var watching = SampleApprovals.everyStage().stream()
                .filter(stage -> stage instanceof Stage.Done && stage.life() == Stage.Life.MOVING)
                .findFirst()
                .orElseThrow();
        var second = FIRST.movedTo(watching);
        move(FIRST, second);
        var third = second.movedTo(
                new Stage.Done(decision, NOON, List.of(), new Stage.Aftermath.Quiet(NOON.plusSeconds(600))));
        move(second, third);

        assertThat(store().find(FIRST.id())).contains(third);
    }

    @Test
    void whoComesSecondIsToldWhatItIsNowAndNotAudited() {
        claim(FIRST);
        var approved = FIRST.movedTo(new Stage.Approved(SampleApprovals.carolsDecision()));
        move(FIRST, approved);

        var denied = FIRST.movedTo(new Stage.Denied(SampleApprovals.carolsDecision(), "late"));
        assertThat(move(FIRST, denied)).isEqualTo(new Moving.Overtaken(approved));

        assertThat(store().find(FIRST.id())).contains(approved);
        assertThat(audit().newest(9)).containsExactly(entry("move aaaa0001"), entry("claim aaaa0001"));
    }

    @Test
    void planMayBeRequestedAgainOnceItsRequestIsOver() {
        claim(FIRST);
        move(FIRST, FIRST.movedTo(new Stage.Expired(NOON)));
        var again = fresh("aaaa0002", "203.0.113.7");

        assertThat(claim(again)).isEqualTo(new Claiming.Claimed(again));
    }

    @Test
    void openOnesComeOldestFirst() {
        var late = fresh("aaaa0001", SampleApprovals.plan(Address.of("203.0.113.1")), NOON.plusMillis(1));
        var early = fresh("aaaa0003", SampleApprovals.plan(Address.of("203.0.113.2")), NOON);
        var sameTime = fresh("aaaa0002", SampleApprovals.plan(Address.of("203.0.113.3")), NOON);
        List.of(late, early, sameTime).forEach(this::claim);

        assertThat(store().open()).containsExactly(sameTime, early, late);
    }

    @Test
    void bugsAreRefused() {
        claim(FIRST);
        var expired = FIRST.movedTo(new Stage.Expired(NOON));
        var unknown = fresh("zzzz0001", "203.0.113.9");

        assertThatThrownBy(() -> claim(fresh("aaaa0001", "203.0.113.9")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("aaaa0001");
        assertThatThrownBy(() -> move(unknown, unknown.movedTo(expired.stage())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("zzzz0001");
        assertThatThrownBy(() -> move(FIRST, FIRST)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> move(FIRST, expired.movedTo(expired.stage())))
                .isInstanceOf(IllegalArgumentException.class);
        move(FIRST, expired);
        assertThatThrownBy(() -> move(expired, expired.movedTo(new Stage.Requested())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("over");
        assertThat(audit().newest(9)).hasSize(2);
    }

    @Test
    void exactlyOneOfManyDecisionsAtOnceWins() throws Exception {
        claim(FIRST);

        List<Moving> answers = atOnce(
                8, n -> move(FIRST, FIRST.movedTo(new Stage.Denied(SampleApprovals.carolsDecision(), "click " + n))));

        assertThat(answers).filteredOn(Moving.Moved.class::isInstance).hasSize(1);
        Approval kept = store().find(FIRST.id()).orElseThrow();
        assertThat(answers).allSatisfy(answer -> assertThat(known(answer)).isEqualTo(kept));
        assertThat(audit().newest(99)).hasSize(2);
    }

    @Test
    void exactlyOneOfManyRequestsAtOnceIsOpened() throws Exception {
        List<Claiming> answers = atOnce(8, n -> claim(fresh("bbbb000" + n, "203.0.113.7")));

        assertThat(answers).filteredOn(Claiming.Claimed.class::isInstance).hasSize(1);
        assertThat(store().open()).hasSize(1);
        assertThat(audit().newest(99)).hasSize(1);
    }

    private static UnbanPlan plan(BannedId target, String server, String jail) {
        return new UnbanPlan(target, List.of(new Plan.Step(new ServerName(server), new Jail(jail))));
    }

    private static Approval known(Moving answer) {
        return switch (answer) {
            case Moving.Moved(var approval) -> approval;
            case Moving.Overtaken(var current) -> current;
        };
    }

    private static Set<Class<?>> classes(Stream<?> things) {
        return things.<Class<?>>map(Object::getClass).collect(Collectors.toSet());
    }

    /** What one of the many does, told which it is. */
    private interface Part<T> {
        T play(int number) throws Exception;
    }

    private static <T> List<T> atOnce(int count, Part<T> part) throws Exception {
        var start = new CyclicBarrier(count);
        List<Callable<T>> tasks = IntStream.range(0, count)
                .<Callable<T>>mapToObj(n -> () -> {
                    start.await();
                    return part.play(n);
                })
                .toList();
        try (var threads = Executors.newFixedThreadPool(count)) {
            return threads.invokeAll(tasks).stream()
                    .map(future -> future.resultNow())
                    .toList();
        }
    }
}
