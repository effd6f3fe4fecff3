package io.mailban.ssh;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What {@code ~/.ssh/config} says about one host (ssh_config(5)): {@code Host} with patterns and {@code !}, {@code
 * Match} with {@code all}, {@code host}, {@code originalhost} and {@code user}, {@code Include}, quotes, {@code
 * key=value}; the first value of a key counts, of {@code IdentityFile} all. A {@code Match} that would run a command
 * never matches. Read anew for each connection, so that an edit counts at once.
 */
final class SshConfig {
    private static final int DEEPEST_INCLUDE = 16;
    private static final Set<String> LISTS = Set.of("identityfile");

    private final Path home;
    private final String alias;
    private final Map<String, List<String>> values = new LinkedHashMap<>();
    private final Set<String> aliases = new LinkedHashSet<>();

    private SshConfig(Path home, String alias) {
        this.home = home;
        this.alias = alias;
    }

    /**
     * Reads the files that exist, the earlier one winning.
     *
     * @param alias the host as the operator wrote it
     */
    static SshConfig read(List<Path> files, Path home, String alias) {
        SshConfig config = new SshConfig(home, alias);
        for (Path file : files) {
            config.readFile(file, true, 0);
        }
        return config;
    }

    /** The first value of a key, in any case; a key that may stand several times has more, see {@link #all}. */
    String value(String key, String otherwise) {
        List<String> found = all(key);
        return found.isEmpty() ? otherwise : found.getFirst();
    }

    /** The hosts that are named without a pattern, as far as the files were read for this one. */
    List<String> aliases() {
        return List.copyOf(aliases);
    }

    /** All values of a key, in their order. */
    List<String> all(String key) {
        return values.getOrDefault(key.toLowerCase(Locale.ROOT), List.of());
    }

    /** All words of whichever of the keys stands first: of two that compete, it wins. */
    List<String> earliestOf(String key, String other) {
        return values.entrySet().stream()
                .filter(entry ->
                        entry.getKey().equalsIgnoreCase(key) || entry.getKey().equalsIgnoreCase(other))
                .findFirst()
                .map(Map.Entry::getValue)
                .orElse(List.of());
    }

    /** Returns whether the lines after the file still belong to the block that included it. */
    private void readFile(Path file, boolean applies, int depth) {
        List<String> lines;
        try {
            // Latin 1 takes any byte: a stray one in a comment must not cost the whole file.
            lines = Files.readAllLines(file, StandardCharsets.ISO_8859_1);
        } catch (IOException _) {
            return;
        }
        boolean current = applies;
        for (String line : lines) {
            List<String> words = words(line);
            if (words.size() < 2) {
                continue;
            }
            String key = words.getFirst().toLowerCase(Locale.ROOT);
            List<String> rest = words.subList(1, words.size());
            switch (key) {
                case "host" -> {
                    rest.stream().filter(word -> !word.matches(".*[*?!].*")).forEach(aliases::add);
                    current = applies && Glob.anyOf(rest.toArray(String[]::new), alias);
                }
                case "match" -> current = applies && matches(rest);
                case "include" -> {
                    if (current && depth < DEEPEST_INCLUDE) {
                        rest.forEach(pattern -> include(pattern, depth + 1));
                    }
                }
                default -> {
                    if (current) {
                        keep(key, rest);
                    }
                }
            }
        }
    }

    private void keep(String key, List<String> rest) {
        List<String> kept = values.computeIfAbsent(key, _ -> new ArrayList<>());
        if (kept.isEmpty() || LISTS.contains(key)) {
            kept.addAll(rest);
        }
    }

    private boolean matches(List<String> criteria) {
        for (int i = 0; i < criteria.size(); i++) {
            String criterion = criteria.get(i).toLowerCase(Locale.ROOT);
            if (criterion.equals("all")) {
                continue;
            }
            if (i + 1 >= criteria.size()) {
                return false;
            }
            String subject = switch (criterion) {
                case "host" -> value("hostname", alias);
                case "originalhost" -> alias;
                case "user" -> value("user", System.getProperty("user.name", ""));
                default -> null;
            };
            if (subject == null || !Glob.anyOf(criteria.get(++i).split(",", -1), subject)) {
                return false;
            }
        }
        return true;
    }

    private void include(String pattern, int depth) {
        Path path = resolve(pattern);
        Path folder = path.getParent();
        Path last = path.getFileName();
        if (folder == null || last == null) {
            return;
        }
        Set<Path> found = new TreeSet<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            for (Path entry : entries) {
                Path name = entry.getFileName();
                if (name != null && Glob.matches(last.toString(), name.toString())) {
                    found.add(entry);
                }
            }
        } catch (IOException _) {
            return;
        }
        found.forEach(file -> readFile(file, true, depth));
    }

    private Path resolve(String text) {
        if (text.startsWith("~/")) {
            return home.resolve(text.substring(2));
        }
        return home.resolve(".ssh").resolve(text);
    }

    /** The words of a line: the key ends at white space or {@code =}, quotes hold a word together, # begins a comment. */
    static List<String> words(String line) {
        List<String> words = new ArrayList<>();
        int i = 0;
        while (i < line.length()) {
            char c = line.charAt(i);
            boolean separator = c <= ' ' || (words.size() == 1 && c == '=');
            if (separator) {
                i++;
                continue;
            }
            if (c == '#') {
                break;
            }
            int end = i;
            if (c == '"') {
                end = line.indexOf('"', i + 1);
                if (end < 0) {
                    return new ArrayList<>();
                }
                words.add(line.substring(i + 1, end++));
            } else {
                while (end < line.length() && line.charAt(end) > ' ' && !(words.isEmpty() && line.charAt(end) == '=')) {
                    end++;
                }
                words.add(line.substring(i, end));
            }
            i = end;
        }
        return words;
    }
}
