package io.mailban.ssh;

import io.mailban.mailserver.Obstacle;

/** Inside this package: the server can't be reached. The ports turn it into the outcome {@code Unreachable}. */
final class Obstructed extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Obstacle obstacle;

    Obstructed(Obstacle obstacle) {
        super(obstacle.toString());
        this.obstacle = obstacle;
    }

    Obstacle obstacle() {
        return obstacle;
    }
}
