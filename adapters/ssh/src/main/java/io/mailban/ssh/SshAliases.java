package io.mailban.ssh;

import java.util.List;

/** The hosts that {@code ~/.ssh/config} knows by a name of its own. */
public final class SshAliases {
    private SshAliases() {}

    /** Every {@code Host} without a pattern, in the files' order. */
    public static List<String> in(SshSurroundings surroundings) {
        return SshConfig.read(surroundings.configs(), surroundings.home(), "").aliases();
    }
}
