package io.mailban.deploy.setup;

import io.mailban.examination.Check;
import io.mailban.examination.Check.Subject;
import io.mailban.examination.Examination;
import io.mailban.examination.Examiner;
import io.mailban.examination.Trial;
import io.mailban.examination.Visit;
import io.mailban.examination.Visit.Power;
import io.mailban.examination.Visit.Shell;
import io.mailban.ssh.CommandPrefix;
import io.mailban.ssh.HostKeys;
import io.mailban.ssh.KeyPresentation;
import io.mailban.ssh.SshServer;
import io.mailban.ssh.SshSurroundings;
import io.mailban.ssh.SshTrials;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Tries what was answered, on the real server. */
final class Attempts {
    private static final String SUDO = "sudo -n";
    private static final String GATE = "gate";

    /** Where more containers run than this, somebody has to say which. */
    private static final int MOST_CONTAINERS = 8;

    private final HostKeys keys;
    private final SshTrials trials;

    Attempts(SshSurroundings surroundings, Duration patience) {
        keys = new HostKeys(surroundings, patience);
        trials = new SshTrials(List.of(), surroundings, patience);
    }

    /**
     * What came of it.
     *
     * @param prefix what has to stand before fail2ban-client, as the configuration writes it; likewise {@code logPrefix}
     */
    record Found(SshServer server, String prefix, String logPrefix, Trial trial, Examination examination) {
        /** Whether fail2ban answered. */
        boolean answers() {
            return trial instanceof Trial.Inside(var way, var visit)
                    && visit.fail2ban() instanceof Visit.Fail2ban.Answers;
        }
    }

    KeyPresentation hostKey(SshServer server) {
        return keys.ask(server);
    }

    void trust(KeyPresentation.New key) throws IOException {
        keys.accept(key);
    }

    /** Tries with this before fail2ban-client, and before what reads the logs where they are out of reach without. */
    Found with(SshServer server, String prefix) {
        // A member of adm reads logs without sudo, but not into a container, and not past the gate.
        boolean sudoAlone = prefix.startsWith("sudo") && !prefix.startsWith(SUDO + " docker");
        return with(server, prefix, sudoAlone ? "" : prefix);
    }

    private Found with(SshServer server, String prefix, String logPrefix) {
        SshServer meant = new SshServer(
                server.name(),
                server.host(),
                server.user(),
                server.port(),
                server.key(),
                server.passphrase(),
                CommandPrefix.of(prefix),
                CommandPrefix.of(logPrefix));
        Trial trial = trials.of(meant);
        return new Found(meant, prefix, logPrefix, trial, Examiner.judge(trial, Instant.now()));
    }

    /** Finds out which prefixes it takes; where none does, the likeliest, with what is wrong with it. */
    Found find(SshServer server) {
        Found bare = with(server, "", "");
        if (!(bare.trial() instanceof Trial.Inside(var way, var visit))) {
            return bare;
        }
        if (bare.answers()) {
            return readingLogs(bare);
        }
        Optional<Found> best = Optional.empty();
        for (String prefix : candidates(way.user(), visit)) {
            Found found = with(server, prefix);
            if (found.answers()) {
                return readingLogs(found);
            }
            best = best.or(() -> Optional.of(found));
        }
        return best.orElse(bare);
    }

    private static List<String> candidates(String user, Visit visit) {
        return switch (visit.shell()) {
            case Shell.Refused(var words) -> words.contains("mailban-gate") ? List.of(GATE) : List.of();
            case Shell.Given given -> {
                List<String> prefixes = new ArrayList<>();
                if (!user.equals("root")) {
                    prefixes.add(SUDO);
                }
                given.containers().stream()
                        .limit(MOST_CONTAINERS)
                        .forEach(container -> prefixes.add("docker exec -i " + container));
                yield prefixes;
            }
        };
    }

    /** A login that may not read logs but may run everything by sudo, reads them by sudo. */
    private Found readingLogs(Found found) {
        boolean unread = found.examination().checks().stream()
                .anyMatch(check -> check instanceof Check.Fault
                        && (check.subject() == Subject.BAN_LOG || check.subject() == Subject.MAIL_LOG));
        boolean all = found.trial() instanceof Trial.Inside(var way, var visit)
                && visit.held().contains(Power.SUDO_ALL);
        return unread && all && found.logPrefix().isEmpty() ? with(found.server(), found.prefix(), SUDO) : found;
    }
}
