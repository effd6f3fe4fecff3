package io.mailban.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.reader.ReaderException;

/** A file as YAML, before anything is known of its keys. */
final class Document {
    /** A configuration has a few kilobytes; whatever is larger is another file. */
    private static final int LARGEST = 1 << 20;

    private Document() {}

    /** The root of a file's one document; empty, with a fault noted, where it has none. */
    static Optional<Node> read(Path file, Notes notes) {
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(LARGEST + 1);
        } catch (IOException e) {
            notes.fault(0, "", "can't be read: " + reason(file, e));
            return Optional.empty();
        }
        if (bytes.length > LARGEST) {
            notes.fault(0, "", "larger than 1 MiB; this can't be Mailban's configuration");
            return Optional.empty();
        }
        return decoded(bytes, notes).flatMap(text -> composed(text, notes));
    }

    private static String reason(Path file, IOException e) {
        if (Files.isDirectory(file)) {
            return "it is a directory";
        }
        return e instanceof AccessDeniedException
                ? "permission denied for user " + System.getProperty("user.name")
                : String.valueOf(e.getMessage());
    }

    private static Optional<String> decoded(byte[] bytes, Notes notes) {
        CharBuffer text = CharBuffer.allocate(bytes.length);
        CoderResult result = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes), text, true);
        String read = text.flip().toString();
        if (result.isError()) {
            notes.fault(lineAt(read, read.length()), "", "not UTF-8; save the file as UTF-8 text");
            return Optional.empty();
        }
        return Optional.of(read.startsWith("\ufeff") ? read.substring(1) : read);
    }

    private static Optional<Node> composed(String text, Notes notes) {
        LoaderOptions options = new LoaderOptions();
        // Said by us, with both lines.
        options.setAllowDuplicateKeys(true);
        options.setCodePointLimit(LARGEST);
        options.setNestingDepthLimit(20);
        try {
            @Nullable Node root = new Yaml(options).compose(new StringReader(text));
            if (root == null) {
                notes.fault(0, "", "holds nothing yet; it takes at least a server, as mailban.example.yml shows");
            }
            return Optional.ofNullable(root);
        } catch (MarkedYAMLException e) {
            notes.fault(line(e), "", "not YAML: " + problem(e));
        } catch (ReaderException e) {
            notes.fault(lineAt(text, e.getPosition()), "", "holds a control character, which no text file does");
        } catch (YAMLException e) {
            // Only limits have no place: the depth of brackets, and the number of aliases.
            String what = String.valueOf(e.getMessage());
            notes.fault(
                    0,
                    "",
                    what.contains("aliases")
                            ? "aliases (*) can't be used in this file; write the values out"
                            : "nested deeper than any configuration of Mailban's");
        }
        return Optional.empty();
    }

    private static int line(MarkedYAMLException e) {
        var mark = e.getProblemMark() == null ? e.getContextMark() : e.getProblemMark();
        return mark == null ? 0 : mark.getLine() + 1;
    }

    /** The parser's words, for those faults that people make in every other file. */
    private static String problem(MarkedYAMLException e) {
        String problem = String.valueOf(e.getProblem());
        if (problem.contains("\\t(TAB)")) {
            return "a tab; YAML is indented with spaces alone";
        }
        if (problem.startsWith("mapping values are not allowed here")) {
            return "a second \": \" in one line; put the value in quotes, or check the indentation above";
        }
        if (problem.contains("another document")) {
            return "a second document begins here (---); one file is one document";
        }
        if (problem.startsWith("Global tag is not allowed")) {
            return "a tag (!!); leave it out";
        }
        if (problem.contains("end of stream") || problem.contains("<stream end>")) {
            return "the file ends before a quote or a bracket is closed";
        }
        if (problem.contains("cannot start any token")) {
            return problem.replaceAll("\\.? *\\(.*", "") + "; put the value in quotes";
        }
        return problem;
    }

    private static int lineAt(String text, int position) {
        return 1 + (int) text.chars().limit(position).filter(c -> c == '\n').count();
    }
}
