package io.mailban.deploy;

import io.mailban.ban.Address;
import io.mailban.ban.Mailbox;
import io.mailban.ban.ServerName;
import io.mailban.bot.Inquiries;
import io.mailban.diagnosis.Diagnoser;
import io.mailban.diagnosis.Diagnosis;
import io.mailban.diagnosis.Question;
import io.mailban.known.Recognizer;
import io.mailban.sandbox.Account;
import io.mailban.sandbox.Client;
import io.mailban.sandbox.Login;
import io.mailban.sandbox.MailServer;
import io.mailban.sandbox.Sandbox;
import io.mailban.ssh.CommandPrefix;
import io.mailban.ssh.SshMailServers;
import io.mailban.ssh.SshServer;
import io.mailban.ssh.SshSurroundings;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Two real mail servers and Mailban in front of them: trixie with log files, bookworm with nothing but the journal. */
final class RealServers implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Sandbox sandbox = Sandbox.start("mail1=trixie", "mail2=bookworm,journal");
    private final SshMailServers ssh = new SshMailServers(
            sandbox.servers().stream().map(RealServers::reached).toList(),
            new SshSurroundings(
                    sandbox.directory(),
                    List.of(),
                    Optional.of(sandbox.servers().getFirst().knownHosts()),
                    Optional.empty()),
            PATIENCE);
    private final Inquiries inquiries = inquiries(InstantSource.system());

    List<MailServer> all() {
        return sandbox.servers();
    }

    MailServer withFiles() {
        return sandbox.server("mail1");
    }

    MailServer withJournal() {
        return sandbox.server("mail2");
    }

    Client client(String address) {
        return sandbox.client(address);
    }

    SshMailServers ssh() {
        return ssh;
    }

    /** {@code check ADDRESS SERVER}. */
    Diagnosis.OfServer check(String address, MailServer server) {
        return check(new Question.OfAddress(Address.of(address)), server);
    }

    /** {@code check MAILBOX SERVER}. */
    Diagnosis.OfServer checkMailbox(String mailbox, MailServer server) {
        return check(new Question.OfMailbox(new Mailbox(mailbox)), server);
    }

    /** {@code check ADDRESS SERVER}, of these. */
    Diagnosis.OfServer check(Inquiries asked, String address, MailServer server) {
        return asked.check(new Question.OfAddress(Address.of(address)), Optional.of(new ServerName(server.name())))
                .servers()
                .getFirst();
    }

    /** Like the usual ones, at another time. */
    Inquiries inquiries(InstantSource clock) {
        return new Inquiries(ssh, ssh, ssh, new Diagnoser(new Recognizer(Set.of())), clock);
    }

    private Diagnosis.OfServer check(Question question, MailServer server) {
        return inquiries
                .check(question, Optional.of(new ServerName(server.name())))
                .servers()
                .getFirst();
    }

    Inquiries inquiries() {
        return inquiries;
    }

    /** Logs in well by IMAP, then fails by SMTP until postfix-sasl bans the address. */
    void lockOut(String address, MailServer server) {
        Client client = client(address);
        require(Login.LOGGED_IN, client.imapLogin(server, Account.BOB));
        for (int i = 0; i < 3; i++) {
            require(Login.WRONG_PASSWORD, client.smtpLogin(server, Account.BOB.withPassword("old")));
        }
        server.awaitBan("postfix-sasl", address);
    }

    /** A line of Dovecot's own, dated back by each of these minutes into an older log. */
    void datedBack(MailServer server, String text, int... minutesAgo) {
        StringBuilder script = new StringBuilder();
        for (int minutes : minutesAgo) {
            script.append("grep -hF \"$0\" /var/log/mail.log | sed \"s/^[^ ]*/$(date -u -d \"-" + minutes
                    + " min\" +%FT%T.000000+00:00)/\";");
        }
        server.exec("sh", "-c", "{ " + script + " } >> /var/log/mail.log.1", text);
    }

    /** Puts these lines into Dovecot's configuration, and starts it anew. */
    void configureDovecot(MailServer server, String lines) {
        // systemd refuses a service that is started often; the tests do nothing else.
        server.exec(
                "sh",
                "-c",
                "printf '%s\\n' \"$0\" >/etc/dovecot/local.conf; systemctl reset-failed dovecot; systemctl restart dovecot",
                lines);
    }

    /** A ban made by an administrator. */
    void banByHand(String jail, String id, MailServer server) {
        server.exec("fail2ban-client", "set", jail, "banip", id);
    }

    private static void require(Login expected, Login seen) {
        if (expected != seen) {
            throw new IllegalStateException("the client should have been " + expected + " and was " + seen);
        }
    }

    static SshServer reached(MailServer server) {
        return reached(server, server.sshPort());
    }

    static SshServer reached(MailServer server, int port) {
        return reached(server, port, new CommandPrefix.Sudo(), new CommandPrefix.Sudo());
    }

    /** With these before {@code fail2ban-client} and before what reads the logs. */
    static SshServer reached(MailServer server, CommandPrefix client, CommandPrefix logs) {
        return reached(server, server.sshPort(), client, logs);
    }

    private static SshServer reached(MailServer server, int port, CommandPrefix client, CommandPrefix logs) {
        return new SshServer(
                new ServerName(server.name()),
                server.sshHost(),
                Optional.of("mailban"),
                OptionalInt.of(port),
                Optional.of(server.key()),
                Optional.empty(),
                client,
                logs);
    }

    @Override
    public void close() {
        ssh.close();
        sandbox.close();
    }
}
