package io.mailban.ssh;

import io.mailban.ban.Address;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A command line for a server's shell. This is the only class that builds one: out of fixed words, and of values that
 * have been parsed into types or that the server itself named, each quoted so that a POSIX shell takes it for one word.
 */
final class RemoteCommand {
    private static final Pattern SAFE = Pattern.compile("[a-zA-Z0-9_@%+=:,./-]+");

    private final String line;

    private RemoteCommand(String line) {
        this.line = line;
    }

    /** The line to send. */
    String line() {
        return line;
    }

    /**
     * The standing client. Its complaints come on the same stream as its answers, so that none is overtaken; the gate sees
     * to that itself.
     */
    static RemoteCommand standingClient(CommandPrefix prefix) {
        String line = joined(prefix, List.of("fail2ban-client", "-i"));
        return switch (prefix) {
            case CommandPrefix.Gate _ -> new RemoteCommand(line);
            case CommandPrefix.None _, CommandPrefix.Sudo _, CommandPrefix.Docker _, CommandPrefix.SudoDocker _ ->
                new RemoteCommand(line + " 2>&1");
        };
    }

    /**
     * One process for each command, one after the other, and after each a line with the mark and its exit status. The
     * gate lets none of these through.
     *
     * @param mark a word that no answer can hold
     */
    static RemoteCommand oneShots(CommandPrefix prefix, List<ClientCommand> commands, String mark) {
        List<String> parts = new ArrayList<>();
        for (ClientCommand command : commands) {
            List<String> words = new ArrayList<>(List.of("fail2ban-client"));
            words.addAll(command.words());
            // Each has the input closed: docker exec -i would swallow what follows.
            parts.add(joined(prefix, words) + " </dev/null 2>&1; echo " + quoted(mark) + " $?");
        }
        return new RemoteCommand(String.join("; ", parts));
    }

    /**
     * What reads on a server, with values as its positional parameters: the whole script for {@code sh}, behind the
     * prefix as a whole (one {@code docker exec} for many commands), or for the gate its verb alone.
     */
    static RemoteCommand script(CommandPrefix prefix, LogScripts.Verb verb, List<String> parameters) {
        List<String> words = switch (prefix) {
            case CommandPrefix.Gate _ -> new ArrayList<>();
            case CommandPrefix.None _, CommandPrefix.Sudo _, CommandPrefix.Docker _, CommandPrefix.SudoDocker _ ->
                new ArrayList<>(List.of("sh", "-c", LogScripts.TEXT, "mailban-logs"));
        };
        words.add(verb.word());
        words.addAll(parameters);
        return new RemoteCommand(joined(prefix, words));
    }

    /** What fail2ban's database, which fail2ban itself named, keeps of an address. */
    static RemoteCommand evidence(CommandPrefix prefix, String mark, String database, Address address) {
        return script(prefix, LogScripts.Verb.EVIDENCE, List.of(mark, database, address.text()));
    }

    /** Where in fail2ban's sets and chains of the firewall an address stands. */
    static RemoteCommand firewall(CommandPrefix prefix, String mark, Address address) {
        return script(prefix, LogScripts.Verb.FIREWALL, List.of(mark, address.text()));
    }

    /** A fixed script that looks around, run by the login itself. */
    static RemoteCommand ofLogin(LoginScript script, List<String> parameters) {
        List<String> words = new ArrayList<>(List.of("sh", "-c", script.text(), "mailban"));
        words.addAll(parameters);
        return new RemoteCommand(joined(new CommandPrefix.None(), words));
    }

    private static String joined(CommandPrefix prefix, List<String> words) {
        List<String> all = new ArrayList<>();
        prefix.words().forEach(word -> all.add(quoted(word)));
        words.forEach(word -> all.add(quoted(word)));
        return String.join(" ", all);
    }

    /**
     * One word of a POSIX shell (Shell Command Language, 2.2.2): nothing is special between single quotes. The very form
     * of Python's {@code shlex.quote}, by which the gate tells a line of ours from any other.
     */
    static String quoted(String word) {
        if (word.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("no command line can hold a NUL");
        }
        return SAFE.matcher(word).matches() ? word : "'" + word.replace("'", "'\"'\"'") + "'";
    }

    @Override
    public String toString() {
        return line;
    }
}
