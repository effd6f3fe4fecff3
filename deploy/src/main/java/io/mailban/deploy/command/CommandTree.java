package io.mailban.deploy.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.mailban.deploy.parse.ParseCommand;
import io.mailban.deploy.shell.Exit;
import io.mailban.deploy.story.TryCommand;
import io.mailban.slack.TokenRefused;
import io.mailban.store.StoreUnusable;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** All that can be typed after {@code mailban}. */
public final class CommandTree {
    private CommandTree() {}

    @Command(
            name = "mailban",
            mixinStandardHelpOptions = true,
            description = "Says why a mail client is locked out, and lifts the ban.",
            footer = {
                "",
                "Exit status: 0 nothing is wrong, 1 banned or otherwise kept out, 2 misuse, 3 it couldn't be told.",
                "Beside a running bot (mailban run, mailban chat) commands go through it."
            })
    private static final class Root {}

    @Command(name = "config", description = "Look at the configuration.", mixinStandardHelpOptions = true)
    private static final class Config {}

    /** Runs a command line and answers its exit status. */
    public static int run(String... args) {
        return of(System.getenv()).execute(args);
    }

    static CommandLine of(Map<String, String> env) {
        CommandLine root = new CommandLine(new Root());
        add(root, new ErrandCommand("check", env), "check", "ADDRESS|MAILBOX [SERVER]", "Say why it can't get in.");
        add(
                root,
                new ErrandCommand("history", env),
                "history",
                "ADDRESS|MAILBOX [SERVER]",
                "What happened to it: bans, lifts, logins, decisions.");
        add(
                root,
                new ErrandCommand.Lifting("unban", env),
                "unban",
                "ADDRESS|NETWORK [SERVER] [REASON...]",
                "Ask for a ban to be lifted.");
        add(root, new ErrandCommand("bans", env), "bans", "[SERVER] [JAIL]", "Who is banned now.");
        add(root, new ErrandCommand("servers", env), "servers", "", "How the mail servers are.");
        add(root, new ErrandCommand("requests", env), "requests", "", "What waits for approval.");
        add(root, new ErrandCommand.Lifting("approve", env), "approve", "REQUEST", "Approve a request, and lift.");
        add(root, new ErrandCommand("deny", env), "deny", "REQUEST WHY...", "Deny a request.");
        add(root, new ErrandCommand("withdraw", env), "withdraw", "REQUEST", "Take your own request back.");
        add(
                root,
                new ErrandCommand.Lifting("emergency", env),
                "emergency",
                "ADDRESS|NETWORK [SERVER] REASON...",
                "Lift a ban at once, without approval; every approver is told.");
        root.addSubcommand("report", new ReportCommand(env));
        add(
                root,
                new AuditCommand(env),
                "audit",
                "[N|all] | verify [FILE]",
                "What was done, with --json one object a line; whether the log of it is what was written.");
        add(
                root,
                new ForgetCommand(env),
                "forget",
                "MAILBOX",
                "Erase a mailbox's name from all that is kept, for good.");
        add(
                root,
                new ErrandCommand.Lifting("exempt", env),
                "exempt",
                "ADDRESS DURATION [SERVER] [REASON...] | end ADDRESS [SERVER]",
                "Ask for an address not to be banned for a while, or end that.");
        add(root, new ErrandCommand("exemptions", env), "exemptions", "", "Whom fail2ban is kept from banning.");
        add(root, new ErrandCommand("read-only", env), "read-only", "[on|off]", "Stop every lift and exemption.");
        root.addSubcommand("chat", new ChatCommand(env));
        root.addSubcommand("run", new RunCommand(env));
        root.addSubcommand("trust", new TrustCommand(env));
        root.addSubcommand("init", new InitCommand(env));
        root.addSubcommand("doctor", new DoctorCommand(env));
        root.addSubcommand("config", new CommandLine(new Config()).addSubcommand("check", new ConfigCommand(env)));
        root.addSubcommand(new ParseCommand());
        root.addSubcommand(new TryCommand());
        root.addSubcommand(new HelpCommand());
        root.setUsageHelpAutoWidth(true);
        describeVersion(root);
        // "@alice says" is a reason, no file of arguments.
        root.setExpandAtFiles(false);
        root.setErr(new PrintWriter(Streams.err(), true, UTF_8));
        root.setOut(new PrintWriter(Streams.out(), true, UTF_8));
        root.setParameterExceptionHandler(CommandTree::misuse);
        root.setExecutionExceptionHandler(CommandTree::failure);
        root.setExecutionStrategy(parsed -> {
            CommandLine last = parsed.asCommandLineList().getLast();
            if (last.getCommand() instanceof Root || last.getCommand() instanceof Config) {
                last.usage(last.getErr(), Ansi.AUTO);
                return Exit.MISUSE.status();
            }
            return new CommandLine.RunLast().execute(parsed);
        });
        return root;
    }

    /** The jar's manifest knows which version this is. */
    private static void describeVersion(CommandLine line) {
        line.getCommandSpec()
                .version("mailban "
                        + Optional.ofNullable(CommandTree.class.getPackage().getImplementationVersion())
                                .orElse("(not packaged)"));
        line.getSubcommands().values().forEach(CommandTree::describeVersion);
    }

    private static void add(CommandLine root, ErrandCommand command, String name, String words, String description) {
        CommandLine line = new CommandLine(command);
        line.getCommandSpec()
                .usageMessage()
                .customSynopsis("mailban " + name + (words.isEmpty() ? "" : " " + words) + " [options]")
                .description(description);
        root.addSubcommand(name, line);
    }

    /** One sentence, with the nearest command or option. */
    private static int misuse(ParameterException e, String[] args) {
        String sentence = e.getMessage();
        if (e instanceof UnmatchedArgumentException unmatched
                && !unmatched.getUnmatched().isEmpty()) {
            String word = unmatched.getUnmatched().getFirst();
            String kind = unmatched.isUnknownOption() ? "option" : "command";
            List<String> near = unmatched.getSuggestions();
            sentence = "“" + word + "” is no " + kind + " of "
                    + e.getCommandLine().getCommandName()
                    + (near.isEmpty() ? "; mailban help lists them" : "; did you mean " + near.getFirst() + "?");
        }
        e.getCommandLine().getErr().println("mailban: " + sentence);
        return Exit.MISUSE.status();
    }

    private static int failure(Exception e, CommandLine line, CommandLine.ParseResult parsed) {
        PrintWriter err = line.getErr();
        return switch (e) {
            case Misuse misuse -> {
                err.println("mailban: " + misuse.getMessage());
                yield Exit.MISUSE.status();
            }
            case StoreUnusable unusable -> {
                err.println("mailban: " + unusable.getMessage());
                yield Exit.NOT_TOLD.status();
            }
            case TokenRefused refused -> {
                err.println("mailban: " + refused.getMessage());
                yield Exit.NOT_TOLD.status();
            }
            case UncheckedIOException broken -> {
                err.println("mailban: " + broken.getMessage());
                yield Exit.NOT_TOLD.status();
            }
            case InterruptedException _ -> {
                Thread.currentThread().interrupt();
                yield Exit.NOT_TOLD.status();
            }
            default -> {
                err.println("mailban: this is a fault in Mailban itself, please report it: " + e);
                e.printStackTrace(err);
                yield Exit.NOT_TOLD.status();
            }
        };
    }
}
