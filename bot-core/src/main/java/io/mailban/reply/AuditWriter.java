package io.mailban.reply;

import io.mailban.audit.AuditEntry;
import io.mailban.audit.AuditEntry.Act;
import io.mailban.audit.ChainVerdict;
import io.mailban.chat.Card;
import io.mailban.chat.Card.Fact;
import io.mailban.chat.Card.Tone;
import io.mailban.chat.Span.Moment.Style;
import java.util.List;
import java.util.Locale;

/** Writes the audit log, and whether it is whole. Pure. */
final class AuditWriter {
    private AuditWriter() {}

    static Card entries(List<AuditEntry> entries) {
        if (entries.isEmpty()) {
            return Card.of(Tone.PLAIN, Phrase.of("nothing has been done yet").spans());
        }
        List<Fact> facts = entries.stream()
                .map(entry -> new Fact("", entry(entry).spans()))
                .toList();
        return new Card(Tone.PLAIN, Phrase.of("what was done, newest first").spans(), facts, List.of());
    }

    static Phrase entry(AuditEntry entry) {
        Phrase line = new Phrase()
                .at(entry.at(), Style.SECOND)
                .words(" ")
                .someone(entry.who())
                .words(" " + act(entry.act()));
        if (!entry.subject().isEmpty()) {
            line.words(" ").code(entry.subject());
        }
        entry.request().ifPresent(request -> line.words(", request ").code(request));
        if (!entry.where().isEmpty()) {
            line.words(" ("
                    + String.join(
                            ", ",
                            entry.where().stream()
                                    .map(where -> where.server() + ": " + where.jail())
                                    .toList())
                    + ")");
        }
        return line.words(entry.reason().isEmpty() ? "" : " “" + entry.reason() + "”")
                .words(entry.result().isEmpty() ? "" : ": " + entry.result());
    }

    private static String act(Act act) {
        return act.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    static Card verdict(ChainVerdict verdict) {
        return switch (verdict) {
            case ChainVerdict.Whole whole ->
                new Card(
                        Tone.GOOD,
                        Phrase.of("the audit log is whole: " + entries(whole)).spans(),
                        List.of(
                                head(whole),
                                new Fact(
                                        "",
                                        Phrase.of("keep it away from this machine; later ")
                                                .code("audit verify HASH")
                                                .words(" shows whether entries were cut off or written anew")
                                                .spans())),
                        List.of());
            case ChainVerdict.Broken(var number, var why) ->
                Card.of(
                        Tone.ALARM,
                        Phrase.of("the audit log was changed: entry " + number + ": " + why)
                                .spans());
            case ChainVerdict.OtherHead(var noted, var now) ->
                new Card(
                        Tone.ALARM,
                        Phrase.of("the audit log was cut off or written anew: no entry has the head ")
                                .code(noted)
                                .spans(),
                        List.of(
                                new Fact(
                                        "now",
                                        Phrase.of("it hangs together, with " + entries(now))
                                                .spans()),
                                head(now)),
                        List.of());
        };
    }

    private static Fact head(ChainVerdict.Whole whole) {
        return new Fact("head", new Phrase().code(whole.head()).spans());
    }

    private static String entries(ChainVerdict.Whole whole) {
        int count = Math.toIntExact(whole.last() - whole.first() + 1);
        String some = Phrase.count(count, "entry", "entries")
                + (whole.first() == 1 ? "" : ", from number " + whole.first() + " on");
        return whole.erased() == 0
                ? some
                : some + "; " + Phrase.count(Math.toIntExact(whole.erased()), "value was", "values were")
                        + " erased from it by forget or by age";
    }
}
