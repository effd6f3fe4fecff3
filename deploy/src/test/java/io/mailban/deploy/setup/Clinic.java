package io.mailban.deploy.setup;

import io.mailban.ban.ServerName;
import io.mailban.bot.Examinations;
import io.mailban.chat.Span;
import io.mailban.config.ConfigReader;
import io.mailban.config.ConfigReading;
import io.mailban.config.Settings;
import io.mailban.deploy.wiring.Mailban;
import io.mailban.examination.Examination;
import io.mailban.examination.Mending;
import io.mailban.examination.Mendings;
import io.mailban.reply.ReplyWriter;
import io.mailban.sandbox.CommandResult;
import io.mailban.sandbox.MailServer;
import io.mailban.sandbox.Sandbox;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Two real servers on which {@code mailban} may run fail2ban-client by sudo and read the logs, and no more. */
final class Clinic implements AutoCloseable {
    /** Whatever a test broke, this is how it should be. */
    private static final String WELL = """
            set -e
            [ -x /usr/bin/fail2ban-client ] || { chmod +x /opt/fail2ban/fail2ban-client; mv /opt/fail2ban/fail2ban-client /usr/bin/; }
            rm -f /usr/local/bin/fail2ban-client
            rm -f /etc/sudoers.d/mailban-may-*
            echo 'mailban ALL=(root) NOPASSWD: /usr/bin/fail2ban-client' >/etc/sudoers.d/mailban
            usermod -aG adm,systemd-journal mailban
            install -d -m 700 -o mailban -g mailban ~mailban/.ssh
            install -m 600 -o mailban -g mailban /root/.ssh/authorized_keys ~mailban/.ssh/authorized_keys
            ln -sf /usr/share/zoneinfo/Etc/UTC /etc/localtime
            systemctl start fail2ban
            timeout 20 bash -c 'until fail2ban-client status 2>/dev/null | grep -q recidive; do sleep 0.1; done'
            """;

    private final Sandbox sandbox = Sandbox.start("mail1=trixie", "mail2=bookworm,journal");
    private final Path directory;

    Clinic(Path directory) {
        this.directory = directory;
        makeWell();
    }

    void makeWell() {
        sandbox.servers().forEach(server -> server.exec("bash", "-c", WELL));
    }

    /** trixie, with log files. */
    MailServer files() {
        return sandbox.server("mail1");
    }

    /** bookworm, with nothing but the journal. */
    MailServer journal() {
        return sandbox.server("mail2");
    }

    Sandbox sandbox() {
        return sandbox;
    }

    /** Keys that {@link #files} and {@link #journal} are configured with if a test says nothing else. */
    static final Map<String, String> USUAL = Map.of("user", "mailban", "prefix", "sudo -n");

    /** A configuration with one server. */
    Path configure(MailServer server, Map<String, String> keys, Path knownHosts) {
        StringBuilder yaml = new StringBuilder("servers:\n  - name: %s\n    host: %s\n    key: %s\n"
                .formatted(server.name(), server.sshHost(), server.key()));
        keys.forEach((key, value) ->
                yaml.append("    ").append(key).append(": ").append(value).append('\n'));
        yaml.append("ssh:\n  config: /dev/null\n  known_hosts: ").append(knownHosts);
        yaml.append("\nstore: ").append(directory.resolve("mailban.db")).append('\n');
        try {
            return Files.writeString(directory.resolve("mailban.yml"), yaml);
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }

    Examination examine(MailServer server, Map<String, String> keys) {
        return examine(server, keys, server.knownHosts());
    }

    Examination examine(MailServer server, Map<String, String> keys, Path knownHosts) {
        Examinations examinations = Mailban.examinations(settings(configure(server, keys, knownHosts)));
        return examinations.of(List.of(new ServerName(server.name()))).getFirst();
    }

    static Settings settings(Path file) {
        return switch (ConfigReader.read(file, Map.of())) {
            case ConfigReading.Read(var settings) -> settings;
            case ConfigReading.Faulty faulty -> throw new IllegalStateException(faulty.toString());
            case ConfigReading.Missing missing -> throw new IllegalStateException(missing.toString());
        };
    }

    /** The lines that mend what was found, in their order. */
    static List<Mending> mendings(Examination examination) {
        Mendings mendings =
                new Mendings(examination.way(), examination.way().server().name());
        return examination.checks().stream()
                .flatMap(check -> mendings.of(check).stream())
                .distinct()
                .toList();
    }

    /** Does on the server what the doctor prescribes for it. */
    static void obey(Examination examination, MailServer server) {
        for (Mending mending : mendings(examination)) {
            if (mending.where() == Mending.Where.SERVER) {
                CommandResult result = server.tryExec("bash", "-c", "cd /root && " + mending.line());
                if (result.status() != 0) {
                    throw new IllegalStateException(mending.line() + " said " + result.errors() + result.output());
                }
            }
        }
    }

    /** What the doctor says, a check a line. */
    static String text(Examination examination) {
        return ReplyWriter.examination(examination).facts().stream()
                .map(fact -> fact.label() + " "
                        + fact.text().stream().map(Clinic::words).collect(Collectors.joining()))
                .collect(Collectors.joining("\n"));
    }

    private static String words(Span span) {
        return switch (span) {
            case Span.Words(var text) -> text;
            case Span.Code(var text) -> text;
            case Span.Moment(var at, var style) -> at.toString();
            case Span.Someone(var person) -> person.name();
            case Span.Name(var mailbox) -> mailbox.name();
        };
    }

    @Override
    public void close() {
        sandbox.close();
    }
}
