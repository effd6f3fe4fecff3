package io.mailban.chat;

import io.mailban.approval.ApprovalId;
import io.mailban.ban.Address;
import io.mailban.ban.BannedId;
import io.mailban.ban.Jail;
import io.mailban.ban.Mailbox;
import io.mailban.ban.ServerName;
import io.mailban.diagnosis.Question;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.regex.Pattern;

/** Reads what people type, the same words on every platform. Pure; thread-safe. */
public final class CommandParser {
    private static final List<String> NAMES = List.of(
            "check",
            "history",
            "unban",
            "bans",
            "servers",
            "requests",
            "approve",
            "deny",
            "withdraw",
            "emergency",
            "audit",
            "exempt",
            "exemptions",
            "mute",
            "read-only",
            "help");

    private static final int DEFAULT_AUDIT = 10;
    private static final Pattern SPACE = Pattern.compile("\\s+");
    private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,4}");
    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern MAILBOX = Pattern.compile("[^\\s/@]+(@[^\\s/@]+)?");

    private final ServerNames servers;

    /** Knows these servers by name. */
    public CommandParser(List<ServerName> servers) {
        this.servers = new ServerNames(servers);
    }

    /** The words that a line can begin with, for completion. */
    public static List<String> names() {
        return NAMES;
    }

    /** Reads one line. */
    public Command parse(String line) {
        Deque<String> words = new ArrayDeque<>(Arrays.asList(SPACE.split(line.strip())));
        String name = words.removeFirst().toLowerCase(Locale.ROOT);
        return switch (name) {
            case "check" -> about("check", words, Command.Check::new);
            case "history" -> about("history", words, Command.History::new);
            case "unban" -> unban(words);
            case "bans" -> bans(words);
            case "servers" -> nothingMore(words, "servers", new Command.Servers());
            case "requests" -> nothingMore(words, "requests", new Command.Requests());
            case "approve" -> approve(words);
            case "deny" -> deny(words);
            case "withdraw" -> withdraw(words);
            case "emergency" -> emergency(words);
            case "audit" -> audit(words);
            case "exempt" -> new RestraintParser(servers).exempt(words);
            case "exemptions" -> nothingMore(words, "exemptions", new Command.Exemptions());
            case "mute" -> MuteParser.mute(words);
            case "read-only" -> RestraintParser.readOnly(words);
            case "forget" -> forget(words);
            case "help", "" -> new Command.Help();
            default -> new Command.Misread(unknown(name));
        };
    }

    private Command about(
            String name, Deque<String> words, BiFunction<Question, Optional<ServerName>, Command> command) {
        if (words.isEmpty()) {
            return new Command.Misread(name + " what? An address or a mailbox, such as: " + name + " 203.0.113.7");
        }
        String subject = words.removeFirst();
        Question question;
        switch (Subject.of(subject)) {
            case Subject.Unclear(var why) -> {
                return new Command.Misread(why);
            }
            case Subject.OfNetwork _ -> {
                return new Command.Misread(subject + " is a network; " + name + " takes one address out of it");
            }
            case Subject.OfAddress(var address) -> question = new Question.OfAddress(address);
            case Subject.OfMailbox(var mailbox) -> question = new Question.OfMailbox(mailbox);
        }
        if (words.isEmpty()) {
            return command.apply(question, Optional.empty());
        }
        Optional<ServerName> server = servers.find(words.getFirst());
        if (server.isEmpty() || words.size() > 1) {
            return new Command.Misread(servers.unknown(String.join(" ", words)));
        }
        return command.apply(question, server);
    }

    private Command unban(Deque<String> words) {
        if (words.isEmpty()) {
            return new Command.Misread("unban what? An address or a network, such as: unban 203.0.113.7");
        }
        String text = words.removeFirst();
        BannedId target;
        switch (Subject.of(text)) {
            case Subject.Unclear(var why) -> {
                return new Command.Misread(why);
            }
            case Subject.OfAddress(var address) -> target = address;
            case Subject.OfNetwork(var network) -> target = network;
            case Subject.OfMailbox _ -> {
                return new Command.Misread(text + ": an IPv4 address has four numbers, such as 203.0.113.7");
            }
        }
        Optional<ServerName> server = words.isEmpty() ? Optional.empty() : servers.find(words.getFirst());
        server.ifPresent(_ -> words.removeFirst());
        String reason = String.join(" ", words);
        return new Command.Unban(target, server, reason.isBlank() ? Optional.empty() : Optional.of(reason));
    }

    private Command bans(Deque<String> words) {
        if (words.isEmpty()) {
            return new Command.Bans(Optional.empty(), Optional.empty());
        }
        Optional<ServerName> server = servers.find(words.getFirst());
        server.ifPresent(_ -> words.removeFirst());
        Optional<Jail> jail = words.isEmpty() ? Optional.empty() : Optional.of(new Jail(words.removeFirst()));
        return nothingMore(words, "bans [server] [jail]", new Command.Bans(server, jail));
    }

    private Command approve(Deque<String> words) {
        return words.size() == 1
                ? request(words.getFirst())
                        .<Command>map(Command.Approve::new)
                        .orElseGet(() -> new Command.Misread(noRequest(words.getFirst())))
                : new Command.Misread("approve takes a request's id; requests lists them");
    }

    private Command deny(Deque<String> words) {
        if (words.isEmpty()) {
            return new Command.Misread("deny takes a request's id and why; requests lists them");
        }
        String text = words.removeFirst();
        String why = String.join(" ", words);
        return request(text)
                .<Command>map(id -> new Command.Deny(id, why.isBlank() ? Optional.empty() : Optional.of(why)))
                .orElseGet(() -> new Command.Misread(noRequest(text)));
    }

    private Command withdraw(Deque<String> words) {
        return words.size() == 1
                ? request(words.getFirst())
                        .<Command>map(Command.Withdraw::new)
                        .orElseGet(() -> new Command.Misread(noRequest(words.getFirst())))
                : new Command.Misread("withdraw takes the id of your request; its card shows it");
    }

    /** Read as an unban; that nobody is asked costs a reason. */
    private Command emergency(Deque<String> words) {
        if (words.isEmpty()) {
            return new Command.Misread(
                    "emergency for what? An address or a network, and why you can't wait for approval,"
                            + " such as: emergency 203.0.113.7 the director waits, nobody else is here");
        }
        return switch (unban(words)) {
            case Command.Unban(var target, var server, var reason)
            when reason.isPresent() -> new Command.Emergency(target, server, reason.get());
            case Command.Unban unban ->
                new Command.Misread("emergency " + unban.target().text()
                        + ": a reason is missing; nothing is lifted without approval and without a reason");
            case Command other -> other;
        };
    }

    private Command audit(Deque<String> words) {
        if (words.isEmpty()) {
            return new Command.Audit(DEFAULT_AUDIT);
        }
        String text = words.removeFirst();
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "all" -> nothingMore(words, "audit all", new Command.Audit(Integer.MAX_VALUE));
            case "verify" -> verifyAudit(words);
            default ->
                NUMBER.matcher(text).matches()
                        ? nothingMore(words, "audit [n]", new Command.Audit(Integer.parseInt(text)))
                        : new Command.Misread(
                                "audit " + text + ": a number from 1 to 99999, all, or verify was expected");
        };
    }

    private static Command forget(Deque<String> words) {
        return words.size() == 1
                        && MAILBOX.matcher(words.getFirst()).matches()
                        && Address.find(words.getFirst()).isEmpty()
                ? new Command.Forget(new Mailbox(words.getFirst()))
                : new Command.Misread("forget takes one mailbox, such as: forget bob@example.org");
    }

    private static Command verifyAudit(Deque<String> words) {
        Optional<String> head = Optional.ofNullable(words.pollFirst());
        return head.isPresent() && !HASH.matcher(head.get()).matches()
                ? new Command.Misread(
                        head.get() + " is no head of an audit log, which is 64 digits in hex; audit verify prints it")
                : nothingMore(words, "audit verify [head]", new Command.VerifyAudit(head));
    }

    private static Optional<ApprovalId> request(String word) {
        try {
            return Optional.of(new ApprovalId(word.toLowerCase(Locale.ROOT)));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    static Command nothingMore(Deque<String> words, String usage, Command command) {
        return words.isEmpty()
                ? command
                : new Command.Misread("“" + String.join(" ", words) + "” is too much; the command is: " + usage);
    }

    private static String noRequest(String word) {
        return word + " is no request's id, which has eight letters and digits; requests lists them";
    }

    private static String unknown(String word) {
        return Nearest.of(word, NAMES)
                .map(near -> "“" + word + "” is no command; did you mean " + near + "?")
                .orElse("“" + word + "” is no command; help lists what you may do");
    }
}
