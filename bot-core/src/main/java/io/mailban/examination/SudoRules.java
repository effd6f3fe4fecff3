package io.mailban.examination;

import io.mailban.examination.Visit.Shell;
import java.util.List;

/** Reads the rules that {@code sudo -n -l} lists, such as {@code (root) NOPASSWD: /usr/bin/fail2ban-client}. */
public final class SudoRules {
    private static final String WITHOUT_PASSWORD = "NOPASSWD:";
    private static final String CLIENT = "/fail2ban-client";

    private SudoRules() {}

    /** Whether these let every command run as root without a password. */
    public static boolean allowAll(List<String> rules) {
        return rules.stream()
                .filter(SudoRules::asRoot)
                .anyMatch(rule -> commands(rule).contains("ALL"));
    }

    static boolean allowFail2ban(Shell shell) {
        return shell instanceof Shell.Given given
                && (allowAll(given.sudo())
                        || given.sudo().stream()
                                .filter(SudoRules::asRoot)
                                .flatMap(rule -> commands(rule).stream())
                                .anyMatch(command -> command.endsWith(CLIENT)));
    }

    private static boolean asRoot(String rule) {
        return rule.startsWith("(ALL") || rule.startsWith("(root");
    }

    private static List<String> commands(String rule) {
        int at = rule.lastIndexOf(WITHOUT_PASSWORD);
        return at < 0
                ? List.of()
                : List.of(rule.substring(at + WITHOUT_PASSWORD.length()).strip().split("\\s*,\\s*", -1));
    }
}
