package io.mailban.examination;

import io.mailban.ban.Jail;
import io.mailban.ban.Network;
import io.mailban.mailserver.Fail2banSilent;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What was seen on a server.
 *
 * @param hostKey its type and fingerprint, for people
 * @param held what the login turned out to be able to do
 * @param refused what was tried and refused
 * @param untold what was tried, and can't be told
 * @param jails empty where fail2ban doesn't answer
 */
public record Visit(
        String hostKey,
        Shell shell,
        Fail2ban fail2ban,
        List<JailSeen> jails,
        List<LogSeen> logs,
        Optional<ZoneId> zone,
        Set<Power> held,
        Set<Power> refused,
        Set<Power> untold) {
    /** Copies the collections. */
    public Visit {
        jails = List.copyOf(jails);
        logs = List.copyOf(logs);
        held = Set.copyOf(held);
        refused = Set.copyOf(refused);
        untold = Set.copyOf(untold);
    }

    /** What a login can do beyond asking fail2ban and reading logs. */
    public enum Power {
        /** Any command runs. */
        SHELL,
        /** A terminal (PTY) is given. */
        TERMINAL,
        /** Connections are forwarded to wherever the server can connect to. */
        FORWARDING,
        /** An SSH agent is forwarded. */
        AGENT,
        /** Files are sent and fetched (SFTP). */
        FILES,
        /** {@code /etc/shadow} can be read by the login itself. */
        SECRETS,
        /** {@code sudo} runs every command without a password. */
        SUDO_ALL,
        /** fail2ban takes orders beyond those that Mailban gives. */
        ORDERS
    }

    /** What came of running a command that only asks where one is. */
    public sealed interface Shell {
        /** It was not run. */
        record Refused(String words) implements Shell {}

        /**
         * It was run.
         *
         * @param groups of the user
         * @param clockAhead how far the server's clock is before ours; negative where it is behind
         * @param uncertainty how far that can be wrong
         * @param clients programs called {@code fail2ban-client}, in PATH or not
         * @param installer {@code apt-get}, {@code dnf} and the like; empty where there is none that is known
         * @param sudo the rules of {@code sudo -n -l}, such as {@code (root) NOPASSWD: ALL}; empty where it wants a
         *     password or is not installed
         * @param containers that docker lets the login see
         * @param gateUser whose key the gate is for that is installed there
         */
        record Given(
                String user,
                Set<String> groups,
                Optional<Duration> clockAhead,
                Duration uncertainty,
                List<String> clients,
                Optional<String> installer,
                List<String> sudo,
                List<String> containers,
                Optional<String> gateUser)
                implements Shell {
            /** Copies the collections. */
            public Given {
                groups = Set.copyOf(groups);
                clients = List.copyOf(clients);
                sudo = List.copyOf(sudo);
                containers = List.copyOf(containers);
            }
        }
    }

    /** What fail2ban answered. */
    public sealed interface Fail2ban {
        /** It answered: by the standing client, or only by one process for each question. */
        record Answers(String version, Client client) implements Fail2ban {}

        /** It did not. */
        record Silent(Fail2banSilent.Cause cause, String words) implements Fail2ban {}

        /** How it was asked. */
        enum Client {
            STANDING,
            ONE_SHOT
        }
    }

    /**
     * A jail.
     *
     * @param failures how many it has counted since fail2ban started
     * @param bans how many it has made or restored since then, without the networks that it holds: recidive's filter reads
     *     addresses alone
     * @param watches the files, or the matches of the journal; empty where it watches nothing
     * @param patterns what recidive looks for, as far as it tells; empty for other jails
     * @param networks those that it holds, where one of its actions takes single addresses only
     */
    public record JailSeen(
            Jail jail, int failures, int bans, List<String> watches, List<String> patterns, List<Network> networks) {
        /** Copies the lists. */
        public JailSeen {
            watches = List.copyOf(watches);
            patterns = List.copyOf(patterns);
            networks = List.copyOf(networks);
        }
    }

    /** Which log. */
    public enum Log {
        MAIL,
        BAN
    }

    /**
     * A log.
     *
     * @param source a path, or {@code the journal}
     * @param newest the time of its newest line
     * @param fault why it can't be read, in the server's words
     * @param file what is known of the file
     */
    public record LogSeen(
            Log log, String source, Optional<Instant> newest, Optional<String> fault, Optional<FileSeen> file) {
        /** Whether it is the journal. */
        public boolean isJournal() {
            return !source.startsWith("/");
        }
    }

    /**
     * A file.
     *
     * @param group may read it where {@code mode} says so
     * @param mode as {@code ls -l} shows it
     * @param written when it was last written to, by the server's clock
     */
    public record FileSeen(String group, String mode, Instant written) {}
}
