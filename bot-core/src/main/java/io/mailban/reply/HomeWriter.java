package io.mailban.reply;

import io.mailban.access.Person;
import io.mailban.access.Role;
import io.mailban.approval.Approval;
import io.mailban.ban.Address;
import io.mailban.ban.Ban;
import io.mailban.ban.ServerName;
import io.mailban.chat.Card;
import io.mailban.chat.Card.Button;
import io.mailban.chat.Card.Fact;
import io.mailban.chat.Card.Tone;
import io.mailban.chat.CardAction;
import io.mailban.chat.Span.Moment.Style;
import io.mailban.diagnosis.Glance;
import io.mailban.diagnosis.Question;
import io.mailban.mailserver.BanListing;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Writes the bot's own page, in short. Pure; thread-safe. */
public final class HomeWriter {
    /** Of each kind. */
    private static final int MOST = 10;

    /** An older look says when it was. */
    private static final Duration NOW = Duration.ofMinutes(1);

    private HomeWriter() {}

    /** For somebody who holds no role. */
    public static Card stranger(Person person) {
        return new Card(
                Tone.PLAIN,
                Phrase.of("Mailban tells why a mail client can't get in, and helps to let it in again. You hold no"
                                + " role here yet")
                        .spans(),
                List.of(new Fact(
                        "to do",
                        Phrase.of("ask whoever keeps Mailban's configuration; under access: it takes the id ")
                                .code(person.id().toString())
                                .spans())),
                List.of());
    }

    /** What waits for this person's decision. */
    public static List<Card> requests(List<Approval> waiting) {
        if (waiting.isEmpty()) {
            return List.of(
                    Card.of(Tone.GOOD, Phrase.of("no request waits for you").spans()));
        }
        List<Card> cards = new ArrayList<>();
        waiting.stream().limit(MOST).map(HomeWriter::request).forEach(cards::add);
        more(waiting.size(), "requests that wait for you; requests lists them all")
                .ifPresent(words -> cards.add(Card.of(Tone.WAITING, words.spans())));
        return cards;
    }

    private static Card request(Approval approval) {
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact("reason", new Phrase().quoted(approval.reason()).spans()));
        new PlanWords(approval.plan()).commands().forEach(command -> facts.add(new Fact("will run", command.spans())));
        return new Card(
                Tone.WAITING,
                RequestWriter.verdict(approval).spans(),
                facts,
                List.of(
                        new ApproveButton(approval).labelled("Approve"),
                        new Button("Deny", new CardAction.Deny(approval.id()))));
    }

    /** How each server is, and how many it bans; what does not answer comes first. */
    public static Card servers(Glance glance, Instant now) {
        List<Fact> well = new ArrayList<>();
        List<Fact> ill = new ArrayList<>();
        int answering = 0;
        int bans = 0;
        for (Map.Entry<ServerName, Optional<Glance.Look>> entry :
                glance.servers().entrySet()) {
            Optional<Glance.Look> look = entry.getValue();
            if (look.isEmpty()) {
                ill.add(new Fact(
                        entry.getKey().name(),
                        Phrase.of("has not answered yet; open this page again in a moment")
                                .spans()));
            } else if (look.get().answer().listing() instanceof BanListing.Standing(var held)) {
                answering++;
                bans += held.size();
                well.add(server(entry.getKey(), held.size(), look.get().at(), now));
            } else {
                ill.addAll(ListWriter.silent(List.of(look.get().answer().listing())));
            }
        }
        int all = glance.servers().size();
        List<Fact> facts = new ArrayList<>(ill);
        well.stream().limit(MOST).forEach(facts::add);
        more(well.size(), "that answer").ifPresent(words -> facts.add(new Fact("", words.spans())));
        return new Card(
                answering == all ? Tone.GOOD : Tone.WARNING,
                Phrase.of(answering + " of " + Phrase.count(all, "server", "servers") + " answered; "
                                + banned(bans, lockedOut(glance).size()))
                        .spans(),
                facts,
                List.of(ListWriter.listBans()));
    }

    private static String banned(int bans, int users) {
        if (bans == 0) {
            return "nobody is banned";
        }
        return Phrase.count(bans, "ban stands", "bans stand")
                + (users == 0
                        ? ", none on a known user's address"
                        : "; " + Phrase.count(users, "known user's address is", "known users' addresses are")
                                + " locked out");
    }

    private static Fact server(ServerName name, int bans, Instant at, Instant now) {
        Phrase line = Phrase.of(bans == 0 ? "nobody is banned" : Phrase.count(bans, "ban", "bans"));
        return new Fact(
                name.name(),
                (at.plus(NOW).isBefore(now) ? line.words(", as of ").at(at, Style.MINUTE) : line).spans());
    }

    /** Known users who are locked out, an address each. */
    public static List<Card> users(Glance glance, Set<Role> roles) {
        List<LockedOut> all = lockedOut(glance);
        List<Card> cards = new ArrayList<>();
        all.stream().limit(MOST).map(one -> one.card(roles)).forEach(cards::add);
        more(all.size(), "known users' addresses that are locked out")
                .ifPresent(words ->
                        cards.add(new Card(Tone.TROUBLE, words.spans(), List.of(), List.of(ListWriter.listBans()))));
        return cards;
    }

    /** Whoever is known before who perhaps is; the newest first. */
    private static List<LockedOut> lockedOut(Glance glance) {
        Map<Address, LockedOut> found = new LinkedHashMap<>();
        glance.servers()
                .forEach((server, look) -> look.ifPresent(seen -> {
                    if (seen.answer().listing() instanceof BanListing.Standing(var bans)) {
                        bans.forEach(ban -> BansWriter.owner(ban, seen.answer().whose())
                                .ifPresent(owner -> found.merge(
                                        (Address) ban.id(),
                                        new LockedOut(
                                                (Address) ban.id(),
                                                owner,
                                                BansWriter.rank(seen.answer().whose(), ban),
                                                List.of(new Held(server, ban))),
                                        LockedOut::and)));
                    }
                }));
        return found.values().stream()
                .sorted(Comparator.comparingInt(LockedOut::rank)
                        .thenComparing(Comparator.comparing(LockedOut::since).reversed()))
                .toList();
    }

    private record Held(ServerName server, Ban ban) {}

    private record LockedOut(Address address, Phrase owner, int rank, List<Held> bans) {
        private LockedOut and(LockedOut other) {
            return new LockedOut(
                    address,
                    owner,
                    Math.min(rank, other.rank),
                    Stream.concat(bans.stream(), other.bans.stream()).toList());
        }

        private Instant since() {
            return bans.stream()
                    .flatMap(held -> held.ban().since().stream())
                    .max(Comparator.naturalOrder())
                    .orElse(Instant.MIN);
        }

        private Card card(Set<Role> roles) {
            List<Button> buttons = new ArrayList<>();
            buttons.add(new Button("Check", new CardAction.Check(new Question.OfAddress(address), Optional.empty())));
            if (roles.contains(Role.REQUESTER)) {
                buttons.add(new Button("Request unban", new CardAction.RequestUnban(address, Optional.empty())));
            }
            return new Card(
                    Tone.TROUBLE,
                    new Phrase()
                            .code(address.text())
                            .words(", ")
                            .add(owner)
                            .words(", is locked out")
                            .spans(),
                    bans.stream()
                            .map(held -> new Fact(
                                    held.server().name(),
                                    Phrase.of("by ")
                                            .code(held.ban().jail().name())
                                            .add(Verdicts.times(
                                                    held.ban().since(),
                                                    held.ban().until()))
                                            .spans()))
                            .toList(),
                    buttons);
        }
    }

    private static Optional<Phrase> more(int all, String what) {
        return all > MOST ? Optional.of(Phrase.of("and " + (all - MOST) + " more " + what)) : Optional.empty();
    }
}
