package io.mailban.deploy.parse;

import io.mailban.fail2ban.LogLineReader;
import io.mailban.maillog.MailLineReader;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Reads a log as the bot does and prints what each line means, one JSON object a line; nothing for the others. */
@Command(
        name = "parse",
        mixinStandardHelpOptions = true,
        description = "Shows how the bot reads a log: one JSON object for each line that means something.")
public final class ParseCommand implements Callable<Integer> {
    private static final int OK = 0;
    private static final int MISUSE = 2;
    private static final int COULD_NOT_TELL = 3;

    @Parameters(
            index = "0",
            paramLabel = "fail2ban|mail",
            description = "whose log it is: fail2ban's, or Postfix's and Dovecot's")
    private String kind = "";

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "FILE",
            defaultValue = "-",
            description = "the log, - for standard input")
    private String file = "-";

    @Override
    public Integer call() {
        if (file.equals("-")) {
            return run(kind, System.in, System.out, System.err);
        }
        Path path = Path.of(file);
        if (!Files.exists(path)) {
            System.err.println(file + ": there is no such file; give the path of a log, or - for standard input");
            return COULD_NOT_TELL;
        }
        if (Files.isDirectory(path)) {
            System.err.println(file + ": is a directory; give the path of a log in it");
            return COULD_NOT_TELL;
        }
        try (InputStream in = new FileInputStream(file)) {
            return run(kind, in, System.out, System.err);
        } catch (IOException e) {
            System.err.println(file + ": can't be read (" + e.getMessage() + "); check its permissions");
            return COULD_NOT_TELL;
        }
    }

    /**
     * Reads a whole log.
     *
     * @param kind {@code fail2ban} or {@code mail}
     * @return the exit status: 0 whatever the log holds, 2 for another kind, 3 if the log can't be read to its end
     */
    static int run(String kind, InputStream in, PrintStream out, PrintStream faults) {
        LineHandler handler = handler(kind);
        if (handler == null) {
            faults.println(
                    kind + ": the bot reads two kinds of log, fail2ban and mail: mailban parse mail /var/log/mail.log");
            return MISUSE;
        }
        // The writer keeps a buffer of its own; only what it hands on is looked at for a reader that has gone.
        try (EventWriter writer = new EventWriter(untilClosed(out))) {
            LineSplitter lines = new LineSplitter(in);
            String line = lines.next();
            for (long number = 1; line != null; number++) {
                handler.handle(number, line, writer);
                line = lines.next();
            }
        } catch (ReaderGone e) {
            return OK;
        } catch (IOException e) {
            faults.println("the log can't be read to its end: " + e.getMessage());
            return COULD_NOT_TELL;
        }
        out.flush();
        return OK;
    }

    private interface LineHandler {
        void handle(long number, String line, EventWriter writer) throws IOException;
    }

    private static @Nullable LineHandler handler(String kind) {
        return switch (kind) {
            case "fail2ban" ->
                (number, line, writer) -> {
                    var event = LogLineReader.read(line);
                    if (event.isPresent()) {
                        writer.write(number, event.get());
                    }
                };
            case "mail" ->
                (number, line, writer) -> {
                    var event = MailLineReader.read(line);
                    if (event.isPresent()) {
                        writer.write(number, event.get());
                    }
                };
            default -> null;
        };
    }

    /** Whoever read our output has closed it, as {@code head} does. */
    private static final class ReaderGone extends IOException {
        private static final long serialVersionUID = 1L;
    }

    private static OutputStream untilClosed(PrintStream out) {
        return new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                out.write(b);
                check();
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                out.write(bytes, offset, length);
                check();
            }

            @Override
            public void flush() {
                out.flush();
            }

            private void check() throws IOException {
                if (out.checkError()) {
                    throw new ReaderGone();
                }
            }
        };
    }
}
