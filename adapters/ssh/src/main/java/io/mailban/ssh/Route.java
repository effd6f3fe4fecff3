package io.mailban.ssh;

import io.mailban.mailserver.Obstacle;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The way to a server: its jump hosts, nearest first, and itself as the last stop. As with {@code ssh}, each jump host is
 * reached as {@code ~/.ssh/config} says of it, with its own user, port, keys and host key; the first one's own {@code
 * ProxyJump} counts, those of the others don't, since the list says how they are reached.
 *
 * @param stops never empty
 */
record Route(List<Stop> stops) {
    private static final int LONGEST = 8;
    private static final String SCHEME = "ssh://";

    /** A host on the way, and how to log in there. */
    record Stop(SshServer server, Destination destination) {
        static Stop of(SshServer server, SshSurroundings surroundings) {
            return new Stop(server, Destination.of(server, surroundings));
        }
    }

    /** The way as the files say now. */
    static Route to(SshServer server, SshSurroundings surroundings) throws Obstructed {
        List<Stop> backwards = new ArrayList<>(List.of(Stop.of(server, surroundings)));
        Optional<String> jump = backwards.getFirst().destination().jump();
        while (jump.isPresent()) {
            List<SshServer> hops = hops(server, jump.get());
            hops.reversed().forEach(hop -> backwards.add(Stop.of(hop, surroundings)));
            if (backwards.size() > LONGEST) {
                throw broken(
                        server,
                        "~/.ssh/config goes through more than " + LONGEST + " jump hosts: does "
                                + hops.getFirst().host() + " go through itself?");
            }
            jump = backwards.getLast().destination().jump();
        }
        return new Route(List.copyOf(backwards.reversed()));
    }

    Stop last() {
        return stops.getLast();
    }

    private static List<SshServer> hops(SshServer server, String jump) throws Obstructed {
        List<String> words = List.of(jump.strip().split("\\s+", -1));
        if (words.size() > 1) {
            return List.of(byNetcatMode(words)
                    .orElseThrow(() -> broken(
                            server,
                            "~/.ssh/config wants the ProxyCommand \"" + jump
                                    + "\", which Mailban does not run: say it as ProxyJump HOST")));
        }
        try {
            return Stream.of(jump.split(",", -1)).map(Route::hop).toList();
        } catch (IllegalArgumentException fault) {
            throw broken(
                    server,
                    "~/.ssh/config ProxyJump " + jump + ": it is not written [user@]host[:port],… ("
                            + fault.getMessage() + ")");
        }
    }

    private static SshServer hop(String text) {
        String bare = text.strip();
        return SshServer.of(bare.startsWith(SCHEME) ? bare.substring(SCHEME.length()) : bare);
    }

    /** {@code ssh -q -W %h:%p gate}: how a jump was written before OpenSSH 7.3 had ProxyJump, and often still is. */
    private static Optional<SshServer> byNetcatMode(List<String> words) {
        List<String> rest = new ArrayList<>(words);
        boolean ssh = rest.getFirst().equals("ssh") || rest.getFirst().endsWith("/ssh");
        rest.removeFirst();
        int option = rest.indexOf("-W");
        if (!ssh || option < 0 || option + 1 >= rest.size()) {
            return Optional.empty();
        }
        String target = rest.get(option + 1);
        rest.subList(option, option + 2).clear();
        rest.remove("-q");
        boolean known = target.equals("%h:%p") || target.equals("[%h]:%p");
        try {
            return known && rest.size() == 1 && !rest.getFirst().startsWith("-")
                    ? Optional.of(hop(rest.getFirst()))
                    : Optional.empty();
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private static Obstructed broken(SshServer server, String words) {
        return new Obstructed(new Obstacle.Broken(server.host(), words));
    }
}
