package io.mailban.deploy.command;

import io.mailban.chat.ServerNames;
import io.mailban.config.ServerSettings;
import io.mailban.config.Settings;
import io.mailban.deploy.setup.HostKeyText;
import io.mailban.deploy.shell.Exit;
import io.mailban.deploy.wiring.Mailban;
import io.mailban.mailserver.Unreachable;
import io.mailban.reply.ReplyWriter;
import io.mailban.ssh.HostKeys;
import io.mailban.ssh.KeyPresentation;
import io.mailban.ssh.PresentedKey;
import io.mailban.ssh.SshServer;
import io.mailban.terminal.CardText;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code mailban trust}: shows the host key that a server presents, and trusts it once a person has compared it. */
@Command(
        name = "trust",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Show a server's host key, and ask whether to trust it.")
final class TrustCommand implements Callable<Integer> {
    private final Map<String, String> env;

    @Parameters(
            arity = "0..1",
            paramLabel = "SERVER",
            description = "Which server of the configuration, not needed where there is only one, or a jump host on"
                    + " the way to one, or the host of a mail_log; without a configuration, what ssh would take.")
    private Optional<String> name = Optional.empty();

    @Option(
            names = "--fingerprint",
            paramLabel = "SHA256:...",
            description = "Trust the key without asking if this is its fingerprint, and only then.")
    private Optional<String> fingerprint = Optional.empty();

    @Mixin
    private Sources sources = new Sources();

    TrustCommand(Map<String, String> env) {
        this.env = env;
    }

    @Override
    public Integer call() throws IOException {
        Settings settings = sources.settingsWith(name, env);
        ThisUser user = new ThisUser(env);
        HostKeys keys =
                new HostKeys(Mailban.surroundings(settings), settings.ssh().deadline());
        SshServer server = server(settings.servers(), keys);
        Exit exit = switch (keys.ask(server)) {
            case KeyPresentation.Trusted(var key) -> {
                user.out("trusted already: " + inWords(key) + "\n");
                yield Exit.FINE;
            }
            case KeyPresentation.New fresh -> {
                user.out(inWords(fresh.key()) + "\n" + compare(fresh.key()));
                if (!agrees(user, fresh.key(), "Is it the same? yes trusts it: ")) {
                    yield refused(user);
                }
                keys.accept(fresh);
                user.out("trusted; it stands in " + fresh.file() + "\n");
                yield Exit.FINE;
            }
            case KeyPresentation.Changed changed -> {
                user.out("THE KEY HAS CHANGED: the server was reinstalled, or somebody is in between.\n"
                        + inWords(changed.key()) + "\n" + compare(changed.key()));
                if (!agrees(user, changed.key(), "Is it the same, and do you know why? yes trusts it instead: ")) {
                    yield refused(user);
                }
                keys.replace(changed);
                user.out("trusted; it stands in " + changed.file() + " instead of the one before\n");
                yield Exit.FINE;
            }
            case KeyPresentation.Revoked(var key) -> {
                user.out("known_hosts marks this key as @revoked: " + inWords(key)
                        + "\nWhoever marked it knows why; it is to be lifted there by hand, if at all.\n");
                yield Exit.KEPT_OUT;
            }
            case KeyPresentation.NotPresented(var obstacle) -> {
                user.out(CardText.of(
                        ReplyWriter.servers(Map.of(server.name(), new Unreachable(server.name(), obstacle))),
                        user.look(),
                        Instant.now()));
                yield Exit.NOT_TOLD;
            }
        };
        return exit.status();
    }

    private SshServer server(List<ServerSettings> settings, HostKeys keys) {
        List<SshServer> servers = settings.stream().map(Mailban::server).toList();
        if (name.isEmpty() && servers.size() == 1) {
            return servers.getFirst();
        }
        ServerNames known =
                new ServerNames(servers.stream().map(SshServer::name).toList());
        if (name.isEmpty()) {
            throw new Misuse("trust which server? There are " + known);
        }
        // Hosts of mail logs and jump hosts have keys too, and are no servers of the configuration.
        List<SshServer> hosts = Stream.concat(
                        servers.stream(), servers.stream().flatMap(server -> server.mailLog().stream()))
                .toList();
        return Stream.concat(hosts.stream(), hosts.stream().flatMap(host -> keys.jumpHosts(host).stream()))
                .filter(server -> server.name().name().equals(name.get()))
                .findFirst()
                .orElseThrow(() -> new Misuse(known.unknown(name.get())));
    }

    private boolean agrees(ThisUser user, PresentedKey key, String question) {
        return fingerprint.isPresent()
                ? fingerprint.get().equals(key.fingerprint())
                : user.ask(question)
                        .filter(answer -> answer.strip().equalsIgnoreCase("yes"))
                        .isPresent();
    }

    private Exit refused(ThisUser user) {
        user.err(
                fingerprint.isPresent()
                        ? "not trusted: that is not the fingerprint which you gave\n"
                        : "not trusted; type yes at the question, or give the fingerprint with --fingerprint\n");
        return Exit.KEPT_OUT;
    }

    private static String inWords(PresentedKey key) {
        return key.host() + "  " + key.type() + "  " + key.fingerprint();
    }

    private static String compare(PresentedKey key) {
        return "Compare it on the server: " + HostKeyText.comparison(key) + "\n";
    }
}
