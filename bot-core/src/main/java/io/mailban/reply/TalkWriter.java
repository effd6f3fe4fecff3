package io.mailban.reply;

import io.mailban.ban.Address;
import io.mailban.ban.Mailbox;
import io.mailban.ban.ServerName;
import io.mailban.chat.Card;
import io.mailban.chat.Card.Fact;
import io.mailban.chat.Card.Tone;
import java.util.List;
import java.util.Set;

/** Writes what is said around an answer: that it takes a while, whose names it hides, that there is none. Pure; thread-safe. */
public final class TalkWriter {
    private static final int MOST_NAMED = 3;

    private TalkWriter() {}

    /** Those have been asked and have not answered yet; where none is named, those that it takes. */
    public static Card asking(List<ServerName> servers) {
        return Card.of(Tone.WAITING, Phrase.of("asking " + who(servers) + " …").spans());
    }

    private static String who(List<ServerName> servers) {
        if (servers.isEmpty()) {
            return "the mail servers";
        }
        return servers.size() > MOST_NAMED
                ? servers.size() + " servers"
                : String.join(", ", servers.stream().map(ServerName::name).toList());
    }

    /** Stands where servers were asked, and something went wrong. */
    public static Card unanswered() {
        return Card.of(
                Tone.WARNING,
                Phrase.of("there is no answer: Mailban failed at it, and has told why to the one who asked")
                        .spans());
    }

    /** For one alone: the names that others see masked. */
    public static Card inFull(Set<Mailbox> names) {
        if (names.size() == 1) {
            Mailbox name = names.iterator().next();
            return Card.of(
                    Tone.PLAIN,
                    Phrase.of("for you alone: " + name.masked() + " is ")
                            .name(name)
                            .spans());
        }
        return new Card(
                Tone.PLAIN,
                Phrase.of("for you alone, the names in full").spans(),
                names.stream()
                        .map(name ->
                                new Fact(name.masked(), new Phrase().name(name).spans()))
                        .toList(),
                List.of());
    }

    /** Somebody pointed at a message without an address. */
    public static Card noAddress() {
        return Card.of(
                Tone.WARNING,
                Phrase.of("there is no IP address in that message, such as 203.0.113.7 or 2001:db8::7")
                        .spans());
    }

    /** Somebody pointed at a message with more addresses than are checked. */
    public static Card onlySome(List<Address> checked, int found) {
        return Card.of(
                Tone.NEWS,
                Phrase.of("there are " + found + " addresses in that message; checked are "
                                + String.join(
                                        ", ",
                                        checked.stream().map(Address::text).toList()))
                        .spans());
    }

    /** Erasing is for the one who keeps the store. */
    public static Card forgetInAShell(Mailbox mailbox) {
        return Card.of(
                Tone.WARNING,
                Phrase.of("forget erases for good, and is given in a shell: mailban forget ")
                        .name(mailbox)
                        .spans());
    }
}
