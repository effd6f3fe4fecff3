package io.mailban.deploy.story;

import io.mailban.ban.Address;
import io.mailban.config.ConfigReader;
import io.mailban.config.ConfigReading;
import io.mailban.config.Settings;
import io.mailban.sandbox.Account;
import io.mailban.sandbox.Client;
import io.mailban.sandbox.Login;
import io.mailban.sandbox.MailServer;
import io.mailban.sandbox.Sandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Bob's laptop, a mail server, and an old password. Everything in it is real: the server, its fail2ban, the client, the
 * failures; only the passwords are ours. Ends with everything that it started.
 */
final class Incident implements AutoCloseable {
    /** Bob's laptop, as the mail server sees it. */
    static final Address LAPTOP = Address.of("203.0.113.7");

    private static final Account OLD = Account.BOB.withPassword("the-old-password");

    private final Sandbox sandbox;
    private final MailServer server;
    private final Client laptop;
    private final Path directory;

    private Incident(Sandbox sandbox) {
        this.sandbox = sandbox;
        this.server = sandbox.server("mail1");
        this.laptop = sandbox.client(LAPTOP.text());
        // Goes with the sandbox, however it ends.
        this.directory = sandbox.directory();
    }

    /** Boots the server and writes its configuration for Mailban; nothing has happened yet. */
    static Incident prepare() throws IOException {
        Sandbox sandbox = Sandbox.start("mail1=trixie");
        Incident incident = new Incident(sandbox);
        Files.writeString(incident.configuration(), """
                # Written for this run: one server in the sandbox. Alice asks, Carol decides.
                servers:
                  - name: mail1
                    host: %s
                    port: %d
                    user: mailban
                    key: %s
                    prefix: sudo -n
                    log_prefix: sudo -n
                access:
                  readers: [terminal:alice, terminal:carol]
                  helpers: [terminal:alice, terminal:carol]
                  requesters: [terminal:alice, terminal:carol]
                  approvers: [terminal:carol]
                ssh:
                  known_hosts: %s
                store: %s
                """.formatted(
                        incident.server.sshHost(),
                        incident.server.sshPort(),
                        incident.server.key(),
                        incident.server.knownHosts(),
                        incident.directory.resolve("mailban.db")));
        return incident;
    }

    /** The configuration file of this run. */
    Path configuration() {
        return directory.resolve("mailban.yml");
    }

    /** The configuration, read as the program reads it. */
    Settings settings() {
        return switch (ConfigReader.read(configuration(), Map.of())) {
            case ConfigReading.Read(var settings) -> settings;
            case ConfigReading.Faulty faulty ->
                throw new IllegalStateException(faulty.faults().toString());
            case ConfigReading.Missing(var file) -> throw new IllegalStateException(file + " is gone");
        };
    }

    /** Bob reads mail. */
    Login readMail() {
        return laptop.imapLogin(server, Account.BOB);
    }

    /** Alice writes to Bob. */
    Login sendBobMail() {
        return sandbox.client("203.0.113.9").sendMail(server, Account.ALICE, Account.BOB.mailbox(), "lunch?");
    }

    /** The laptop sends with the password that Bob changed last week. */
    Login sendWithOldPassword() {
        return laptop.smtpLogin(server, OLD);
    }

    /** What an administrator sees once the ban is in force. */
    String awaitBan() {
        server.awaitBan("postfix-sasl", LAPTOP.text());
        return heldByFail2ban();
    }

    /** What {@code fail2ban-client banned ADDRESS} says. */
    String heldByFail2ban() {
        return server.exec("fail2ban-client", "banned", LAPTOP.text()).strip();
    }

    @Override
    public void close() {
        sandbox.close();
    }
}
