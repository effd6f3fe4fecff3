package io.mailban.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One mail server in the sandbox. Over SSH it lets in {@code mailban} (who may {@code sudo}) and {@code root} with any
 * of the sandbox's keys; its mailboxes are in {@link Account}.
 */
public final class MailServer {
    /** Who comes in through the gate; {@code mailban} is the login that may everything. */
    public static final String GATE_USER = "gatekeeper";

    private final Script script;
    private final Path sandbox;
    private final String name;
    private final String suite;
    private final LogKeeping logs;
    private final String sshHost;
    private final int sshPort;
    private final String ipv4;
    private final String ipv6;
    private final List<String> sshAliases;

    private MailServer(Script script, Path sandbox, List<String> fields) {
        this.script = script;
        this.sandbox = sandbox;
        this.name = fields.get(0);
        this.suite = fields.get(1);
        this.logs = LogKeeping.valueOf(fields.get(2).toUpperCase(Locale.ROOT));
        this.sshHost = fields.get(3);
        this.sshPort = Integer.parseInt(fields.get(4));
        this.ipv4 = fields.get(5);
        this.ipv6 = fields.get(6);
        this.sshAliases =
                fields.get(7).isEmpty() ? List.of() : List.of(fields.get(7).split(",", -1));
    }

    /** Reads a line of {@code servers.tsv}. */
    static MailServer read(Script script, Path sandbox, String line) {
        return new MailServer(script, sandbox, List.of(line.split("\t", -1)));
    }

    /** Such as {@code mail1}; its full name is {@code mail1.example.org}. */
    public String name() {
        return name;
    }

    /** The Debian suite, such as {@code trixie}. */
    public String suite() {
        return suite;
    }

    public LogKeeping logs() {
        return logs;
    }

    /** The address to reach its sshd at from this machine. */
    public String sshHost() {
        return sshHost;
    }

    public int sshPort() {
        return sshPort;
    }

    /** More addresses at which the same sshd answers, as many as its spec asked for. */
    public List<String> sshAliases() {
        return sshAliases;
    }

    /** Where its clients find SMTP and IMAP; not to be reached from this machine. */
    public String ipv4() {
        return ipv4;
    }

    /** Where its clients find SMTP and IMAP; not to be reached from this machine. */
    public String ipv6() {
        return ipv6;
    }

    /** An Ed25519 private key without passphrase. */
    public Path key() {
        return sandbox.resolve("id_ed25519");
    }

    /** The host keys of every server in the sandbox. */
    public Path knownHosts() {
        return sandbox.resolve("known_hosts");
    }

    /**
     * Runs a command on the server as root, past SSH, and gives what it wrote to standard output.
     *
     * @throws IllegalStateException if it exits with anything but 0
     */
    public String exec(String... command) {
        var result = tryExec(command);
        if (result.status() != 0) {
            throw new IllegalStateException("on " + name + ", " + String.join(" ", command) + " exited with "
                    + result.status() + ": " + result.errors() + result.output());
        }
        return result.output();
    }

    /** As {@link #exec}, with this on the command's standard input. */
    public String feed(String input, String... command) {
        var result = script.exec(sandbox, name, input, List.of(command));
        if (result.status() != 0) {
            throw new IllegalStateException("on " + name + ", " + command[0] + " exited with " + result.status() + ": "
                    + result.errors() + result.output());
        }
        return result.output();
    }

    /** Runs a command on the server as root, past SSH, whatever comes of it. */
    public CommandResult tryExec(String... command) {
        return script.exec(sandbox, name, "", List.of(command));
    }

    /**
     * Runs {@code deploy/mailserver/install} there as an administrator would, from a copy of its directory.
     *
     * @return how it ended, and what it said
     */
    public CommandResult install(String... arguments) {
        for (String file : List.of("install", "mailban-gate", "mailban-logs")) {
            var copy = "mkdir -p /root/mailserver && cat > /root/mailserver/" + file;
            script.exec(sandbox, name, script.mailserver(file), List.of("sh", "-c", copy));
        }
        var command = new ArrayList<>(List.of("sh", "/root/mailserver/install"));
        command.addAll(List.of(arguments));
        return script.exec(sandbox, name, "", command);
    }

    /** Lets {@link #key} through the gate, as the user {@link #GATE_USER}; does nothing where it is there already. */
    public void installGate() {
        var result = install("--user", GATE_USER, publicKey());
        if (result.status() != 0) {
            throw new IllegalStateException("the gate could not be installed on " + name + ": " + result.errors());
        }
    }

    /** The public half of {@link #key}, as {@code authorized_keys} wants it. */
    public String publicKey() {
        try {
            return Files.readString(sandbox.resolve("id_ed25519.pub")).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Returns once the jail has banned that address and the firewall knows it. fail2ban lists a ban a moment before it
     * acts: a client that connects in between is let in, and then hangs instead of being refused.
     *
     * @throws IllegalStateException if that takes longer than 20 s
     */
    public void awaitBan(String jail, String address) {
        exec("timeout", "20", "bash", "-c", """
                until fail2ban-client get "$0" banip | grep -qwF -- "$1" && nft list ruleset | grep -qwF -- "$1"; do
                    sleep 0.1
                done""", jail, address);
    }

    @Override
    public String toString() {
        return name + " (" + suite + ", " + logs.name().toLowerCase(Locale.ROOT) + ")";
    }
}
