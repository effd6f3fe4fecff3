package io.mailban.sandbox;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A mail client on a host of its own, with a public-looking address. It speaks real IMAP and SMTP, by {@code curl};
 * to a server's IPv4 address where it has one itself, else to the IPv6 address.
 */
public final class Client {

    private static final int CURL_CONNECTION_FAILED = 7;
    private static final int CURL_TIMED_OUT = 28;
    private static final int CURL_LOGIN_DENIED = 67;

    private final Script script;
    private final Path sandbox;
    private final String address;

    Client(Script script, Path sandbox, String address) {
        this.script = script;
        this.sandbox = sandbox;
        this.address = address;
    }

    /** As it was asked for: one address, or two joined by a plus. */
    public String address() {
        return address;
    }

    /** Logs in by IMAP over TLS (port 993) and looks at the inbox. */
    public Login imapLogin(MailServer server, Account account) {
        return attempt(account, "", "imaps://" + hostOf(server) + "/", "--request", "STATUS INBOX (MESSAGES)");
    }

    /** Logs in by POP3 over TLS (port 995). */
    public Login pop3Login(MailServer server, Account account) {
        return attempt(account, "", "pop3s://" + hostOf(server) + "/");
    }

    /** Logs in by SMTP submission (port 587, STARTTLS) and sends nothing. */
    public Login smtpLogin(MailServer server, Account account) {
        return attempt(account, "", "smtp://" + hostOf(server) + ":587/laptop", "--ssl-reqd", "--request", "NOOP");
    }

    /** Logs in by SMTP submission and sends a short mail. {@link Login#LOGGED_IN} says that the server took it. */
    public Login sendMail(MailServer server, Account from, String toMailbox, String subject) {
        var mail =
                "From: <%s>\r\nTo: <%s>\r\nSubject: %s\r\n\r\nHello.\r\n".formatted(from.mailbox(), toMailbox, subject);
        return attempt(
                from,
                mail,
                "smtp://" + hostOf(server) + ":587/laptop",
                "--ssl-reqd",
                "--mail-from",
                from.mailbox(),
                "--mail-rcpt",
                toMailbox,
                "--upload-file",
                "-");
    }

    /** Runs any command on the client's host. */
    public CommandResult exec(String... command) {
        return script.exec(sandbox, address, "", List.of(command));
    }

    private String hostOf(MailServer server) {
        return address.contains(".") ? server.ipv4() : "[" + server.ipv6() + "]";
    }

    private Login attempt(Account account, String input, String url, String... options) {
        var command = new ArrayList<>(List.of("curl", "--silent", "--show-error", "--insecure", "--globoff"));
        command.addAll(List.of("--connect-timeout", "5", "--max-time", "30"));
        command.addAll(List.of("--user", account.mailbox() + ":" + account.password()));
        command.addAll(List.of(options));
        command.add(url);
        var result = script.exec(sandbox, address, input, command);
        return switch (result.status()) {
            case 0 -> Login.LOGGED_IN;
            case CURL_LOGIN_DENIED -> Login.WRONG_PASSWORD;
            case CURL_CONNECTION_FAILED -> Login.REFUSED;
            case CURL_TIMED_OUT -> Login.TIMED_OUT;
            default ->
                throw new IllegalStateException("from " + address + ", curl " + url + " exited with " + result.status()
                        + ": " + result.errors());
        };
    }
}
