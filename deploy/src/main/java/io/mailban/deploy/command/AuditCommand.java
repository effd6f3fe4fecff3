package io.mailban.deploy.command;

import io.mailban.audit.ChainVerdict;
import io.mailban.deploy.shell.AuditJson;
import io.mailban.deploy.shell.Exit;
import io.mailban.reply.ReplyWriter;
import io.mailban.terminal.CardText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** {@code mailban audit}: what was done; {@code audit verify} also checks a file that {@code audit --json} wrote. */
final class AuditCommand extends ErrandCommand {
    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

    private final Map<String, String> env;

    @Option(names = "--head", paramLabel = "HASH", description = "With verify: a head that was noted before.")
    private @Nullable String head;

    AuditCommand(Map<String, String> env) {
        super("audit", env);
        this.env = env;
    }

    @Override
    public Integer call() throws InterruptedException {
        List<String> words = super.words();
        boolean verify = !words.isEmpty() && words.getFirst().equals("verify");
        if (head != null && !(verify && HASH.matcher(head).matches())) {
            throw new Misuse("--head " + head + ": the 64 hex digits that audit verify printed were expected, as in"
                    + " mailban audit verify --head HASH");
        }
        return verify && words.size() == 2 && !HASH.matcher(words.getLast()).matches()
                ? verify(Path.of(words.getLast())).status()
                : super.call();
    }

    @Override
    List<String> words() {
        return Stream.concat(super.words().stream(), Stream.ofNullable(head)).toList();
    }

    private Exit verify(Path file) {
        ChainVerdict verdict = AuditJson.check(lines(file), Optional.ofNullable(head));
        ThisUser caller = new ThisUser(env);
        caller.out(
                switch (format()) {
                    case TEXT -> CardText.of(ReplyWriter.audit(verdict), caller.look(), Instant.now());
                    case JSON -> AuditJson.verdict(verdict) + "\n";
                });
        return AuditJson.exit(verdict);
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (NoSuchFileException _) {
            throw new UncheckedIOException(new IOException(file + ": there is no such file"));
        } catch (MalformedInputException e) {
            throw new UncheckedIOException(new IOException(file + ": this is no text in UTF-8", e));
        } catch (IOException e) {
            throw new UncheckedIOException(new IOException(file + " can't be read: " + e.getMessage(), e));
        }
    }
}
