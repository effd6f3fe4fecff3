package io.mailban.ssh;

import io.mailban.ban.ServerName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.auth.pubkey.PublickeyAuthenticator;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.Command;
import org.apache.sshd.server.command.CommandFactory;
import org.apache.sshd.server.session.ServerUserAuthServiceFactory;
import org.apache.sshd.server.shell.ProcessShellCommandFactory;
import org.apache.sshd.server.subsystem.SubsystemFactory;

/**
 * An sshd inside the test, on a port of loopback, that runs commands with this machine's shell. Like OpenSSH it ends a
 * session in which something comes for a channel that is closed.
 */
final class TestSshd implements AutoCloseable {
    private final SshServer sshd = SshServer.setUpDefaultServer();
    private final List<KeyPair> hostKeys;

    TestSshd(PublickeyAuthenticator authenticator, String... keyTypes) {
        hostKeys = List.of(keyTypes).stream().map(TestSshd::newKey).toList();
        sshd.setHost("127.0.0.1");
        sshd.setKeyPairProvider(KeyPairProvider.wrap(hostKeys));
        sshd.setPublickeyAuthenticator(authenticator);
        sshd.setCommandFactory(ProcessShellCommandFactory.INSTANCE);
        sshd.setServiceFactories(List.of(ServerUserAuthServiceFactory.INSTANCE, new StrictConnectionService.Factory()));
        start();
    }

    static KeyPair newKey(String type) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(type);
            generator.initialize(type.equals("RSA") ? 2048 : 256);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException fault) {
            throw new IllegalStateException(fault);
        }
    }

    void commands(CommandFactory factory) {
        sshd.setCommandFactory(factory);
    }

    /** Runs this where SFTP is asked for; there is none otherwise. */
    void sftp(Supplier<Command> command) {
        sshd.setSubsystemFactories(List.of(new SubsystemFactory() {
            @Override
            public String getName() {
                return "sftp";
            }

            @Override
            public Command createSubsystem(ChannelSession channel) {
                return command.get();
            }
        }));
    }

    int port() {
        return sshd.getPort();
    }

    /** A line of known_hosts for the n-th host key. */
    String knownHostsLine(int index) {
        byte[] blob = blob(hostKeys.get(index).getPublic());
        PresentedKey key = PresentedKey.of("[127.0.0.1]:" + port(), blob);
        return key.host() + " " + key.type() + " " + key.base64();
    }

    String fingerprint(int index) {
        return PresentedKey.of("", blob(hostKeys.get(index).getPublic())).fingerprint();
    }

    static byte[] blob(PublicKey key) {
        ByteArrayBuffer buffer = new ByteArrayBuffer();
        buffer.putRawPublicKey(key);
        return buffer.getCompactData();
    }

    static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    io.mailban.ssh.SshServer server(Optional<Path> key) {
        return at(port(), key);
    }

    /** How a server on a port of loopback is reached. */
    static io.mailban.ssh.SshServer at(int port, Optional<Path> key) {
        return new io.mailban.ssh.SshServer(
                new ServerName("mail1"),
                "127.0.0.1",
                Optional.of("alice"),
                OptionalInt.of(port),
                key,
                Optional.empty(),
                new CommandPrefix.None(),
                new CommandPrefix.None());
    }

    /** As a server that reboots: every connection ends, without a word. */
    void cutConnections() {
        sshd.getActiveSessions().forEach(session -> session.close(true).awaitUninterruptibly());
    }

    private void start() {
        try {
            sshd.start();
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }

    @Override
    public void close() {
        try {
            sshd.stop(true);
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }
}
