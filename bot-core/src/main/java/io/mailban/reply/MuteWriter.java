package io.mailban.reply;

import io.mailban.alert.Mute;
import io.mailban.alert.Topic;
import io.mailban.alert.TopicName;
import io.mailban.alert.TopicName.Kind;
import io.mailban.chat.Card;
import io.mailban.chat.Card.Button;
import io.mailban.chat.Card.Fact;
import io.mailban.chat.Card.Tone;
import io.mailban.chat.CardAction;
import io.mailban.chat.Span.Moment.Style;
import io.mailban.chat.TimeSpan;
import io.mailban.mailserver.BanListing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Writes what people read about mutes. Pure; thread-safe. */
public final class MuteWriter {
    private MuteWriter() {}

    /**
     * It is quiet.
     *
     * @param before what was quiet already
     */
    public static Card muted(Mute mute, Optional<Mute> before) {
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact(
                "not touched",
                Phrase.of("what asks to act now (🔴), and the record: bans, history and the audit log show all of it")
                        .spans()));
        facts.add(
                new Fact("ends", Phrase.of("by itself; sooner with the button").spans()));
        before.ifPresent(one -> facts.add(new Fact(
                "before",
                Phrase.of("it was muted until ")
                        .at(one.until(), Style.MINUTE)
                        .words(" already, by ")
                        .someone(one.by())
                        .spans())));
        return new Card(
                Tone.GOOD,
                topic(mute)
                        .words(" is muted until ")
                        .at(mute.until(), Style.MINUTE)
                        .spans(),
                facts,
                button(mute).stream().toList());
    }

    /** What is quiet. */
    public static Card list(List<Mute> mutes) {
        if (mutes.isEmpty()) {
            return Card.of(
                    Tone.PLAIN,
                    Phrase.of("nothing is muted; ")
                            .code("mute postfix-sasl 2h")
                            .words(
                                    " keeps a jail or a server quiet, but for what asks to act now (🔴), never the record")
                            .spans());
        }
        List<Fact> facts = mutes.stream()
                .map(mute -> new Fact(
                        "",
                        topic(mute)
                                .words(" until ")
                                .at(mute.until(), Style.MINUTE)
                                .words(", asked for by ")
                                .someone(mute.by())
                                .words(" at ")
                                .at(mute.since(), Style.MINUTE)
                                .spans()))
                .toList();
        return new Card(
                Tone.PLAIN,
                Phrase.of(Phrase.count(mutes.size(), "mute stands", "mutes stand")
                                + "; what asks to act now (🔴) and the record are not touched")
                        .spans(),
                facts,
                mutes.stream().flatMap(mute -> button(mute).stream()).toList());
    }

    /** It is over. */
    public static Card ended(List<Mute> ended) {
        Phrase verdict = Phrase.of("no longer muted: ");
        for (int i = 0; i < ended.size(); i++) {
            verdict.words(i == 0 ? "" : " and ").add(topic(ended.get(i)));
        }
        return Card.of(Tone.GOOD, verdict.spans());
    }

    /** There is none to end. */
    public static Card noneStands(TopicName name) {
        return Card.of(
                Tone.NEWS,
                new Phrase()
                        .code(name.toString())
                        .words(" is not muted; ")
                        .code("mute")
                        .words(" lists what is")
                        .spans());
    }

    /** Not for so long, or so short. */
    public static Card outOfBounds(Duration asked) {
        return Card.of(
                Tone.WARNING,
                Phrase.of("nothing is muted for " + TimeSpan.text(asked) + ": from " + TimeSpan.text(Mute.SHORTEST)
                                + " to " + TimeSpan.text(Mute.LONGEST) + " was expected")
                        .spans());
    }

    /** Which of two? */
    public static Card ambiguous(TopicName name) {
        return Card.of(
                Tone.WARNING,
                new Phrase()
                        .code(name.word())
                        .words(" is a jail and a server; say ")
                        .code("mute " + new TopicName(name.word(), Kind.JAIL))
                        .words(" or ")
                        .code("mute " + new TopicName(name.word(), Kind.SERVER))
                        .words(", and for how long")
                        .spans());
    }

    /** Neither a jail nor a server. */
    public static Card unknown(TopicName name, List<BanListing> silent) {
        String what = switch (name.kind()) {
            case EITHER -> "neither a server, nor a jail of any server";
            case JAIL -> "no jail of any server";
            case SERVER -> "no server";
        };
        return new Card(
                Tone.WARNING,
                new Phrase()
                        .code(name.word())
                        .words(" is " + what + (silent.isEmpty() ? "" : " that could be asked") + "; ")
                        .code("servers")
                        .words(" lists them with their jails; nothing was muted")
                        .spans(),
                ListWriter.silent(silent),
                List.of());
    }

    private static Phrase topic(Mute mute) {
        return switch (mute.topic()) {
            case Topic.OfJail(var jail) -> Phrase.of("jail ").code(jail.name()).words(" on every server");
            case Topic.OfServer(var server) ->
                Phrase.of("server ").code(server.name()).words(" with all its jails");
        };
    }

    /** None where a name is too long for what platforms carry. */
    private static Optional<Button> button(Mute mute) {
        CardAction end = new CardAction.Unmute(mute.topic());
        return end.encoded().length() > CardAction.LONGEST
                ? Optional.empty()
                : Optional.of(new Button("Unmute " + mute.topic().name(), end));
    }
}
