package io.mailban.slack;

import java.time.Duration;

/**
 * How often things are looked after.
 *
 * @param watch between two looks at a quiet socket; a silent one is noticed 3 s after one
 * @param greeting how long a new socket may take to greet
 * @param groups between two readings of the user groups
 * @param heartbeat between two looks over HTTP whether Slack is there
 */
record Pace(Duration watch, Duration greeting, Duration groups, Duration heartbeat) {
    static final Pace USUAL =
            new Pace(Duration.ofSeconds(10), Duration.ofSeconds(10), Duration.ofSeconds(20), Duration.ofSeconds(60));
}
