package io.mailban.examination;

import io.mailban.ban.Jail;
import io.mailban.ban.Network;
import io.mailban.examination.Visit.Log;
import io.mailban.examination.Visit.Power;
import io.mailban.mailserver.Fail2banSilent;
import io.mailban.mailserver.Obstacle;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** What is not as it should be. Each has its own sentence, and, where one is known, its own mending. */
public sealed interface Flaw {

    /** It can't be logged in. */
    record Obstructed(Obstacle obstacle, OptionalInt sshElsewhere) implements Flaw {}

    /** sudo wants a password for {@code program} where {@code sudo -n} stands before fail2ban-client. */
    record SudoRefuses(String user, String program) implements Flaw {}

    /** The login is not root, and nothing stands before fail2ban-client; {@code allowed} where sudo would let it. */
    record SudoMissing(String user, String program, Allowed allowed) implements Flaw {
        /** Whether sudo lets the user run fail2ban-client without a password. */
        public enum Allowed {
            ALREADY,
            NOT_YET
        }
    }

    /** fail2ban is installed and does not run. */
    record NotRunning(String words) implements Flaw {}

    /** The container does not run, or there is none of that name. */
    record ContainerDown(String name, String words) implements Flaw {}

    /** The login may not use docker. */
    record DockerRefuses(String user) implements Flaw {}

    /** There is a fail2ban-client, where the shell doesn't look for it. */
    record ClientElsewhere(String path) implements Flaw {}

    /** There is no fail2ban-client at all. */
    record NotInstalled(Optional<String> installer) implements Flaw {}

    /** The gate that is configured does not answer. */
    record GateMissing(String words) implements Flaw {}

    /** The gate refuses what Mailban asks: it is of another version. */
    record GateOutdated(String words) implements Flaw {}

    /** fail2ban didn't answer, for another reason. */
    record NotUnderstood(Fail2banSilent.Cause cause, String words) implements Flaw {}

    /** The standing client does not work, so that each question starts a process. */
    record OneShotsOnly() implements Flaw {}

    /** No jail runs. */
    record NoJails() implements Flaw {}

    /** recidive can't see the bans that other jails make. */
    record RecidiveBlind(Source source) implements Flaw {
        /** Where it looks. */
        public enum Source {
            JOURNAL,
            FILE
        }
    }

    /** A jail that watches no log. */
    record WatchesNothing(Jail jail) implements Flaw {}

    /** A network is banned by an action whose set takes single addresses only. */
    record NetworkWithoutEffect(Jail jail, Network network) implements Flaw {}

    /** The login may not read a log file; {@code group} may, where there is one that may. */
    record LogUnreadable(Log log, String path, String user, Optional<String> group, String words) implements Flaw {}

    /** The login may not read the journal. */
    record JournalUnreadable(Log log, String user) implements Flaw {}

    /** {@code log_prefix} wants what sudo doesn't allow. */
    record LogPrefixRefused(String user) implements Flaw {}

    /** A log can't be read, for another reason. */
    record LogFault(Log log, String source, String words) implements Flaw {}

    /** A log without a single line. */
    record LogEmpty(Log log, String source) implements Flaw {}

    /** Nothing has been logged for long. */
    record LogStale(Log log, String source, Instant newest) implements Flaw {}

    /** A log is written in another zone than the server's own: its program has one of its own, or an old one. */
    record ZoneTorn(Log log, String source, Duration ahead) implements Flaw {}

    /** The clock is wrong. */
    record ClockWrong(Duration ahead) implements Flaw {}

    /** A gate is configured, and the key can do more. {@code gateUser} is whom one is installed for. */
    record GateOpen(String user, Set<Power> powers, Optional<String> gateUser) implements Flaw {}

    /** Without a gate, whoever holds the key is root on that server. */
    record KeyToRoot(String user, By by, Set<Power> powers) implements Flaw {
        /** What makes it so. */
        public enum By {
            /** It logs in as root. */
            LOGIN,
            /** sudo runs every command. */
            SUDO,
            /** Whoever may use docker may mount the whole disk. */
            DOCKER,
            /** fail2ban runs whatever command an action names. */
            FAIL2BAN
        }
    }

    /** The server didn't say in which zone it lives. */
    record ZoneUntold() implements Flaw {}

    /** Of the Slack app, not of a server. */
    record OfSlack(SlackFlaw flaw) implements Flaw {}

    /** What could not be tried. */
    record Untried(Set<Power> powers) implements Flaw {}
}
