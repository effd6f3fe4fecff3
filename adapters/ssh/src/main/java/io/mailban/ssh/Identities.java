package io.mailban.ssh;

import com.jcraft.jsch.AgentIdentityRepository;
import com.jcraft.jsch.AgentProxyException;
import com.jcraft.jsch.Identity;
import com.jcraft.jsch.IdentityRepository;
import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.SSHAgentConnector;
import io.mailban.mailserver.Obstacle;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Vector;

/**
 * The keys that one connection attempt offers, in order: the agent's where they may be, then the files. A file that
 * needs a passphrase nobody gave is left to the agent, if it holds that key.
 */
final class Identities implements IdentityRepository {
    private final List<Identity> identities = new ArrayList<>();
    private final List<String> tried = new ArrayList<>();

    private Identities() {}

    /** For an attempt that doesn't log in. */
    static Identities none() {
        return new Identities();
    }

    /**
     * Gathers the keys.
     *
     * @throws Obstructed with {@code KeyUnusable} where the one key that the operator named can't be used
     */
    static Identities gather(JSch jsch, SshServer server, Destination destination) throws Obstructed {
        Identities found = new Identities();
        List<Identity> agents = agentKeys(destination);
        boolean agentToo = destination.keyChoice() == Destination.KeyChoice.AGENT_TOO;
        if (agentToo && !agents.isEmpty()) {
            found.identities.addAll(agents);
            found.tried.add("the agent's " + (agents.size() == 1 ? "key" : agents.size() + " keys"));
        }
        for (Path file : destination.keys()) {
            Optional<String> fault = found.add(jsch, file, server, agentToo ? List.of() : agents);
            if (fault.isPresent() && server.key().isPresent()) {
                throw new Obstructed(new Obstacle.KeyUnusable(file.toString(), fault.get()));
            }
        }
        return found;
    }

    /** What was offered, for people. */
    String tried() {
        return tried.isEmpty() ? "no key at all" : String.join(", ", tried);
    }

    /** The public half of the key that is offered first, as a line of authorized_keys. */
    Optional<String> firstPublicKey() {
        return identities.stream().findFirst().map(Identity::getPublicKeyBlob).map(blob -> {
            PresentedKey key = PresentedKey.of("", blob);
            return key.type() + " " + key.base64() + " mailban";
        });
    }

    /** Returns why the file can't be used, if it can't. */
    private Optional<String> add(JSch jsch, Path file, SshServer server, List<Identity> agents) {
        Optional<Identity> byAgent = publicPart(file)
                .flatMap(blob -> agents.stream()
                        .filter(key -> Arrays.equals(blob, key.getPublicKeyBlob()))
                        .findFirst());
        if (byAgent.isPresent()) {
            identities.add(byAgent.get());
            tried.add(file + " (by the agent)");
            return Optional.empty();
        }
        if (!Files.exists(file)) {
            return Optional.of("there is no such file");
        }
        if (!Files.isReadable(file)) {
            return Optional.of("this user may not read it");
        }
        try {
            jsch.addIdentity(file.toString());
            // Left where it is: JSch wipes a key that it is told to forget.
            Identity identity = jsch.getIdentityRepository().getIdentities().lastElement();
            Optional<String> fault = unlocked(identity, server);
            if (fault.isEmpty()) {
                identities.add(identity);
                tried.add(file.toString());
            }
            return fault;
        } catch (JSchException | RuntimeException fault) {
            return Optional.of("it is no private key that can be read (" + fault.getMessage() + ")");
        }
    }

    private static Optional<String> unlocked(Identity identity, SshServer server) throws JSchException {
        if (!identity.isEncrypted()) {
            return Optional.empty();
        }
        if (server.passphrase().isEmpty()) {
            return Optional.of("it has a passphrase, and none is configured; the agent doesn't hold it either");
        }
        char[] secret = server.passphrase().get().read();
        // Never as a String, which would stay in memory.
        ByteBuffer encoded = ByteBuffer.wrap(new byte[secret.length * 4]);
        StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(secret), encoded, true);
        byte[] bytes = Arrays.copyOf(encoded.array(), encoded.position());
        try {
            return identity.setPassphrase(bytes) && !identity.isEncrypted()
                    ? Optional.empty()
                    : Optional.of("its passphrase is another");
        } finally {
            Arrays.fill(bytes, (byte) 0);
            Arrays.fill(encoded.array(), (byte) 0);
            Arrays.fill(secret, '\0');
        }
    }

    private static List<Identity> agentKeys(Destination destination) {
        if (destination.agent().isEmpty()) {
            return List.of();
        }
        try {
            return List.copyOf(new AgentIdentityRepository(
                            new SSHAgentConnector(destination.agent().get()))
                    .getIdentities());
        } catch (AgentProxyException | RuntimeException _) {
            // An agent that is gone is an agent without keys; the refused login will say what was tried.
            return List.of();
        }
    }

    /** The public half beside the file, by which the agent's key is found. */
    private static Optional<byte[]> publicPart(Path file) {
        Path beside = file.toString().endsWith(".pub") ? file : Path.of(file + ".pub");
        try {
            String[] words = Files.readString(beside, StandardCharsets.ISO_8859_1)
                    .strip()
                    .split("\\s+", 3);
            return words.length < 2
                    ? Optional.empty()
                    : Optional.of(Base64.getDecoder().decode(words[1]));
        } catch (IOException | IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    @Override
    public Vector<Identity> getIdentities() {
        return new Vector<>(identities);
    }

    @Override
    public String getName() {
        return "mailban";
    }

    @Override
    public int getStatus() {
        return RUNNING;
    }

    @Override
    public boolean add(byte[] identity) {
        return false;
    }

    @Override
    public boolean remove(byte[] blob) {
        return false;
    }

    @Override
    public void removeAll() {
        identities.clear();
    }
}
