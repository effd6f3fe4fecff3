package io.mailban.ssh;

import io.mailban.sandbox.MailServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Somebody with Mailban's key and OpenSSH's own programs, who may send whatever they like. */
record GateVisitor(MailServer server) {

    /** What they got. */
    record Got(int status, String out, String err) {}

    /** {@code ssh OPTIONS… HOST WORDS…}, with this on standard input. */
    Got ssh(List<String> options, String input, String... words) {
        List<String> command = new ArrayList<>(List.of("ssh", "-T"));
        command.addAll(sshOptions());
        command.addAll(options);
        command.addAll(List.of("-p", String.valueOf(server.sshPort()), address()));
        if (words.length > 0) {
            // Else a line that begins with a dash would be an option.
            command.add("--");
            command.addAll(List.of(words));
        }
        return run(command, input);
    }

    /** One command line, on a connection that is kept for the next. */
    Got ask(String line, String input) {
        Path socket = server.key().resolveSibling("visitor-" + server.name());
        return ssh(
                List.of("-o", "ControlMaster=auto", "-o", "ControlPath=" + socket, "-o", "ControlPersist=20"),
                input,
                line);
    }

    /** What a standing client says to these lines, without what it prints at its start: one answer for each. */
    List<String> tell(String... lines) {
        String input = "echo begin\n" + String.join("\n", lines) + "\necho end\n";
        String out = ssh(List.of(), input, "mailban-gate fail2ban-client -i").out();
        String answers = out.substring(
                out.indexOf("fail2ban> begin\n") + "fail2ban> begin\n".length(), out.indexOf("fail2ban> end\n"));
        return List.of(answers.strip().substring("fail2ban> ".length()).split("\n(?:fail2ban> )+", -1));
    }

    String address() {
        return MailServer.GATE_USER + "@" + server.sshHost();
    }

    /** This sandbox's key and host keys, and nobody's own configuration. */
    List<String> sshOptions() {
        return List.of(
                "-F",
                "none",
                "-o",
                "BatchMode=yes",
                "-o",
                "IdentitiesOnly=yes",
                "-o",
                "IdentityFile=" + server.key(),
                "-o",
                "UserKnownHostsFile=" + server.knownHosts());
    }

    static Got run(List<String> command, String input) {
        try {
            Process process = new ProcessBuilder(command).start();
            StringBuilder err = new StringBuilder();
            Thread reader = Thread.ofVirtual()
                    .start(() -> process.errorReader()
                            .lines()
                            .forEach(line -> err.append(line).append('\n')));
            Thread.ofVirtual().start(() -> write(process, input));
            String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            reader.join();
            return new Got(process.waitFor(), out, err.toString());
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        } catch (InterruptedException fault) {
            throw new IllegalStateException(fault);
        }
    }

    private static void write(Process process, String input) {
        try (OutputStream in = process.getOutputStream()) {
            in.write(input.getBytes(StandardCharsets.UTF_8));
        } catch (IOException _) {
            // It ended without reading it all.
        }
    }
}
