package io.mailban.sandbox;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A running sandbox: mail servers that have booted and answer, and the clients that can reach them. It lives as long
 * as this object or this JVM, whichever ends first, and leaves nothing behind. Safe for use by several threads.
 */
public final class Sandbox implements AutoCloseable {

    private final Script script;
    private final Process lead;
    private final Path directory;
    private final List<MailServer> servers;
    // A JVM that is told to end waits for the sandbox to be gone; one that is killed can't, and needs no hook.
    private final Thread hook = new Thread(this::end, "sandbox-end");

    private Sandbox(Script script, Process lead, Path directory) {
        this.script = script;
        this.lead = lead;
        this.directory = directory;
        this.servers = serversIn(directory);
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /**
     * Boots the servers and waits until they answer: about four seconds, and a minute more for each suite whose root
     * was not built before. Progress goes to standard error.
     *
     * @param specs such as {@code mail1=trixie}, {@code mail2=bookworm,journal} (no log files, only the journal) or
     *     {@code mail3=trixie,aliases=40} (forty more SSH addresses)
     * @throws IllegalStateException if it could not start; standard error says why
     */
    public static Sandbox start(String... specs) {
        var script = Script.find();
        var command = new ArrayList<>(List.of("run", "--held"));
        command.addAll(List.of(specs));
        try {
            var lead = script.process(command).redirectError(Redirect.INHERIT).start();
            var line = new BufferedReader(lead.inputReader()).readLine();
            if (line == null || !line.startsWith("ready ")) {
                lead.destroy();
                throw new IllegalStateException("the sandbox with " + String.join(" ", specs)
                        + " did not start; the lines of `sandbox:` on standard error say why");
            }
            return new Sandbox(script, lead, Path.of(line.substring("ready ".length())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** In the order they were asked for. */
    public List<MailServer> servers() {
        return servers;
    }

    /** The server of that name, such as {@code mail1}. */
    public MailServer server(String name) {
        return servers.stream()
                .filter(server -> server.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no server is named " + name + ", only "
                        + servers.stream().map(MailServer::name).toList()));
    }

    /**
     * A client host with that address, such as {@code 203.0.113.7} or {@code 2001:db8::7}; with both when they are
     * joined by a plus. It is made when it first does something.
     */
    public Client client(String address) {
        return new Client(script, directory, address);
    }

    /** What {@code sandbox run} calls DIR: keys, {@code known_hosts}, {@code ssh_config}, {@code servers.tsv}. */
    public Path directory() {
        return directory;
    }

    /** The process whose end ends the sandbox. */
    ProcessHandle lead() {
        return lead.toHandle();
    }

    /** Ends every server and client, and waits until they are gone. */
    @Override
    public void close() {
        end();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The JVM is ending, and the hook has run or runs now.
        }
    }

    private void end() {
        try {
            lead.getOutputStream().close();
            if (!lead.waitFor(20, TimeUnit.SECONDS)) {
                lead.destroyForcibly().waitFor();
            }
        } catch (IOException e) {
            lead.destroyForcibly();
        } catch (InterruptedException e) {
            lead.destroy();
            Thread.currentThread().interrupt();
        }
    }

    private List<MailServer> serversIn(Path directory) {
        try {
            return Files.readAllLines(directory.resolve("servers.tsv")).stream()
                    .map(line -> MailServer.read(script, directory, line))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
