package io.mailban.reply;

import static java.util.stream.Collectors.toCollection;

import io.mailban.approval.ExemptPlan;
import io.mailban.approval.Plan;
import io.mailban.ban.Address;
import io.mailban.ban.Jail;
import io.mailban.ban.ServerName;
import io.mailban.chat.Card;
import io.mailban.chat.Card.Button;
import io.mailban.chat.Card.Fact;
import io.mailban.chat.Card.Tone;
import io.mailban.chat.CardAction;
import io.mailban.chat.Form;
import io.mailban.chat.Span.Moment.Style;
import io.mailban.chat.TimeSpan;
import io.mailban.exemption.Exemption;
import io.mailban.exemption.Exemption.Owner;
import io.mailban.exemption.Exemption.Phase;
import io.mailban.mailserver.BanListing;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Writes what people read about exemptions. Pure; thread-safe. */
public final class ExemptionWriter {
    private ExemptionWriter() {}

    /**
     * All exemptions.
     *
     * @param trouble by server, what keeps us from looking after its exemptions
     */
    public static Card list(List<Exemption> all, Map<ServerName, String> trouble, Instant now) {
        if (all.isEmpty()) {
            return Card.of(
                    Tone.PLAIN,
                    Phrase.of("nobody is exempt by Mailban; what stands in ")
                            .code("ignoreip")
                            .words(" of jail.local is told by ")
                            .code("check")
                            .spans());
        }
        List<Fact> facts = new ArrayList<>();
        List<Button> buttons = new ArrayList<>();
        for (Exemption exemption : all) {
            facts.add(new Fact(exemption.server().name(), told(exemption, now).spans()));
            facts.add(new Fact(
                    "",
                    new Phrase()
                            .quoted(exemption.reason())
                            .words(", request ")
                            .code(exemption.request().value())
                            .words("; " + jails(exemption))
                            .spans()));
            if (exemption.phase(now) == Phase.STANDING) {
                buttons.add(new Button(
                        "End " + exemption.address() + " on " + exemption.server(),
                        new CardAction.EndExemption(exemption.address(), exemption.server())));
            }
        }
        trouble.forEach((server, words) -> facts.add(new Fact(
                server.name(),
                Phrase.of("can't be looked after now: ").code(words).spans())));
        return new Card(
                trouble.isEmpty() ? Tone.PLAIN : Tone.WARNING,
                Phrase.of(Phrase.count(all.size(), "exemption", "exemptions")).spans(),
                facts,
                buttons);
    }

    /** The answer to {@code check}, with what Mailban itself exempts of the address. */
    public static Card beside(Card diagnosis, List<Exemption> ofAddress, Instant now) {
        if (ofAddress.isEmpty()) {
            return diagnosis;
        }
        List<Fact> facts = new ArrayList<>(diagnosis.facts());
        for (Exemption exemption : ofAddress) {
            facts.add(new Fact(
                    "exempt",
                    told(exemption, now)
                            .words(" on " + exemption.server() + ", ")
                            .quoted(exemption.reason())
                            .spans()));
        }
        return new Card(diagnosis.tone(), diagnosis.verdict(), facts, diagnosis.buttons());
    }

    private static Phrase told(Exemption exemption, Instant now) {
        Phrase phrase = new Phrase().code(exemption.address().text());
        return switch (exemption.phase(now)) {
            case STANDING ->
                phrase.words(" until ")
                        .at(exemption.until(), Style.MINUTE)
                        .words(", approved by ")
                        .someone(exemption.by());
            case ENDING ->
                phrase.words(", over since ")
                        .at(exemption.until(), Style.MINUTE)
                        .words(": still to be taken off");
        };
    }

    private static String jails(Exemption exemption) {
        String ours = of(exemption, Owner.OURS);
        String theirs = of(exemption, Owner.OPERATORS);
        String none = of(exemption, Owner.NOBODYS);
        return (ours.isEmpty() ? "no entry of ours" : "in " + ours)
                + (theirs.isEmpty() ? "" : "; an entry of the operator's own stands in " + theirs + ", and stays")
                + (none.isEmpty() ? "" : "; not in " + none + ", which did not run or was not asked yet");
    }

    private static String of(Exemption exemption, Owner owner) {
        return String.join(
                ", ",
                exemption.entries().entrySet().stream()
                        .filter(entry -> entry.getValue() == owner)
                        .map(entry -> entry.getKey().name())
                        .toList());
    }

    /** An exemption was ended before its time. */
    public static Card ended(List<Exemption> ended, List<Exemption> waiting) {
        List<Fact> facts = ended.stream()
                .map(one -> new Fact(
                        one.server().name(),
                        waiting.stream().anyMatch(left -> left.server().equals(one.server()))
                                ? Phrase.of("could not be told yet; it is tried until it can")
                                        .spans()
                                : Phrase.of("fail2ban may ban it again").spans()))
                .toList();
        return new Card(
                waiting.isEmpty() ? Tone.GOOD : Tone.WARNING,
                Phrase.of("the exemption of ")
                        .code(ended.getFirst().address().text())
                        .words(" is ended")
                        .spans(),
                facts,
                List.of());
    }

    /** There is none to end. */
    public static Card noneStands(Address address) {
        return Card.of(
                Tone.NEWS,
                Phrase.of("no exemption of ")
                        .code(address.text())
                        .words(" stands by Mailban; ")
                        .code("exemptions")
                        .words(" lists them")
                        .spans());
    }

    /** It is exempt without us. */
    public static Card exemptAlready(Address address, List<BanListing> silent) {
        Phrase verdict = new Phrase().code(address.text());
        return new Card(
                silent.isEmpty() ? Tone.NEWS : Tone.WARNING,
                verdict.words(
                                silent.isEmpty()
                                        ? " is exempt already, by the operator's own ignoreip: there is nothing to do"
                                        : ": no server that could be asked has a jail that would ban it")
                        .spans(),
                ListWriter.silent(silent),
                List.of());
    }

    /** It is asked for too long. */
    public static Card tooLong(Duration asked, Duration longest) {
        return Card.of(
                Tone.WARNING,
                Phrase.of("an exemption for " + TimeSpan.text(asked) + " is too long: at most " + TimeSpan.text(longest)
                                + " are allowed (approval.longest_exemption); for longer, ")
                        .code("ignoreip")
                        .words(" in jail.local is the place")
                        .spans());
    }

    /** What is asked before an exemption is requested. */
    public static Form form(CardAction action) {
        return new Form(
                action,
                "Request an exemption",
                List.of(new Form.Question.Line(ReplyWriter.REASON, "Why should fail2ban not ban it?")));
    }

    /** What a request's card says besides the commands: what they don't show. */
    static List<Fact> notes(ExemptPlan plan) {
        TreeSet<Jail> jails = plan.steps().stream().map(Plan.Step::jail).collect(toCollection(TreeSet::new));
        return List.of(new Fact(
                "keeps",
                Phrase.of("for " + TimeSpan.text(plan.length()) + " from the approval, in "
                                + Phrase.count(jails.size(), "jail", "jails")
                                + "; added again when fail2ban starts anew, taken off at the end")
                        .spans()));
    }
}
