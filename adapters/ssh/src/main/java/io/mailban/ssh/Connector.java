package io.mailban.ssh;

import io.mailban.mailserver.Obstacle;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One attempt to connect to a server, over its jump hosts if it has any, and the name of what stood in the way. */
final class Connector {
    /** Never empty; the last is the server's own. */
    private final List<Leg> legs;

    private volatile int current;

    /**
     * Looks the way up in {@code ~/.ssh/config}, and goes nowhere yet.
     *
     * @throws Obstructed if the file asks for a way that can't be gone
     */
    Connector(SshServer server, SshSurroundings surroundings, Deadline deadline) throws Obstructed {
        List<Leg> found = new ArrayList<>();
        Optional<String> over = Optional.empty();
        for (Route.Stop stop : Route.to(server, surroundings).stops()) {
            found.add(new Leg(stop, over, deadline));
            over = Optional.of(stop.server().name().name());
        }
        legs = List.copyOf(found);
    }

    /** Where the server itself is. */
    Destination destination() {
        return legs.getLast().destination();
    }

    /** The host key of the server itself, if it was met. */
    Optional<HostKeyWitness.Seen> witnessed() {
        return legs.getLast().witness().seen();
    }

    /** Gives the attempt up from outside: {@link #connect} fails at once. */
    void abandon() {
        legs.forEach(Leg::abandon);
    }

    /** What to say when the deadline passes before {@link #connect} has ended. */
    Obstacle silence() {
        Leg leg = legs.get(current);
        return named(leg, leg.silence());
    }

    /**
     * Connects and logs in; blocks, beyond the deadline if a host drips bytes, unless {@link #abandon}ed. The jump hosts
     * end with the connection.
     *
     * @param onEnd what to do when the connection, once it stood, ends for whatever reason
     */
    Connection connect(Runnable onEnd) throws Obstructed {
        Optional<Connection> reached = Optional.empty();
        for (Leg leg : legs) {
            current = legs.indexOf(leg);
            try {
                // Whatever ends a jump host's connection ends the next one too, which is told.
                reached = Optional.of(leg.connect(reached, leg == legs.getLast() ? onEnd : () -> {}));
            } catch (Obstructed obstructed) {
                reached.ifPresent(Connection::close);
                throw new Obstructed(named(leg, obstructed.obstacle()));
            }
        }
        return reached.orElseThrow();
    }

    /** Meets the server as far as its key, and goes no further; returns what would stand in the way of logging in. */
    Obstacle meetOnly() {
        legs.getLast().witness().purpose(HostKeyWitness.Purpose.SEE_THE_KEY);
        try {
            connect(() -> {}).close();
            throw new IllegalStateException("a refused host key was accepted");
        } catch (Obstructed obstructed) {
            return obstructed.obstacle();
        }
    }

    private Obstacle named(Leg leg, Obstacle obstacle) {
        boolean theServers = leg == legs.getLast() || obstacle instanceof Obstacle.NotForwarded;
        return theServers ? obstacle : new Obstacle.AtJumpHost(leg.name(), obstacle);
    }
}
