package io.mailban.deploy;

import io.mailban.ban.Address;
import io.mailban.ban.ServerName;
import io.mailban.bot.Inquiries;
import io.mailban.diagnosis.Diagnoser;
import io.mailban.diagnosis.Diagnosis;
import io.mailban.diagnosis.Finding;
import io.mailban.diagnosis.Question;
import io.mailban.known.Recognizer;
import io.mailban.sandbox.Sandbox;
import io.mailban.ssh.SshMailServers;
import io.mailban.ssh.SshServer;
import io.mailban.ssh.SshSurroundings;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Mailban before one server of a sandbox, reached in whatever way a test wants. */
final class Reach implements AutoCloseable {
    private final ServerName name;
    private final SshMailServers ssh;
    private final Inquiries inquiries;

    Reach(Sandbox sandbox, SshServer server) {
        name = server.name();
        ssh = new SshMailServers(
                List.of(server),
                new SshSurroundings(
                        sandbox.directory(),
                        List.of(),
                        Optional.of(sandbox.servers().getFirst().knownHosts()),
                        Optional.empty()),
                Duration.ofSeconds(20));
        inquiries = new Inquiries(ssh, ssh, ssh, new Diagnoser(new Recognizer(Set.of())), InstantSource.system());
    }

    SshMailServers ssh() {
        return ssh;
    }

    ServerName name() {
        return name;
    }

    /** {@code check ADDRESS}. */
    Diagnosis.OfServer check(String address) {
        return inquiries
                .check(new Question.OfAddress(Address.of(address)), Optional.of(name))
                .servers()
                .getFirst();
    }

    /** The worst that {@code check ADDRESS} finds, which is to be of this kind. */
    <T extends Finding> T worst(Class<T> kind, String address) {
        Diagnosis.OfServer diagnosis = check(address);
        if (!kind.isInstance(diagnosis.worst())) {
            throw new AssertionError("expected " + kind.getSimpleName() + ", got " + diagnosis);
        }
        return kind.cast(diagnosis.worst());
    }

    @Override
    public void close() {
        ssh.close();
    }
}
