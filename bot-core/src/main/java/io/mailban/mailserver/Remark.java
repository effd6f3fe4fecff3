package io.mailban.mailserver;

import java.time.Duration;

/** What is out of the ordinary about a server that answers. */
public sealed interface Remark {
    /**
     * Its clock and ours are minutes apart. Its times are translated; whoever reads its logs by hand has to know.
     *
     * @param ahead by how much it is before ours; negative where it is behind
     */
    record ClockOff(Duration ahead) implements Remark {}

    /** Its mail is logged on another host, which can't be asked. */
    record MailLogAway(String host, Obstacle obstacle) implements Remark {}
}
