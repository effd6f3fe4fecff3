package io.mailban.reply;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import io.mailban.ban.Address;
import io.mailban.ban.Ban;
import io.mailban.ban.Jail;
import io.mailban.ban.ServerName;
import io.mailban.chat.Card;
import io.mailban.chat.Card.Fact;
import io.mailban.chat.Card.Tone;
import io.mailban.chat.Span.Moment.Style;
import io.mailban.diagnosis.BanRoll;
import io.mailban.known.Whose;
import io.mailban.mailserver.BanListing;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Writes the answer to {@code bans}: known users first, then the jails with their newest. Pure. */
final class BansWriter {
    /** A card is for reading: the newest so many bans of a jail, and how many more there are. */
    private static final int MOST_BANS = 20;

    private static final Whose NOBODY = new Whose.Unknown(Set.of());

    private BansWriter() {}

    static Card write(BanRoll roll) {
        if (roll.unheardOf().isPresent()) {
            return Card.of(
                    Tone.WARNING,
                    Phrase.of("no jail is named ")
                            .code(roll.unheardOf().get().name())
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
        List<Fact> users = new ArrayList<>();
        List<Fact> jails = new ArrayList<>();
        int count = 0;
        for (Map.Entry<ServerName, BanRoll.OfServer> entry : roll.servers().entrySet()) {
            if (entry.getValue().listing() instanceof BanListing.Standing(var bans)) {
                count += bans.size();
                addUsers(entry.getKey(), bans, entry.getValue().whose(), users);
                Map<Jail, List<Ban>> byJail = bans.stream().collect(groupingBy(Ban::jail, TreeMap::new, toList()));
                byJail.forEach((jail, held) -> addJail(entry.getKey(), jail, held, jails));
            }
        }
        List<BanListing> silent = roll.listings().values().stream()
                .filter(listing -> !(listing instanceof BanListing.Standing))
                .toList();
        List<Fact> facts = new ArrayList<>(users);
        facts.addAll(jails);
        facts.addAll(ListWriter.silent(silent));
        Tone tone = !silent.isEmpty() ? Tone.WARNING : users.isEmpty() ? Tone.PLAIN : Tone.TROUBLE;
        String verdict = silent.isEmpty()
                ? count == 0 ? "nobody is banned" : Phrase.count(count, "ban stands", "bans stand")
                : silent.size() == roll.servers().size()
                        ? "who is banned could not be told: no server answered"
                        : Phrase.count(count, "ban stands", "bans stand") + " on the servers that answered";
        Phrase phrase = Phrase.of(verdict);
        if (!users.isEmpty()) {
            phrase.words(users.size() == 1 ? "; a user is among them" : "; users are among them");
        }
        return new Card(tone, phrase.spans(), facts, List.of());
    }

    private static void addUsers(ServerName server, List<Ban> bans, Map<Address, Whose> whose, List<Fact> facts) {
        bans.stream()
                .filter(ban -> ban.id() instanceof Address address
                        && owner(whose, address).isPresent())
                .sorted(Comparator.comparingInt((Ban ban) -> rank(whose, ban)).thenComparing(newestFirst()))
                .forEach(ban -> facts.add(new Fact(
                        "user",
                        line(ban)
                                .words(" by ")
                                .code(ban.jail().name())
                                .words(" on " + server + ": ")
                                .add(owner(whose, (Address) ban.id()).orElseThrow())
                                .spans())));
    }

    private static int rank(Map<Address, Whose> whose, Ban ban) {
        return whose.get((Address) ban.id()) instanceof Whose.Perhaps ? 1 : 0;
    }

    private static Optional<Phrase> owner(Map<Address, Whose> whose, Address address) {
        return switch (whose.getOrDefault(address, NOBODY)) {
            case Whose.Known known ->
                Optional.of(new Phrase().name(known.mailbox()).words("'s"));
            case Whose.Perhaps perhaps ->
                Optional.of(Phrase.of("perhaps ").name(perhaps.mailbox()).words("'s"));
            case Whose.Listed _ -> Optional.of(Phrase.of("one of yours, listed in known_addresses"));
            case Whose.Unknown _, Whose.Suspicious _ -> Optional.empty();
        };
    }

    private static void addJail(ServerName server, Jail jail, List<Ban> held, List<Fact> facts) {
        facts.add(new Fact(
                server.name(),
                new Phrase().code(jail.name()).words(": " + held.size()).spans()));
        held.stream()
                .sorted(newestFirst())
                .limit(MOST_BANS)
                .forEach(ban -> facts.add(new Fact("", line(ban).spans())));
        if (held.size() > MOST_BANS) {
            facts.add(new Fact(
                    "", Phrase.of("and " + (held.size() - MOST_BANS) + " older").spans()));
        }
    }

    private static Phrase line(Ban ban) {
        Phrase line = new Phrase().code(ban.id().text());
        ban.since().ifPresent(at -> line.words(" since ").at(at, Style.MINUTE));
        ban.until().ifPresent(at -> line.words(", until ").at(at, Style.MINUTE));
        return line;
    }

    private static Comparator<Ban> newestFirst() {
        return Comparator.comparing((Ban ban) -> ban.since().orElse(Instant.MIN))
                .reversed();
    }
}
