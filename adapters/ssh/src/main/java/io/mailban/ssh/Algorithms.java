package io.mailban.ssh;

import com.jcraft.jsch.JSch;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What {@code ~/.ssh/config} says of algorithms, as JSch's configuration: {@code +}, {@code -} and {@code ^} included. */
final class Algorithms {
    private static final Map<String, List<String>> JSCH_KEYS = Map.of(
            "KexAlgorithms", List.of("kex"),
            "HostKeyAlgorithms", List.of("server_host_key"),
            "Ciphers", List.of("cipher.c2s", "cipher.s2c"),
            "MACs", List.of("mac.c2s", "mac.s2c"),
            "PubkeyAcceptedAlgorithms", List.of("PubkeyAcceptedAlgorithms"));

    private Algorithms() {}

    static Map<String, String> of(SshConfig config) {
        Map<String, String> found = new HashMap<>();
        JSCH_KEYS.forEach((openSsh, keys) -> {
            String wanted = config.value(openSsh, "");
            if (!wanted.isEmpty()) {
                keys.forEach(key -> found.put(key, merged(wanted, JSch.getConfig(key))));
            }
        });
        return Map.copyOf(found);
    }

    static String merged(String wanted, String defaults) {
        List<String> listed = List.of(wanted.substring(1).split(",", -1));
        List<String> standing = new ArrayList<>(List.of(defaults.split(",", -1)));
        return switch (wanted.charAt(0)) {
            case '+' -> {
                standing.addAll(listed);
                yield String.join(",", standing);
            }
            case '-' -> {
                standing.removeIf(name -> listed.stream().anyMatch(pattern -> Glob.matches(pattern, name)));
                yield String.join(",", standing);
            }
            case '^' -> {
                standing.removeAll(listed);
                standing.addAll(0, listed);
                yield String.join(",", standing);
            }
            default -> wanted;
        };
    }
}
