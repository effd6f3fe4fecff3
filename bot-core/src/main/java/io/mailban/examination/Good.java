package io.mailban.examination;

import io.mailban.ban.Jail;
import io.mailban.examination.Visit.Fail2ban;
import io.mailban.examination.Visit.Power;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What is as it should be. */
public sealed interface Good {
    /** The host's key is the one that is known, and it lets the user in. */
    record LoggedIn(String user, String host, int port, String hostKey) implements Good {}

    /** fail2ban answers, by the standing client. */
    record Answers(String version, Fail2ban.Client client) implements Good {}

    /** Jails run. */
    record Guarding(List<Jail> jails) implements Good {}

    /** A log can be read. */
    record LogRead(String source, Optional<Instant> newest) implements Good {}

    /**
     * The clock is right.
     *
     * @param ahead empty where it could only be told from the logs
     */
    record InTime(ZoneId zone, Optional<Duration> ahead) implements Good {}

    /** Of the Slack app, not of a server. */
    record OfSlack(SlackGood good) implements Good {}

    /** What was tried and refused. */
    record Confined(Set<Power> refused) implements Good {}
}
