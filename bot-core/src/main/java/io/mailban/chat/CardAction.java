package io.mailban.chat;

import io.mailban.approval.ApprovalId;
import io.mailban.ban.Address;
import io.mailban.ban.BannedId;
import io.mailban.ban.OtherId;
import io.mailban.ban.ServerName;
import java.time.Duration;
import java.util.Optional;

/**
 * What a button does. Travels through a platform as {@link #encoded}, at most 100 characters for server names of up to 40,
 * and comes back from there: whoever can send a click can send any text, so a decoded action proves no right.
 */
public sealed interface CardAction {
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
        Optional<ServerName> server =
                words.length == 3 && !words[2].isBlank() ? Optional.of(new ServerName(words[2])) : Optional.empty();
        try {
            return switch (words[0]) {
                case "unban" ->
                    BannedId.of(words[1]) instanceof OtherId
                            ? Optional.empty()
                            : Optional.of(new RequestUnban(BannedId.of(words[1]), server));
                case "approve" -> Optional.of(new Approve(new ApprovalId(words[1])));
                case "deny" -> Optional.of(new Deny(new ApprovalId(words[1])));
                case "withdraw" -> Optional.of(new Withdraw(new ApprovalId(words[1])));
                case "lines" -> Address.find(words[1]).map(address -> new ShowLines(address, server));
                case "exempt" -> exemption(words[1], server);
                case "endexempt" ->
                    Address.find(words[1]).flatMap(address -> server.map(where -> new EndExemption(address, where)));
                default -> Optional.empty();
            };
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
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
