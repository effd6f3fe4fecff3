package io.mailban.reply;

import io.mailban.ban.Address;
import io.mailban.ban.ServerName;
import io.mailban.chat.Card;
import io.mailban.chat.Card.Button;
import io.mailban.chat.Card.Fact;
import io.mailban.chat.Card.Tone;
import io.mailban.chat.CardAction;
import io.mailban.diagnosis.Diagnosis;
import io.mailban.diagnosis.Finding;
import io.mailban.diagnosis.Mark;
import io.mailban.diagnosis.Question;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Writes the answer to {@code check}: the worst finding leads, with its evidence; the rest is a line each. Pure. */
final class DiagnosisWriter {
    private static final Duration A_DAY = Duration.ofDays(1);

    private final Diagnosis diagnosis;

    private DiagnosisWriter(Diagnosis diagnosis) {
        this.diagnosis = diagnosis;
    }

    static Card write(Diagnosis diagnosis) {
        return new DiagnosisWriter(diagnosis).card();
    }

    private Card card() {
        Diagnosis.OfServer leading = diagnosis.servers().getFirst();
        Finding worst = leading.worst();
        List<Fact> facts = new ArrayList<>(FindingFacts.of(worst, leading.server()));
        leading.findings().stream().skip(1).forEach(finding -> facts.addAll(BriefFacts.of(finding)));
        diagnosis.servers().stream()
                .skip(1)
                .filter(server ->
                        !(worst instanceof Finding.NotPublic && server.worst().equals(worst)))
                .forEach(server -> facts.addAll(other(server)));
        for (ServerName pending : diagnosis.pending()) {
            facts.add(
                    new Fact(pending.name(), Phrase.of("has not answered yet …").spans()));
        }
        return new Card(toneOf(worst), Verdicts.of(worst, leading.server()).spans(), facts, buttons(leading));
    }

    /** A server beside the leading one: all that keeps somebody out there, else its one finding. */
    private static List<Fact> other(Diagnosis.OfServer server) {
        List<Fact> facts = new ArrayList<>();
        for (Finding finding : server.findings()) {
            if (facts.isEmpty() || finding.weight().compareTo(Finding.Weight.KEPT_OUT) <= 0) {
                facts.add(new Fact(
                        facts.isEmpty() ? server.server().name() : "",
                        Verdicts.labelled(finding).spans()));
            }
        }
        if (server.worst() instanceof Finding.ServerUnreachable unreachable) {
            facts.add(new Fact(
                    "",
                    Phrase.of(Obstacles.mending(
                                    unreachable.obstacle(), server.server().name()))
                            .spans()));
            FindingFacts.lastKnown(unreachable)
                    .ifPresent(known -> facts.add(
                            new Fact("", Phrase.of("last known: ").add(known).spans())));
        }
        return facts;
    }

    private List<Button> buttons(Diagnosis.OfServer leading) {
        List<Button> buttons = new ArrayList<>();
        Optional<ServerName> where = diagnosis.servers().size() == 1 ? Optional.of(leading.server()) : Optional.empty();
        diagnosis.servers().stream()
                .flatMap(server -> server.findings().stream())
                .flatMap(DiagnosisWriter::liftable)
                .distinct()
                .limit(3)
                .forEach(address -> buttons.add(new Button(
                        diagnosis.question().equals(new Question.OfAddress(address))
                                ? "Request unban"
                                : "Request unban of " + address,
                        new CardAction.RequestUnban(address, where))));
        boolean lines =
                diagnosis.servers().stream().anyMatch(server -> !server.lines().isEmpty());
        if (lines && diagnosis.question() instanceof Question.OfAddress(var address)) {
            buttons.add(new Button("Show log lines", new CardAction.ShowLines(address, where)));
        }
        if (diagnosis.question() instanceof Question.OfAddress(var address)
                && buttons.stream().anyMatch(button -> button.action() instanceof CardAction.RequestUnban)) {
            buttons.add(new Button("Exempt for a day", new CardAction.RequestExemption(address, A_DAY, where)));
        }
        return buttons;
    }

    /** What may be asked to be lifted: no attacker's ban, and no network by the way. */
    private static Stream<Address> liftable(Finding finding) {
        if (finding instanceof Finding.Banned banned && !BanFacts.isAttacker(banned.whose())) {
            return Stream.of(banned.address());
        }
        return finding instanceof Finding.SiblingBanned sibling
                        && sibling.bans().stream().anyMatch(ban -> ban.id().equals(sibling.sibling()))
                ? Stream.of(sibling.sibling())
                : Stream.empty();
    }

    private static Tone toneOf(Finding worst) {
        return switch (worst.weight()) {
            case ALARM -> Tone.ALARM;
            case KEPT_OUT -> isManys(worst) ? Tone.ALARM : Tone.TROUBLE;
            case NOT_TOLD -> Tone.WARNING;
            case NOTHING_WRONG -> isGood(worst) ? Tone.GOOD : Tone.NEWS;
        };
    }

    private static boolean isManys(Finding finding) {
        return finding instanceof Finding.Banned banned
                && banned.marks().stream().anyMatch(Mark.SharedByMany.class::isInstance);
    }

    private static boolean isGood(Finding finding) {
        return finding instanceof Finding.GettingIn
                || finding instanceof Finding.Exempt
                || (finding instanceof Finding.MailboxUse use && !use.own().isEmpty());
    }
}
