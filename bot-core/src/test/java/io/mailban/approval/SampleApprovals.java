package io.mailban.approval;

import io.mailban.access.Person;
import io.mailban.access.PersonId;
import io.mailban.access.Role;
import io.mailban.access.Verdict;
import io.mailban.approval.Stage.Aftermath;
import io.mailban.approval.Stage.Decision;
import io.mailban.approval.Stage.StepResult;
import io.mailban.ban.Address;
import io.mailban.ban.BannedId;
import io.mailban.ban.Jail;
import io.mailban.ban.Mailbox;
import io.mailban.ban.ServerName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Requests, and every stage that one can be at, for tests. */
public final class SampleApprovals {
    public static final Person ALICE = new Person(PersonId.of("terminal:alice"), "Alice");
    public static final Person CAROL = new Person(PersonId.of("slack:U024BE7LH"), "Carol ☕");
    public static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    private static final ServerName MAIL1 = new ServerName("mail1");
    private static final Jail SASL = new Jail("postfix-sasl");

    private SampleApprovals() {}

    /** A plan for this target in postfix-sasl on mail1. */
    public static UnbanPlan plan(BannedId target) {
        return new UnbanPlan(target, List.of(new Plan.Step(MAIL1, SASL)));
    }

    /** Keeps an address from being banned by postfix-sasl on mail1. */
    public static ExemptPlan exemption(Duration length) {
        return new ExemptPlan(
                Address.of("203.0.113.7"),
                length,
                List.of(new Plan.Step(MAIL1, SASL, Plan.Origin.NO_BAN, Optional.empty())));
    }

    /** A request of Alice's to lift the ban on an address in postfix-sasl on mail1, made at {@link #NOON}. */
    public static Approval fresh(String id, String address) {
        return fresh(id, plan(Address.of(address)), NOON);
    }

    /** A request of Alice's, half an hour from its end. */
    public static Approval fresh(String id, Plan plan, Instant at) {
        return new Approval(
                new ApprovalId(id),
                plan,
                ALICE,
                "Bob's laptop: “password changed”",
                DeviceState.PASSWORD_CHANGED,
                at,
                at.plus(Duration.ofMinutes(30)),
                Optional.empty(),
                new Consent(1, List.of()),
                List.of(),
                new Stage.Requested(),
                1);
    }

    /** Carol's yes to somebody else's request, a minute after noon. */
    public static Decision carolsDecision() {
        return new Decision(CAROL, NOON.plusSeconds(60), Decision.Kind.BY_ANOTHER);
    }

    /** One of every shape that a stage can have: each case, each outcome, each aftermath. */
    public static List<Stage> everyStage() {
        Instant at = NOON.plusNanos(123_456_789);
        List<Stage> stages = new ArrayList<>(List.of(
                new Stage.Requested(),
                new Stage.Denied(carolsDecision(), ""),
                new Stage.Denied(carolsDecision(), "no: 'who'?\n"),
                new Stage.Expired(at),
                new Stage.Withdrawn(ALICE, at),
                new Stage.Overtaken(at),
                new Stage.Revoked(carolsDecision(), at, new Verdict.Refused(CAROL, Role.APPROVER), everyResult())));
        for (Stage.Replaced.Why why : Stage.Replaced.Why.values()) {
            stages.add(new Stage.Replaced(at, why, new ApprovalId("zzzz9999"), List.of()));
            stages.add(new Stage.Replaced(at, why, new ApprovalId("zzzz9999"), everyResult()));
        }
        stages.add(new Stage.Retrying(carolsDecision(), everyResult(), 3, at));
        for (Decision.Kind kind : Decision.Kind.values()) {
            stages.add(new Stage.Approved(new Decision(ALICE, at, kind)));
            stages.add(new Stage.Running(new Decision(CAROL, NOON, kind), List.of(), 0));
            stages.add(new Stage.Running(new Decision(CAROL, NOON, kind), everyResult(), 2));
        }
        for (Aftermath aftermath : everyAftermath()) {
            stages.add(new Stage.Done(carolsDecision(), at, everyResult(), aftermath));
        }
        stages.add(new Stage.Done(carolsDecision(), at, List.of(), new Aftermath.NotWatched()));
        return List.copyOf(stages);
    }

    private static List<Aftermath> everyAftermath() {
        return List.of(
                new Aftermath.Watching(NOON.plusSeconds(600)),
                new Aftermath.LoggedIn(NOON, new Mailbox("bob@example.org"), "imap"),
                new Aftermath.BannedAgain(NOON, MAIL1, Jail.RECIDIVE),
                new Aftermath.Quiet(NOON),
                new Aftermath.NotWatched());
    }

    private static List<StepResult> everyResult() {
        return Arrays.stream(StepResult.Outcome.values())
                .map(outcome -> new StepResult(
                        MAIL1,
                        SASL,
                        outcome,
                        outcome == StepResult.Outcome.STILL_BANNED ? "ERROR  NOK: ('gone',)\n" : ""))
                .toList();
    }
}
