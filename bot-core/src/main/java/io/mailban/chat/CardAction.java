package io.mailban.chat;

import io.mailban.alert.Topic;
import io.mailban.approval.ApprovalId;
import io.mailban.ban.Address;
import io.mailban.ban.BannedId;
import io.mailban.ban.Jail;
import io.mailban.ban.OtherId;
import io.mailban.ban.ServerName;
import io.mailban.diagnosis.Question;
import java.time.Duration;
import java.util.Optional;

/**
 * What a button does. Travels through a platform as {@link #encoded}, at most {@link #LONGEST} characters for names of up to 40,
 * and comes back from there: whoever can send a click can send any text, so a decoded action proves no right.
 */
public sealed interface CardAction {
    /** How many characters every platform carries. */
    int LONGEST = 100;

    /** Asks for reason and device, then for approval. Without a server, on all of them. */
    record RequestUnban(BannedId target, Optional<ServerName> server) implements CardAction {}

    /** Says yes to a request. */
    record Approve(ApprovalId id) implements CardAction {}

    /** Asks why, then says no. */
    record Deny(ApprovalId id) implements CardAction {}

    /** Takes one's own request back. */
    record Withdraw(ApprovalId id) implements CardAction {}

    /** Shows the log lines behind a diagnosis to the one who pressed. */
    record ShowLines(Address address, Optional<ServerName> server) implements CardAction {}

    /** Asks for a reason, then for two people's approval to exempt it. Without a server, on all of them. */
    record RequestExemption(Address address, Duration length, Optional<ServerName> server) implements CardAction {}

    /** Ends an exemption before its time. */
    record EndExemption(Address address, ServerName server) implements CardAction {}

    /** Keeps a jail or a server quiet for a while. */
    record Mute(Topic topic, Duration length) implements CardAction {}

    /** Ends that before its time. */
    record Unmute(Topic topic) implements CardAction {}

    /** Checks an address or a mailbox. Without a server, on all of them. */
    record Check(Question question, Optional<ServerName> server) implements CardAction {}

    /**
     * Shows who is banned.
     *
     * @param page from 1, in the place of the list that the button stands under; {@link #ANEW} begins a list of its own
     */
    record ListBans(Optional<ServerName> server, Optional<Jail> jail, int page) implements CardAction {
        /** The first page, beside whatever the button stands under. */
        public static final int ANEW = 0;
    }

    /** One line of text. */
    default String encoded() {
        return switch (this) {
            case RequestUnban(var target, var server) ->
                "unban " + target.text() + server.map(s -> " " + s).orElse("");
            case Approve(var id) -> "approve " + id;
            case Deny(var id) -> "deny " + id;
            case Withdraw(var id) -> "withdraw " + id;
            case RequestExemption(var address, var length, var server) ->
                "exempt " + address + "/" + TimeSpan.text(length)
                        + server.map(s -> " " + s).orElse("");
            case Check(var question, var server) ->
                "check " + question + server.map(s -> " " + s).orElse("");
            case ListBans(var server, var jail, var page) ->
                "bans " + page + "/" + jail.map(Jail::name).orElse("")
                        + server.map(s -> " " + s).orElse("");
            case Mute(var topic, var length) -> "mute " + TimeSpan.text(length) + "/" + topic;
            case Unmute(var topic) -> "unmute " + topic;
            case EndExemption(var address, var server) -> "endexempt " + address + " " + server;
            case ShowLines(var address, var server) ->
                "lines " + address + server.map(s -> " " + s).orElse("");
        };
    }

    /** Reads what {@link #encoded} wrote; empty for anything else. */
    static Optional<CardAction> find(String text) {
        String[] words = text.split(" ", 3);
        if (words.length < 2) {
            return Optional.empty();
        }
        try {
            Optional<ServerName> server =
                    words.length == 3 && !words[2].isBlank() ? Optional.of(new ServerName(words[2])) : Optional.empty();
            return switch (words[0]) {
                case "unban" ->
                    BannedId.of(words[1]) instanceof OtherId
                            ? Optional.empty()
                            : Optional.of(new RequestUnban(BannedId.of(words[1]), server));
                case "approve" -> Optional.of(new Approve(new ApprovalId(words[1])));
                case "deny" -> Optional.of(new Deny(new ApprovalId(words[1])));
                case "withdraw" -> Optional.of(new Withdraw(new ApprovalId(words[1])));
                case "lines" -> Address.find(words[1]).map(address -> new ShowLines(address, server));
                case "check" -> question(words[1]).map(question -> new Check(question, server));
                case "bans" -> bans(words[1], server);
                case "exempt" -> exemption(words[1], server);
                case "endexempt" ->
                    Address.find(words[1]).flatMap(address -> server.map(where -> new EndExemption(address, where)));
                case "mute" -> server.flatMap(name -> mute(words[1], name.name()));
                case "unmute" ->
                    server.flatMap(name -> topic(words[1], name.name())).map(Unmute::new);
                default -> Optional.empty();
            };
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private static Optional<Question> question(String word) {
        return switch (Subject.of(word)) {
            case Subject.OfAddress(var address) -> Optional.of(new Question.OfAddress(address));
            case Subject.OfMailbox(var mailbox) -> Optional.of(new Question.OfMailbox(mailbox));
            case Subject.OfNetwork _, Subject.Unclear _ -> Optional.empty();
        };
    }

    private static Optional<CardAction> bans(String word, Optional<ServerName> server) {
        int slash = word.indexOf('/');
        if (slash < 1) {
            return Optional.empty();
        }
        String jail = word.substring(slash + 1);
        int page = Integer.parseInt(word, 0, slash, 10);
        return page < ListBans.ANEW
                ? Optional.empty()
                : Optional.of(
                        new ListBans(server, jail.isEmpty() ? Optional.empty() : Optional.of(new Jail(jail)), page));
    }

    private static Optional<CardAction> mute(String word, String name) {
        int slash = word.indexOf('/');
        return slash < 0
                ? Optional.empty()
                : topic(word.substring(slash + 1), name)
                        .flatMap(topic ->
                                TimeSpan.find(word.substring(0, slash)).map(length -> new Mute(topic, length)));
    }

    private static Optional<Topic> topic(String kind, String name) {
        return switch (kind) {
            case "jail" -> Optional.of(new Topic.OfJail(new Jail(name)));
            case "server" -> Optional.of(new Topic.OfServer(new ServerName(name)));
            default -> Optional.empty();
        };
    }

    private static Optional<CardAction> exemption(String word, Optional<ServerName> server) {
        int slash = word.indexOf('/');
        return slash < 0
                ? Optional.empty()
                : Address.find(word.substring(0, slash))
                        .flatMap(address -> TimeSpan.find(word.substring(slash + 1))
                                .map(length -> new RequestExemption(address, length, server)));
    }
}
