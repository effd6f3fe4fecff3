package io.mailban.ssh;

import io.mailban.mailserver.Obstacle.NotForwarded.Reason;
import java.io.IOException;

/** Inside this package: a jump host did not open the way onward. */
final class NotForwarded extends IOException {
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    NotForwarded(Reason reason) {
        super(reason.toString());
        this.reason = reason;
    }

    Reason reason() {
        return reason;
    }
}
