package io.mailban.config;

import io.mailban.ban.Address;
import io.mailban.ban.ServerName;
import io.mailban.config.ServerSettings.Login;
import io.mailban.config.ServerSettings.MailLog;
import io.mailban.config.ServerSettings.Prefix;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/** Reads one entry of {@code servers}. Every value is held to a form that no command line could mistake. */
final class ServerReader {
    /** Forty characters: a button carries the name through chat platforms, which count. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,39}");

    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,252}");
    private static final Pattern USER = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._@+-]{0,63}");
    private static final Pattern PORT = Pattern.compile("[0-9]{1,5}");
    private static final Pattern LOG_PREFIX =
            Pattern.compile("(sudo -n)?|(sudo -n )?docker exec -i [A-Za-z0-9][A-Za-z0-9_.-]{0,127}");

    private final Paths paths;
    private final Secrets secrets;

    ServerReader(Paths paths, Secrets secrets) {
        this.paths = paths;
        this.secrets = secrets;
    }

    /** The server; empty where it has no name or host. */
    Optional<ServerSettings> read(Section section) {
        Optional<ServerName> name = section.required("name", "mail1", ServerReader::name);
        Optional<Login> login = login(section, "mail1.example.org");
        Prefix prefix = section.value("prefix", ServerReader::prefix).orElse(Prefix.NONE);
        Optional<Prefix> logPrefix = section.value("log_prefix", ServerReader::logPrefix);
        boolean gated = prefix.equals(Prefix.GATE);
        if (gated && logPrefix.isPresent()) {
            section.fault("log_prefix", "the gate lets logs be read too; leave this out beside prefix: gate");
        }
        Optional<Optional<MailLog>> mailLog = section.section("mail_log", this::mailLog);
        if (name.isEmpty() || login.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new ServerSettings(
                name.get(),
                login.get(),
                prefix,
                gated ? prefix : logPrefix.orElse(Prefix.NONE),
                mailLog.flatMap(found -> found)));
    }

    private Optional<MailLog> mailLog(Section section) {
        Optional<Login> login = login(section, "log.example.org");
        Prefix prefix = section.value("prefix", ServerReader::prefix).orElse(Prefix.NONE);
        return login.map(to -> new MailLog(to, prefix));
    }

    /** Empty where it has no host. */
    private Optional<Login> login(Section section, String example) {
        Optional<String> host = section.required("host", example, ServerReader::host);
        Optional<String> user = section.value("user", ServerReader::user);
        Optional<Integer> port = section.value("port", ServerReader::port);
        Optional<Path> key = section.value("key", paths::read);
        Optional<Secret> passphrase = section.secret("passphrase", secrets::read);
        if (passphrase.isPresent() && key.isEmpty()) {
            section.fault("passphrase", "belongs to a key; name that too, such as key: ~/.ssh/id_ed25519");
        }
        return host.map(
                to -> new Login(to, user, port.map(OptionalInt::of).orElseGet(OptionalInt::empty), key, passphrase));
    }

    private static ServerName name(String text) throws Unfit {
        return new ServerName(matched(NAME, text, "a name of up to 40 letters, digits, . _ and -, such as mail1"));
    }

    private static String host(String text) throws Unfit {
        if (text.indexOf(':') >= 0 && !text.startsWith("[")) {
            Optional<Address> address = Address.find(text);
            if (address.isPresent()) {
                return address.get().text();
            }
        }
        return matched(
                HOST, text, "a host name, an address, or an alias of ~/.ssh/config (the port has a key of its own)");
    }

    private static String user(String text) throws Unfit {
        return matched(USER, text, "a login name, such as mailban");
    }

    private static int port(String text) throws Unfit {
        String expected = "a port from 1 to 65535";
        int port = Integer.parseInt(matched(PORT, text, expected));
        if (port < 1 || port > 65535) {
            throw new Unfit(expected);
        }
        return port;
    }

    private static Prefix prefix(String text) throws Unfit {
        if (text.equals(Prefix.GATE.text())) {
            return Prefix.GATE;
        }
        return new Prefix(
                matched(LOG_PREFIX, text, "gate, sudo -n, docker exec -i NAME, or sudo -n docker exec -i NAME"));
    }

    private static Prefix logPrefix(String text) throws Unfit {
        return new Prefix(matched(LOG_PREFIX, text, "sudo -n, docker exec -i NAME, or sudo -n docker exec -i NAME"));
    }

    private static String matched(Pattern form, String text, String expected) throws Unfit {
        if (!form.matcher(text).matches()) {
            throw new Unfit(expected);
        }
        return text;
    }
}
