package io.mailban.deploy.setup;

import io.mailban.deploy.setup.Attempts.Found;
import io.mailban.deploy.shell.Caller;
import io.mailban.deploy.shell.Exit;
import io.mailban.examination.Examination.Verdict;
import io.mailban.examination.Trial;
import io.mailban.reply.ReplyWriter;
import io.mailban.ssh.CommandPrefix;
import io.mailban.ssh.KeyPresentation;
import io.mailban.ssh.SshServer;
import io.mailban.ssh.SshSurroundings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import picocli.CommandLine.Option;

/** {@code mailban init} for scripts: one server, every answer an option, tried all the same. */
public final class ScriptedSetup {
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    @Option(names = "--host", paramLabel = "HOST", description = "In a script: the server to write down.")
    private Optional<String> host = Optional.empty();

    @Option(names = "--server", paramLabel = "NAME", description = "With --host: what to call it. Default: the host's.")
    private Optional<String> name = Optional.empty();

    @Option(names = "--user", paramLabel = "USER", description = "With --host: who logs in.")
    private Optional<String> user = Optional.empty();

    @Option(names = "--port", paramLabel = "PORT", description = "With --host: sshd's port.")
    private Optional<Integer> port = Optional.empty();

    @Option(names = "--key", paramLabel = "FILE", description = "With --host: the private key.")
    private Optional<Path> key = Optional.empty();

    @Option(
            names = "--prefix",
            paramLabel = "WORDS",
            description = "With --host: what stands before fail2ban-client. Default: found out by trying.")
    private Optional<String> prefix = Optional.empty();

    @Option(
            names = "--fingerprint",
            paramLabel = "SHA256:...",
            description = "With --host: trust the host key if this is its fingerprint, and only then.")
    private Optional<String> fingerprint = Optional.empty();

    @Option(names = "--anyway", description = "With --host: write it even if something is to be mended there.")
    private boolean anyway;

    /** Whether a script says what to write. */
    public boolean isMeant() {
        return host.isPresent();
    }

    /** Tries, and writes. */
    public Exit run(Optional<Path> standing, Path file, Map<String, String> env, LocalDate today, Caller caller)
            throws IOException {
        Attempts attempts = new Attempts(SshSurroundings.ofThisUser(), PATIENCE);
        SshServer server;
        try {
            server = server();
        } catch (IllegalArgumentException fault) {
            caller.err("mailban: " + fault.getMessage() + "\n");
            return Exit.MISUSE;
        }
        if (!isTrusted(attempts, server, caller)) {
            return Exit.KEPT_OUT;
        }
        Found found = prefix.isPresent() ? attempts.with(server, prefix.get()) : attempts.find(server);
        caller.err(ExaminationText.of(found.examination(), "--ssh " + server.host(), caller.look()));
        boolean well =
                found.trial() instanceof Trial.Inside && found.examination().verdict() == Verdict.WELL;
        if (!well && !anyway) {
            caller.err("nothing was written; mend it first, or add --anyway\n");
            return Exit.KEPT_OUT;
        }
        return write(draft(server, found), standing, file, env, today, caller);
    }

    private Exit write(
            Draft draft, Optional<Path> standing, Path file, Map<String, String> env, LocalDate today, Caller caller) {
        Placing placing =
                standing.isPresent() ? new Placing.Occupied(standing.get()) : Placing.put(draft.yaml(today), file, env);
        return switch (placing) {
            case Placing.Placed(var placed) -> {
                caller.out(placed + "\n");
                yield Exit.FINE;
            }
            case Placing.Occupied(var taken) -> {
                caller.err(
                        "mailban: " + taken + " is there already, and init never writes over it. Name another file with"
                                + " --config, or paste this under servers: there\n\n" + draft.entries());
                yield Exit.MISUSE;
            }
            case Placing.NotPlaced(var wanted, var why) -> {
                caller.err("mailban: " + wanted + " could not be written: " + why + "\n");
                yield Exit.NOT_TOLD;
            }
        };
    }

    private boolean isTrusted(Attempts attempts, SshServer server, Caller caller) throws IOException {
        return switch (attempts.hostKey(server)) {
            case KeyPresentation.Trusted _ -> true;
            case KeyPresentation.New fresh
            when fingerprint.filter(fresh.key().fingerprint()::equals).isPresent() -> {
                attempts.trust(fresh);
                yield true;
            }
            case KeyPresentation.New fresh -> {
                caller.err("mailban: the host key of " + server.host() + " is not known yet: "
                        + fresh.key().type() + " " + fresh.key().fingerprint()
                        + "; once you have compared it, give it with --fingerprint\n");
                yield false;
            }
            case KeyPresentation.Changed changed -> {
                caller.err("mailban: THE HOST KEY HAS CHANGED to "
                        + changed.key().fingerprint() + "; ask who runs the server, and only then: mailban trust --ssh "
                        + server.host() + "\n");
                yield false;
            }
            case KeyPresentation.Revoked(var revoked) -> {
                caller.err("mailban: the host key is marked as @revoked: " + revoked.fingerprint() + "\n");
                yield false;
            }
            case KeyPresentation.NotPresented(var obstacle) -> {
                caller.err("mailban: " + ReplyWriter.obstacle(obstacle) + "\n");
                yield false;
            }
        };
    }

    private SshServer server() {
        SshServer bare = SshServer.of(host.orElseThrow());
        return new SshServer(
                bare.name(),
                bare.host(),
                user.or(bare::user),
                port.map(OptionalInt::of).orElseGet(bare::port),
                key.map(Path::toAbsolutePath),
                bare.passphrase(),
                CommandPrefix.of(prefix.orElse("")),
                new CommandPrefix.None());
    }

    private Draft draft(SshServer server, Found found) {
        return new Draft(List.of(new Draft.Entry(
                name.orElse(server.host()),
                server.host(),
                server.user(),
                server.port(),
                server.key().map(Path::toString),
                found.prefix(),
                found.logPrefix(),
                Draft.notes(found.examination()))));
    }
}
