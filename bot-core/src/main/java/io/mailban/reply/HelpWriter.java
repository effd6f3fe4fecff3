package io.mailban.reply;

import io.mailban.access.AccessPolicy;
import io.mailban.access.Person;
import io.mailban.access.Role;
import io.mailban.chat.Card;
import io.mailban.chat.Card.Fact;
import io.mailban.chat.Card.Tone;
import java.util.List;

/** Writes what a person may do, with an example each. Pure. */
final class HelpWriter {
    private record Entry(Role role, String example, String does) {}

    private static final List<Entry> ENTRIES = List.of(
            new Entry(Role.READER, "check 203.0.113.7", "why this address can't get in, on all servers"),
            new Entry(Role.HELPER, "check bob@example.org", "which addresses a mailbox uses, and which are banned"),
            new Entry(
                    Role.HELPER, "history 203.0.113.7", "bans, lifts, logins and decisions of an address or a mailbox"),
            new Entry(Role.REQUESTER, "unban 203.0.113.7 password changed", "ask for a ban to be lifted, and why"),
            new Entry(Role.REQUESTER, "withdraw k3x9q2ab", "take your own request back"),
            new Entry(Role.READER, "bans", "who is banned now; bans mail1 postfix-sasl for one server and jail"),
            new Entry(Role.READER, "servers", "how the servers are"),
            new Entry(Role.APPROVER, "requests", "what waits for approval"),
            new Entry(Role.APPROVER, "approve k3x9q2ab", "say yes to a request; deny k3x9q2ab WHY says no"),
            new Entry(
                    Role.APPROVER,
                    "emergency 203.0.113.7 nobody else is here",
                    "lift at once without approval; the reason is compulsory, and every approver is told"),
            new Entry(Role.READER, "exemptions", "whom fail2ban is kept from banning, and until when"),
            new Entry(
                    Role.APPROVER,
                    "exempt 203.0.113.7 2d the new printer",
                    "lift its bans and keep it from being banned until then, once a second approver agrees;"
                            + " exempt end 203.0.113.7 ends it"),
            new Entry(Role.READER, "mute", "what is quiet, and until when"),
            new Entry(
                    Role.APPROVER,
                    "mute postfix-sasl 2h",
                    "say nothing unasked about a jail or a server until then, unless it is 🔴;"
                            + " mute end postfix-sasl ends it"),
            new Entry(Role.APPROVER, "read-only on", "stop every lift and exemption at once"),
            new Entry(Role.APPROVER, "audit 20", "what was done lately, by whom and why"),
            new Entry(Role.APPROVER, "audit verify", "whether the record of it is what was written"));

    private HelpWriter() {}

    static Card write(Person person, AccessPolicy policy) {
        List<Fact> facts = ENTRIES.stream()
                .filter(entry -> ReplyWriter.may(person, policy, entry.role()))
                .map(entry -> new Fact(entry.example(), Phrase.of(entry.does()).spans()))
                .toList();
        return facts.isEmpty()
                ? noRole(person)
                : new Card(
                        Tone.PLAIN, Phrase.of("what you may do" + how(person)).spans(), facts, List.of());
    }

    /** At a terminal the words are all there is to type. */
    private static String how(Person person) {
        return person.id().platform().equals("terminal")
                ? ""
                : ": type it after /mailban, after mentioning this bot (in a thread too), or to the bot directly";
    }

    /** To whom everything is refused. */
    static Card noRole(Person person) {
        return Card.of(
                Tone.REFUSAL,
                Phrase.of("you hold no role here; whoever keeps the configuration can give " + person.id()
                                + " one under access:")
                        .spans());
    }
}
