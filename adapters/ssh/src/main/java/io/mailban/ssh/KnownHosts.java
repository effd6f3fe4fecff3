package io.mailban.ssh;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The host keys that are trusted, read from known_hosts files (sshd(8), "SSH_KNOWN_HOSTS FILE FORMAT"): plain and hashed
 * names, {@code [host]:port}, patterns, {@code !}, {@code @revoked} and {@code @cert-authority}. Immutable.
 */
final class KnownHosts {
    private static final Pattern SPACES = Pattern.compile("[ \t]+");
    private static final String HASHED = "|1|";

    private final List<Entry> entries;

    private KnownHosts(List<Entry> entries) {
        this.entries = entries;
    }

    /**
     * A line that means something.
     *
     * @param marker {@code @revoked}, {@code @cert-authority} or nothing
     * @param base64 the key
     */
    record Entry(String marker, String hosts, String type, String base64) {
        boolean isPlain() {
            return marker.isEmpty();
        }

        boolean isRevocation() {
            return marker.equals("@revoked");
        }

        boolean names(String host) {
            return hosts.startsWith(HASHED)
                    ? hashMatches(hosts, host)
                    : Glob.anyOf(hosts.toLowerCase(Locale.ROOT).split(",", -1), host.toLowerCase(Locale.ROOT));
        }

        byte[] key() {
            return Base64.getDecoder().decode(base64);
        }
    }

    /** What the files say of one key for one host. */
    enum Standing {
        TRUSTED,
        UNKNOWN,
        CHANGED,
        REVOKED
    }

    /** Reads the files that exist; lines that are none are passed over. */
    static KnownHosts read(List<Path> files) {
        List<Entry> entries = new ArrayList<>();
        for (Path file : files) {
            try {
                entries.addAll(entries(Files.readAllLines(file, StandardCharsets.ISO_8859_1)));
            } catch (IOException _) {
                // A file that is not there trusts nobody.
            }
        }
        return new KnownHosts(List.copyOf(entries));
    }

    /** The entries among these lines. */
    static List<Entry> entries(List<String> lines) {
        List<Entry> entries = new ArrayList<>();
        lines.forEach(line -> addLine(line, entries));
        return entries;
    }

    /**
     * What is known of the key. As OpenSSH does it, a host on a port of its own is also looked up without the port, where
     * only a match counts. Unlike OpenSSH, a key of a type that the host was not known by is a changed key, not an
     * unknown one: else whoever stands in between need only offer another type.
     *
     * @param host {@code host} or {@code [host]:port}
     */
    Standing standing(String host, byte[] key) {
        String base64 = Base64.getEncoder().encodeToString(key);
        if (entries.stream()
                .anyMatch(entry -> entry.isRevocation() && entry.base64().equals(base64) && named(entry, host))) {
            return Standing.REVOKED;
        }
        if (entries.stream()
                .anyMatch(entry -> entry.isPlain() && entry.base64().equals(base64) && named(entry, host))) {
            return Standing.TRUSTED;
        }
        boolean other = entries.stream().anyMatch(entry -> entry.isPlain() && entry.names(host));
        return other ? Standing.CHANGED : Standing.UNKNOWN;
    }

    /** The entries for a host, whatever their marker. */
    List<Entry> of(String host) {
        return entries.stream().filter(entry -> named(entry, host)).toList();
    }

    List<Entry> all() {
        return entries;
    }

    private static boolean named(Entry entry, String host) {
        return entry.names(host) || (!withoutPort(host).equals(host) && entry.names(withoutPort(host)));
    }

    private static String withoutPort(String host) {
        int end = host.indexOf("]:");
        return host.startsWith("[") && end > 0 ? host.substring(1, end) : host;
    }

    private static void addLine(String line, List<Entry> entries) {
        String bare = line.strip();
        if (bare.isEmpty() || bare.startsWith("#")) {
            return;
        }
        String[] words = SPACES.split(bare, 5);
        int first = words[0].startsWith("@") ? 1 : 0;
        if (words.length < first + 3) {
            return;
        }
        try {
            // Decoded and encoded again: padding may be written or left out.
            String key = Base64.getEncoder().encodeToString(Base64.getDecoder().decode(words[first + 2]));
            entries.add(new Entry(first == 1 ? words[0] : "", words[first], words[first + 1], key));
        } catch (IllegalArgumentException _) {
            // No key: OpenSSH passes such a line over too.
        }
    }

    private static boolean hashMatches(String hashed, String host) {
        String[] parts = hashed.substring(HASHED.length()).split("[|]", -1);
        if (parts.length != 2) {
            return false;
        }
        try {
            byte[] salt = Base64.getDecoder().decode(parts[0]);
            byte[] wanted = Base64.getDecoder().decode(parts[1]);
            return Arrays.equals(wanted, hash(salt, host.toLowerCase(Locale.ROOT)));
        } catch (IllegalArgumentException _) {
            return false;
        }
    }

    /** OpenSSH's hash of a host name: HMAC-SHA1 keyed with the salt. */
    static byte[] hash(byte[] salt, String host) {
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(salt, "HmacSHA1"));
            return mac.doFinal(host.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException fault) {
            throw new IllegalStateException("every JDK has HmacSHA1", fault);
        }
    }

    /** The name as a hashed line begins with it. */
    static String hashedName(byte[] salt, String host) {
        Base64.Encoder base64 = Base64.getEncoder();
        return HASHED + base64.encodeToString(salt) + "|" + base64.encodeToString(hash(salt, host));
    }
}
