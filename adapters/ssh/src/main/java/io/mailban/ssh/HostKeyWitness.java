package io.mailban.ssh;

import com.jcraft.jsch.HostKey;
import com.jcraft.jsch.HostKeyRepository;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.UserInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Judges the host key of one connection attempt for JSch, and remembers what was seen. Nothing is ever added here: an
 * unknown key is refused, and accepted by {@link HostKeys} alone.
 */
final class HostKeyWitness implements HostKeyRepository {
    private final KnownHosts known;
    private volatile Purpose purpose = Purpose.LOG_IN;
    private volatile Optional<Seen> seen = Optional.empty();

    HostKeyWitness(KnownHosts known) {
        this.known = known;
    }

    /** What the attempt is for. */
    enum Purpose {
        LOG_IN,
        /** Only to see the key: it is refused even if it is trusted. */
        SEE_THE_KEY
    }

    Purpose purpose() {
        return purpose;
    }

    void purpose(Purpose changed) {
        purpose = changed;
    }

    /** The key that the host presented, and what known_hosts says of it. */
    record Seen(PresentedKey key, KnownHosts.Standing standing) {}

    Optional<Seen> seen() {
        return seen;
    }

    @Override
    public int check(String host, byte[] key) {
        KnownHosts.Standing standing = known.standing(host, key);
        seen = Optional.of(new Seen(PresentedKey.of(host, key), standing));
        return switch (standing) {
            case TRUSTED -> purpose == Purpose.LOG_IN ? OK : NOT_INCLUDED;
            case CHANGED -> CHANGED;
            case UNKNOWN, REVOKED -> NOT_INCLUDED;
        };
    }

    /** JSch asks this to offer first the algorithms of keys that are known, as OpenSSH does: not for revoked ones. */
    @Override
    public HostKey[] getHostKey(@Nullable String host, @Nullable String type) {
        if (host == null) {
            return getHostKey();
        }
        return forJsch(known.of(host).stream()
                .filter(entry -> !entry.isRevocation() && (type == null || type.equals(entry.type())))
                .toList());
    }

    /** JSch asks this to verify a host certificate by its {@code @cert-authority}. */
    @Override
    public HostKey[] getHostKey() {
        return forJsch(known.all());
    }

    private static HostKey[] forJsch(List<KnownHosts.Entry> entries) {
        List<HostKey> keys = new ArrayList<>();
        for (KnownHosts.Entry entry : entries) {
            try {
                keys.add(new HostKey(entry.marker(), entry.hosts(), HostKey.GUESS, entry.key(), ""));
            } catch (JSchException | IndexOutOfBoundsException _) {
                // A type that JSch can't speak is no preference of ours.
            }
        }
        return keys.toArray(HostKey[]::new);
    }

    @Override
    public void add(HostKey key, @Nullable UserInfo person) {
        throw new UnsupportedOperationException("host keys are trusted by mailban trust alone");
    }

    @Override
    public void remove(@Nullable String host, @Nullable String type) {
        throw new UnsupportedOperationException("host keys are replaced by mailban trust alone");
    }

    @Override
    public void remove(@Nullable String host, @Nullable String type, byte @Nullable [] key) {
        remove(host, type);
    }

    @Override
    public String getKnownHostsRepositoryID() {
        return "known_hosts";
    }
}
