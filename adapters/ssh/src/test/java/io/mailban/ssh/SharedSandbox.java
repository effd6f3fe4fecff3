package io.mailban.ssh;

import io.mailban.ban.ServerName;
import io.mailban.sandbox.MailServer;
import io.mailban.sandbox.Sandbox;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** One sandbox for all the tests of this module: it takes seconds to boot, and ends with this JVM. */
final class SharedSandbox {
    static final CommandPrefix NONE = new CommandPrefix.None();
    static final CommandPrefix SUDO = new CommandPrefix.Sudo();

    private static final Sandbox SANDBOX = Sandbox.start("mail1=trixie", "mail2=bookworm,journal");

    private SharedSandbox() {}

    /** trixie with log files, bookworm with the journal only. */
    static List<MailServer> servers() {
        return SANDBOX.servers();
    }

    static Sandbox sandbox() {
        return SANDBOX;
    }

    /** The server as its login {@code mailban} reaches it, who may sudo and read logs. */
    static SshServer reached(MailServer server, CommandPrefix client, CommandPrefix logs) {
        return new SshServer(
                new ServerName(server.name()),
                server.sshHost(),
                Optional.of("mailban"),
                OptionalInt.of(server.sshPort()),
                Optional.of(server.key()),
                Optional.empty(),
                client,
                logs);
    }

    /** The server as its gate lets us in. */
    static SshServer gated(MailServer server) {
        server.installGate();
        return new SshServer(
                new ServerName(server.name()),
                server.sshHost(),
                Optional.of(MailServer.GATE_USER),
                OptionalInt.of(server.sshPort()),
                Optional.of(server.key()),
                Optional.empty(),
                new CommandPrefix.Gate(),
                new CommandPrefix.Gate());
    }

    static SshSurroundings surroundings() {
        return new SshSurroundings(
                Path.of("/nonexistent"),
                List.of(),
                Optional.of(servers().getFirst().knownHosts()),
                Optional.empty());
    }

    static SshMailServers open(SshServer... servers) {
        return new SshMailServers(List.of(servers), surroundings(), Duration.ofSeconds(20));
    }
}
