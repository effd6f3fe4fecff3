package io.mailban.deploy;

import io.mailban.sandbox.MailServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Writes what an operator of real servers would. */
final class Configurations {
    private Configurations() {}

    /** {@code NAME.yml} for these servers, with a store of its own beside it: {@code NAME.db}. */
    static Path write(Path directory, String name, List<MailServer> servers) throws IOException {
        StringBuilder yaml = new StringBuilder("servers:\n");
        for (MailServer server : servers) {
            yaml.append("""
                      - name: %s
                        host: %s
                        port: %d
                        user: mailban
                        key: %s
                        prefix: sudo -n
                        log_prefix: sudo -n
                    """.formatted(server.name(), server.sshHost(), server.sshPort(), server.key()));
        }
        yaml.append("ssh:\n  known_hosts: ")
                .append(servers.getFirst().knownHosts())
                .append("\nstore: ")
                .append(directory.resolve(name + ".db"))
                .append('\n');
        return Files.writeString(directory.resolve(name + ".yml"), yaml);
    }
}
