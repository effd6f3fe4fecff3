package io.mailban.deploy.setup;

import io.mailban.deploy.setup.Attempts.Found;
import io.mailban.examination.Examination;
import io.mailban.examination.Mendings;
import io.mailban.examination.Trial;
import io.mailban.mailserver.Obstacle;
import io.mailban.reply.ReplyWriter;
import io.mailban.ssh.CommandPrefix;
import io.mailban.ssh.KeyPresentation;
import io.mailban.ssh.PresentedKey;
import io.mailban.ssh.SshServer;
import io.mailban.terminal.Asker;
import io.mailban.terminal.Asker.GaveUp;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** The questions about one server after the other; each answer is tried before the next question. */
final class ServerQuestions {
    private static final String NAME = "[A-Za-z0-9][A-Za-z0-9._-]{0,39}";

    private final Asker asker;
    private final Attempts attempts;
    private final Path home;
    private final List<String> trusted = new ArrayList<>();

    ServerQuestions(Asker asker, Attempts attempts, Path home) {
        this.asker = asker;
        this.attempts = attempts;
        this.home = home;
    }

    /** What stays though nothing was written. */
    String left() {
        return trusted.isEmpty() ? "" : "; the host key that you trusted stays in " + String.join(", ", trusted);
    }

    Path path(String text) {
        return text.startsWith("~/") ? home.resolve(text.substring(2)) : Path.of(text);
    }

    Draft.Entry ask(List<String> aliases, List<String> taken) throws GaveUp {
        Target target = reached(aliases);
        Entered entered = entered(target);
        Found found = answering(entered);
        String name = name(entered.target(), taken);
        return new Draft.Entry(
                name,
                entered.target().host(),
                entered.target().user(),
                entered.target().port(),
                entered.target().key(),
                found.prefix(),
                found.logPrefix(),
                Draft.notes(found.examination()));
    }

    /** What was answered so far; {@code key} as typed. */
    private record Target(String host, Optional<String> user, OptionalInt port, Optional<String> key) {}

    private record Entered(Target target, Found found) {}

    private SshServer server(Target target) {
        SshServer bare = SshServer.at(target.host());
        return new SshServer(
                bare.name(),
                target.host(),
                target.user(),
                target.port(),
                target.key().map(this::path),
                bare.passphrase(),
                new CommandPrefix.None(),
                new CommandPrefix.None());
    }

    /** Until a host shows a key that is trusted. */
    private Target reached(List<String> aliases) throws GaveUp {
        asker.say("A mail server: a host or user@host, as for ssh"
                + (aliases.isEmpty()
                        ? ""
                        : "; ~/.ssh/config knows "
                                + String.join(", ", aliases.stream().limit(8).toList()))
                + ".\n");
        while (true) {
            Target target;
            try {
                SshServer typed = SshServer.of(asker.ask("Mail server", "", aliases));
                target = new Target(typed.host(), typed.user(), typed.port(), Optional.empty());
            } catch (IllegalArgumentException fault) {
                no(String.valueOf(fault.getMessage()));
                continue;
            }
            while (true) {
                KeyPresentation shown = attempts.hostKey(server(target));
                if (shown instanceof KeyPresentation.NotPresented(var obstacle)
                        && obstacle instanceof Obstacle.PortClosed(var host, var port)) {
                    no(ReplyWriter.obstacle(obstacle));
                    Optional<Integer> other =
                            port(asker.ask("sshd's port there, or no for another server", "no", List.of()));
                    if (other.isEmpty()) {
                        break;
                    }
                    target = new Target(target.host(), target.user(), OptionalInt.of(other.get()), target.key());
                } else if (isTrusted(shown)) {
                    return target;
                } else {
                    break;
                }
            }
        }
    }

    private static Optional<Integer> port(String text) {
        try {
            int port = Integer.parseInt(text);
            return port > 0 && port < 65536 ? Optional.of(port) : Optional.empty();
        } catch (NumberFormatException _) {
            return Optional.empty();
        }
    }

    private boolean isTrusted(KeyPresentation shown) throws GaveUp {
        return switch (shown) {
            case KeyPresentation.Trusted(var key) -> {
                yes("reached, and its host key is known: " + inWords(key));
                yield true;
            }
            case KeyPresentation.New fresh -> {
                asker.say("  Its host key is not known here yet:  " + inWords(fresh.key())
                        + "\n  Compare it on the server:  " + HostKeyText.comparison(fresh.key()) + "\n");
                if (!Interview.isYes(asker.ask("Is it the same? Type yes to trust it", "no", List.of("yes", "no")))) {
                    no("not trusted, so nobody logs in there");
                    yield false;
                }
                try {
                    attempts.trust(fresh);
                    trusted.add(fresh.file().toString());
                    yes("trusted; it stands in " + fresh.file());
                    yield true;
                } catch (IOException fault) {
                    no(fresh.file() + " can't be written: " + fault.getMessage());
                    yield false;
                }
            }
            case KeyPresentation.Changed changed -> {
                no("THE HOST KEY HAS CHANGED to " + inWords(changed.key())
                        + ": a reinstalled server, or somebody in between.\n    Ask who runs it; only then, in another shell:"
                        + "  mailban trust " + changed.key().host());
                yield false;
            }
            case KeyPresentation.Revoked(var key) -> {
                no("its host key is marked as @revoked in known_hosts: " + inWords(key));
                yield false;
            }
            case KeyPresentation.NotPresented(var obstacle) -> {
                no(ReplyWriter.obstacle(obstacle));
                yield false;
            }
        };
    }

    /** Until it lets us in. */
    private Entered entered(Target begin) throws GaveUp {
        Target target = begin;
        while (true) {
            asker.say("  … logging in, and trying what can be done there\n");
            Found found = attempts.find(server(target));
            if (!(found.trial() instanceof Trial.Stopped stopped)) {
                return new Entered(target, found);
            }
            no(ReplyWriter.obstacle(stopped.obstacle()));
            mending(found.examination(), target);
            String user = asker.ask("Log in as whom?", found.trial().way().user(), List.of("mailban", "root"));
            String key = asker.ask(
                    "With which private key? A path, or any that ssh would try",
                    target.key().orElse("any"),
                    List.of("any", "~/.ssh/id_ed25519"));
            target = new Target(
                    target.host(),
                    user.equals(found.trial().way().user()) ? target.user() : Optional.of(user),
                    target.port(),
                    Optional.of(key).filter(text -> !text.equals("any")));
        }
    }

    /** Until fail2ban answers, or is to be mended later. */
    private Found answering(Entered entered) throws GaveUp {
        Found found = entered.found();
        while (true) {
            asker.say("\n"
                    + ExaminationText.of(
                            found.examination(), "--ssh " + entered.target().host(), asker.look()));
            if (found.answers()) {
                String before = found.prefix().isEmpty() ? "the login itself may" : "prefix: " + found.prefix();
                yes("fail2ban answers (" + before + ")"
                        + (found.logPrefix().equals("sudo -n")
                                ? "; logs are read by sudo too (log_prefix), which a member of adm needs not"
                                : ""));
                return found;
            }
            asker.say("""
                      ✗ fail2ban does not answer yet. Mend it and type again; or keep, to write it down as it is;
                        or what stands before fail2ban-client there: sudo -n, docker exec -i NAME, gate.
                    """);
            String answer = asker.ask(
                    "again, keep or a prefix", "again", List.of("again", "keep", "sudo -n", "docker exec -i", "gate"));
            if (answer.equals("keep")) {
                return found;
            }
            found = again(answer, found);
        }
    }

    private Found again(String answer, Found found) {
        asker.say("  … trying\n");
        if (answer.equals("again")) {
            return attempts.find(found.server());
        }
        try {
            return attempts.with(found.server(), answer);
        } catch (IllegalArgumentException fault) {
            no(String.valueOf(fault.getMessage()));
            return found;
        }
    }

    private String name(Target target, List<String> taken) throws GaveUp {
        String first =
                target.host().matches("[0-9.]+|.*:.*") ? "mail" : target.host().split("[.]", 2)[0];
        String usual = first.matches(NAME) ? first : "mail";
        for (int i = 1; taken.contains(usual) || usual.equals("mail"); i++) {
            usual = first.matches(NAME) ? first + i : "mail" + i;
        }
        while (true) {
            String name = asker.ask("What shall people call it in chat?", usual, List.of());
            if (taken.contains(name)) {
                no("another server is called " + name + " already");
            } else if (!name.matches(NAME)) {
                no("“" + name + "” is no name of up to 40 letters, digits, . _ and -, such as mail1");
            } else {
                return name;
            }
        }
    }

    private void mending(Examination examination, Target target) {
        ReplyWriter.mendings(examination, new Mendings(examination.way(), "--ssh " + target.host()))
                .forEach((heading, lines) ->
                        asker.say("    " + heading + "\n      " + String.join("\n      ", lines) + "\n"));
    }

    private void yes(String words) {
        asker.say("  ✓ " + words + "\n");
    }

    private void no(String words) {
        asker.say("  ✗ " + words + "\n");
    }

    private static String inWords(PresentedKey key) {
        return key.type() + " " + key.fingerprint();
    }
}
