package io.mailban.ssh;

/** OpenSSH's host patterns: {@code *} and {@code ?}, lists of them, and {@code !} for none of these (ssh_config(5)). */
final class Glob {
    private Glob() {}

    /** Whether a pattern of the list matches, and none that is negated does. */
    static boolean anyOf(String[] patterns, String text) {
        boolean found = false;
        for (String pattern : patterns) {
            if (pattern.startsWith("!")) {
                if (matches(pattern.substring(1), text)) {
                    return false;
                }
            } else if (matches(pattern, text)) {
                found = true;
            }
        }
        return found;
    }

    /** Whether the whole text matches the one pattern. Steps back to the latest star only, so quadratic at worst. */
    static boolean matches(String pattern, String text) {
        int p = 0;
        int t = 0;
        int star = -1;
        int mark = 0;
        while (t < text.length()) {
            char want = p < pattern.length() ? pattern.charAt(p) : 0;
            if (want == '*') {
                star = p++;
                mark = t;
            } else if (p < pattern.length() && (want == '?' || want == text.charAt(t))) {
                p++;
                t++;
            } else if (star >= 0) {
                p = star + 1;
                t = ++mark;
            } else {
                return false;
            }
        }
        while (p < pattern.length() && pattern.charAt(p) == '*') {
            p++;
        }
        return p == pattern.length();
    }
}
