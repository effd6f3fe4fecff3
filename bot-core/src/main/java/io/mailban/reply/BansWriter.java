package io.mailban.reply;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import io.mailban.alert.Topic;
import io.mailban.ban.Address;
import io.mailban.ban.Ban;
import io.mailban.ban.Jail;
import io.mailban.ban.Mailbox;
import io.mailban.ban.Network;
import io.mailban.ban.OtherId;
import io.mailban.ban.ServerName;
import io.mailban.chat.Card;
import io.mailban.chat.Card.Button;
import io.mailban.chat.Card.Fact;
import io.mailban.chat.Card.Tone;
import io.mailban.chat.CardAction;
import io.mailban.chat.CardAction.ListBans;
import io.mailban.chat.Span.Moment.Style;
import io.mailban.diagnosis.BanRoll;
import io.mailban.known.Whose;
import io.mailban.mailserver.BanListing;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Writes the answer to {@code bans}, each ban on a line: known users first, then the jails with their newest first. Pure. */
final class BansWriter {
    private static final Duration AN_HOUR = Duration.ofHours(1);

    /** A card is for reading. */
    private static final int ON_A_PAGE = 25;

    private static final Whose NOBODY = new Whose.Unknown(Set.of());

    private final BanRoll roll;
    private final List<Line> users = new ArrayList<>();
    private final List<Line> others = new ArrayList<>();

    /**
     * One ban.
     *
     * @param under what its line stands under; nothing where the line says it all
     */
    private record Line(Optional<Fact> under, Fact fact) {}

    private BansWriter(BanRoll roll) {
        this.roll = roll;
        roll.servers().forEach((server, answer) -> {
            if (answer.listing() instanceof BanListing.Standing(var bans)) {
                addUsers(server, bans, answer.whose());
                bans.stream()
                        .collect(groupingBy(Ban::jail, TreeMap::new, toList()))
                        .forEach((jail, held) -> addJail(server, jail, held, answer.whose()));
            }
        });
    }

    /** All of them. */
    static Card write(BanRoll roll) {
        BansWriter writer = new BansWriter(roll);
        return writer.card(writer.lines(), new Phrase(), List.of());
    }

    /** One page, or the last where there are not so many. */
    static Card write(BanRoll roll, ListBans asked) {
        BansWriter writer = new BansWriter(roll);
        List<Line> all = writer.lines();
        int pages = Math.max((all.size() + ON_A_PAGE - 1) / ON_A_PAGE, 1);
        int page = Math.clamp(asked.page(), 1, pages);
        int from = (page - 1) * ON_A_PAGE;
        int to = Math.min(from + ON_A_PAGE, all.size());
        List<Button> buttons = new ArrayList<>();
        if (page < pages) {
            buttons.add(turn("Next", asked, page + 1));
        }
        if (page > 1) {
            buttons.add(turn("Previous", asked, page - 1));
        }
        asked.jail()
                .ifPresent(jail -> buttons.add(new Button(
                        "Mute " + jail + " for an hour", new CardAction.Mute(new Topic.OfJail(jail), AN_HOUR))));
        return writer.card(
                all.subList(from, to),
                pages == 1 ? new Phrase() : Phrase.of("; " + (from + 1) + "–" + to + " of " + all.size()),
                buttons);
    }

    private static Button turn(String where, ListBans asked, int page) {
        return new Button(where + " " + ON_A_PAGE, new ListBans(asked.server(), asked.jail(), page));
    }

    private List<Line> lines() {
        return Stream.concat(users.stream(), others.stream()).toList();
    }

    private Card card(List<Line> shown, Phrase which, List<Button> buttons) {
        if (roll.unheardOf().isPresent()) {
            return unheardOf(roll.unheardOf().get());
        }
        List<BanListing> silent = roll.listings().values().stream()
                .filter(listing -> !(listing instanceof BanListing.Standing))
                .toList();
        List<Fact> facts = new ArrayList<>();
        Optional<Fact> under = Optional.empty();
        for (Line line : shown) {
            if (!line.under().equals(under)) {
                line.under().ifPresent(facts::add);
                under = line.under();
            }
            facts.add(line.fact());
        }
        facts.addAll(ListWriter.silent(silent));
        Tone tone = !silent.isEmpty() ? Tone.WARNING : users.isEmpty() ? Tone.PLAIN : Tone.TROUBLE;
        return new Card(tone, verdict(silent).add(which).spans(), facts, buttons);
    }

    private Phrase verdict(List<BanListing> silent) {
        int count = users.size() + others.size();
        Phrase phrase = Phrase.of(
                silent.isEmpty()
                        ? count == 0 ? "nobody is banned" : Phrase.count(count, "ban stands", "bans stand")
                        : silent.size() == roll.servers().size()
                                ? "who is banned could not be told: no server answered"
                                : Phrase.count(count, "ban stands", "bans stand") + " on the servers that answered");
        return users.isEmpty()
                ? phrase
                : phrase.words(users.size() == 1 ? "; a user is among them" : "; users are among them");
    }

    private Card unheardOf(Jail jail) {
        return Card.of(
                Tone.WARNING,
                Phrase.of("no jail is named ")
                        .code(jail.name())
                        .words(" on "
                                + String.join(
                                        ", ",
                                        roll.servers().keySet().stream()
                                                .map(ServerName::name)
                                                .toList()) + "; ")
                        .code("servers")
                        .words(" lists those that there are")
                        .spans());
    }

    private void addUsers(ServerName server, List<Ban> bans, Map<Address, Whose> whose) {
        bans.stream()
                .filter(ban -> owner(ban, whose).isPresent())
                .sorted(Comparator.comparingInt((Ban ban) -> rank(whose, ban)).thenComparing(newestFirst()))
                .forEach(ban -> users.add(new Line(
                        Optional.empty(),
                        new Fact(
                                "user",
                                line(ban)
                                        .words(" by ")
                                        .code(ban.jail().name())
                                        .words(" on " + server + ": ")
                                        .add(owner(ban, whose).orElseThrow())
                                        .spans()))));
    }

    /** Who is known comes before who perhaps is. */
    static int rank(Map<Address, Whose> whose, Ban ban) {
        return whose.get((Address) ban.id()) instanceof Whose.Perhaps ? 1 : 0;
    }

    /** Whose the banned address is, where it is a user's. */
    static Optional<Phrase> owner(Ban ban, Map<Address, Whose> whose) {
        return ban.id() instanceof Address address ? owner(whose.getOrDefault(address, NOBODY)) : Optional.empty();
    }

    private static Optional<Phrase> owner(Whose whose) {
        return switch (whose) {
            case Whose.Known known ->
                Optional.of(new Phrase().name(known.mailbox()).words("'s"));
            case Whose.Perhaps perhaps ->
                Optional.of(Phrase.of("perhaps ").name(perhaps.mailbox()).words("'s"));
            case Whose.Listed _ -> Optional.of(Phrase.of("one of yours, listed in known_addresses"));
            case Whose.Unknown _, Whose.Suspicious _ -> Optional.empty();
        };
    }

    private void addJail(ServerName server, Jail jail, List<Ban> held, Map<Address, Whose> whose) {
        Optional<Fact> heading = Optional.of(new Fact(
                server.name(),
                new Phrase().code(jail.name()).words(": " + held.size()).spans()));
        held.stream()
                .filter(ban -> owner(ban, whose).isEmpty())
                .sorted(newestFirst())
                .forEach(ban ->
                        others.add(new Line(heading, new Fact("", line(ban).spans()))));
    }

    private static Phrase line(Ban ban) {
        Phrase line = switch (ban.id()) {
            case Address address -> new Phrase().code(address.text());
            case Network network -> new Phrase().code(network.text());
            // Mostly the name of a user.
            case OtherId(var text) -> new Phrase().name(new Mailbox(text));
        };
        ban.since().ifPresent(at -> line.words(" since ").at(at, Style.MINUTE));
        ban.until().ifPresent(at -> line.words(", until ").at(at, Style.MINUTE));
        return line;
    }

    /** The same whenever it is asked: what stands on one page must not stand on the next. */
    private static Comparator<Ban> newestFirst() {
        return Comparator.comparing((Ban ban) -> ban.since().orElse(Instant.MIN))
                .reversed()
                .thenComparing(ban -> ban.id().text());
    }
}
