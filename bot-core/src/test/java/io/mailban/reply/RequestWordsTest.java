package io.mailban.reply;

import static io.mailban.approval.SampleApprovals.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.mailban.approval.Approval;
import io.mailban.approval.Plan;
import io.mailban.approval.SampleApprovals;
import io.mailban.approval.Signature;
import io.mailban.approval.Stage;
import io.mailban.approval.Stage.Aftermath;
import io.mailban.approval.Stage.StepResult;
import io.mailban.approval.UnbanPlan;
import io.mailban.ban.Address;
import io.mailban.ban.Jail;
import io.mailban.ban.Mailbox;
import io.mailban.ban.ServerName;
import io.mailban.bot.FakeChat;
import io.mailban.chat.Card;
import io.mailban.chat.Card.Button;
import io.mailban.chat.Card.Confirm;
import io.mailban.chat.CardAction;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class RequestWordsTest {
    private static final Approval ASKED = SampleApprovals.fresh("aaaa0001", "203.0.113.7");
    private static final Approval AGREED =
            ASKED.votedOn(List.of(new Signature(SampleApprovals.CAROL, NOON.plusSeconds(60))), ASKED.stage());

    static Stream<Approval> decided() {
        return SampleApprovals.everyStage().stream()
                .filter(stage -> !(stage instanceof Stage.Requested))
                .map(stage -> stage instanceof Stage.Withdrawn || stage instanceof Stage.Expired
                        ? ASKED.movedTo(stage)
                        : AGREED.movedTo(stage));
    }

    @ParameterizedTest
    @MethodSource("decided")
    void whoeverComesTooLateIsToldWhoDecidedAndWhen(Approval approval) {
        String told = FakeChat.plain(ReplyWriter.tooLate(approval));

        switch (approval.stage()) {
            case Stage.Withdrawn _ ->
                assertThat(told)
                        .isEqualTo("too late, it is decided: " + verdict(approval))
                        .contains("Alice");
            case Stage.Expired _ ->
                assertThat(told).isEqualTo("too late: " + verdict(approval)).contains("nobody decided");
            case Stage.Denied _ -> assertThat(told).contains("denied by Carol ☕ at 2026-11-22T12:01:00Z");
            case Stage.Requested _,
                    Stage.Approved _,
                    Stage.Running _,
                    Stage.Retrying _,
                    Stage.Done _,
                    Stage.Overtaken _,
                    Stage.Replaced _,
                    Stage.Revoked _ ->
                assertThat(told).startsWith("too late").contains("by Carol ☕").contains("at 2026-11-22T12:0");
        }
    }

    private static String verdict(Approval approval) {
        return FakeChat.plain(RequestWriter.verdict(approval).spans());
    }

    @Test
    void whatWasCarriedOutSaysWhoAskedWhyAndWhoDecidedWhateverCameAfterIt() {
        SampleApprovals.everyStage().stream()
                .filter(stage -> stage instanceof Stage.Done)
                .map(AGREED::movedTo)
                .map(ReplyWriter::request)
                .forEach(card -> {
                    assertThat(FakeChat.plain(card)).contains("by Carol ☕ at 2026-11-22T12:0");
                    assertThat(card.facts())
                            .filteredOn(fact -> fact.label().equals("asked by"))
                            .extracting(fact -> FakeChat.plain(fact.text()))
                            .containsExactly("Alice: “" + ASKED.reason() + "”");
                });
    }

    static Stream<Arguments> news() {
        return Stream.of(
                Arguments.of(
                        new Stage.Done(
                                SampleApprovals.carolsDecision(),
                                NOON,
                                List.of(
                                        result("dovecot", StepResult.Outcome.LIFTED),
                                        result("sasl", StepResult.Outcome.STILL_BANNED)),
                                new Aftermath.NotWatched()),
                        "lifted only partly at 2026-11-22T12:00:00Z: not in 1 of 2 jails, which the card names"),
                Arguments.of(
                        new Stage.Done(
                                SampleApprovals.carolsDecision(),
                                NOON,
                                List.of(),
                                new Aftermath.BannedAgain(NOON, new ServerName("mail1"), Jail.RECIDIVE)),
                        "banned again at 2026-11-22T12:00:00Z (mail1: recidive); the device still sends the old password"),
                Arguments.of(
                        new Stage.Done(
                                SampleApprovals.carolsDecision(),
                                NOON,
                                List.of(),
                                new Aftermath.LoggedIn(NOON, new Mailbox("bob@example.org"), "IMAP")),
                        "bob@example.org logged in by IMAP at 2026-11-22T12:00:00Z"),
                Arguments.of(
                        new Stage.Retrying(
                                SampleApprovals.carolsDecision(),
                                List.of(StepResult.heldBack(new ServerName("mail1"), Jail.RECIDIVE)),
                                1,
                                NOON),
                        "Mailban is read-only now; what is left waits for the end of that, until 2026-11-22T12:30:00Z"),
                Arguments.of(new Stage.Expired(NOON), "the request ended at 2026-11-22T12:00:00Z: nobody decided"),
                Arguments.of(
                        new Stage.Overtaken(NOON), "nothing to do, the ban was gone already at 2026-11-22T12:00:00Z"),
                Arguments.of(
                        new Stage.Withdrawn(SampleApprovals.ALICE, NOON),
                        "withdrawn by Alice at 2026-11-22T12:00:00Z"));
    }

    @ParameterizedTest
    @MethodSource("news")
    void newsAreOneSentenceAboutTheTarget(Stage stage, String sentence) {
        Card card = ReplyWriter.news(ASKED.movedTo(stage));

        assertThat(FakeChat.plain(card)).isEqualTo("203.0.113.7: " + sentence);
        assertThat(card.facts()).isEmpty();
        assertThat(card.buttons()).isEmpty();
    }

    @Test
    void approvingAsksAgainWhatWillBeRun() {
        assertThat(confirm(ASKED))
                .isEqualTo(new Confirm(
                        "Lift the ban on 203.0.113.7?", "Lets 203.0.113.7 in again: mail1: postfix-sasl.", "Approve"));
        assertThat(confirm(SampleApprovals.fresh("aaaa0001", SampleApprovals.exemption(Duration.ofDays(7)), NOON)))
                .isEqualTo(new Confirm(
                        "Keep fail2ban from banning 203.0.113.7 for 7 days?",
                        "Keeps fail2ban from banning 203.0.113.7: mail1: postfix-sasl.",
                        "Approve"));
    }

    @Test
    void aHundredJailsAreCountedWhereThereIsNoRoomForThem() {
        Confirm confirm = confirm(hundredJails());

        assertThat(confirm.text())
                .startsWith("Lets 203.0.113.7 in again: mail1: jail-0, mail1: jail-1, ")
                .endsWith(" more jails that the card names.")
                .hasSizeBetween(250, 300);
        long named = confirm.text().chars().filter(c -> c == ',').count() + 1;
        assertThat(confirm.text()).contains(" and " + (100 - named) + " more jails");
    }

    @Test
    void whatHasNoWordsIsCutAllTheSame() {
        Approval endless = SampleApprovals.fresh(
                "aaaa0001",
                new UnbanPlan(
                        Address.of("203.0.113.7"),
                        List.of(new Plan.Step(new ServerName("mail1"), new Jail("j".repeat(400))))),
                NOON);

        assertThat(confirm(endless).text()).isEqualTo("Lets 203.0.113.7 in again: 1 jail that the card names.");
    }

    @Test
    void aListOffersButtonsForTenAndSaysHowToAnswerTheOthers() {
        List<Approval> many = IntStream.range(0, 13)
                .mapToObj(n -> SampleApprovals.fresh("aaaa00" + (10 + n), "203.0.113." + n))
                .toList();
        Card card = ReplyWriter.requests(many);

        assertThat(card.buttons()).hasSize(20);
        assertThat(card.buttons().getLast().action())
                .isEqualTo(new CardAction.Deny(many.get(9).id()));
        assertThat(card.facts()).extracting(Card.Fact::label).contains("aaaa0010", "aaaa0022");
        assertThat(FakeChat.plain(card.facts().getLast().text()))
                .isEqualTo("for the oldest 10; the other 3 get theirs here as those are decided, or are answered by"
                        + " approve REQUEST and deny REQUEST WHY");
    }

    @Test
    void aListCountsTheCommandsOfAPlanWithAHundredJails() {
        Card card = ReplyWriter.requests(List.of(hundredJails()));

        assertThat(card.facts()).hasSize(12);
        assertThat(FakeChat.plain(card.facts().getLast().text()))
                .isEqualTo("and 90 more like these; the request's own card has every one");
        assertThat(ReplyWriter.request(hundredJails()).facts())
                .filteredOn(fact -> fact.label().equals("will run"))
                .hasSize(100);
    }

    private static Approval hundredJails() {
        return SampleApprovals.fresh(
                "aaaa0001",
                new UnbanPlan(
                        Address.of("203.0.113.7"),
                        IntStream.range(0, 100)
                                .mapToObj(n -> new Plan.Step(new ServerName("mail1"), new Jail("jail-" + n)))
                                .toList()),
                NOON);
    }

    private static Confirm confirm(Approval approval) {
        return ReplyWriter.request(approval).buttons().stream()
                .filter(button -> button.action() instanceof CardAction.Approve)
                .map(Button::confirm)
                .flatMap(Optional::stream)
                .findFirst()
                .orElseThrow();
    }

    private static StepResult result(String jail, StepResult.Outcome outcome) {
        return new StepResult(new ServerName("mail1"), new Jail(jail), outcome, "");
    }
}
