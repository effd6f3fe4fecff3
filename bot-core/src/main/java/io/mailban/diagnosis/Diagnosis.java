package io.mailban.diagnosis;

import io.mailban.ban.ServerName;
import io.mailban.mailserver.Trace;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/**
 * The answer to a question, server by server, the one with the worst finding first.
 *
 * @param servers those that answered, or whose deadline passed; never empty
 * @param pending those that have not answered yet
 * @param askedAt the time that "now" means in it
 */
public record Diagnosis(Question question, Instant askedAt, List<OfServer> servers, List<ServerName> pending) {
    /** Orders the servers. */
    public Diagnosis {
        servers = servers.stream()
                .sorted(Comparator.comparing((OfServer server) -> server.worst().weight())
                        .thenComparing(OfServer::server))
                .toList();
        pending = List.copyOf(pending);
        if (servers.isEmpty()) {
            throw new IllegalArgumentException("a diagnosis takes a server at least");
        }
    }

    /** What the whole answer comes down to. */
    public Finding worst() {
        return servers.getFirst().worst();
    }

    /**
     * What one server's answers mean.
     *
     * @param findings the worst first; never empty
     * @param lines the log lines behind them, redacted, oldest first
     */
    public record OfServer(ServerName server, List<Finding> findings, List<Trace> lines) {
        /** Orders the findings. */
        public OfServer {
            findings = findings.stream()
                    .sorted(Comparator.comparing(Finding::weight))
                    .toList();
            lines = List.copyOf(lines);
            if (findings.isEmpty()) {
                throw new IllegalArgumentException("even silence is a finding");
            }
        }

        /** The finding that leads. */
        public Finding worst() {
            return findings.getFirst();
        }
    }
}
