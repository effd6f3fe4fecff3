package io.mailban.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.mailban.access.Person;
import io.mailban.access.PersonId;
import io.mailban.approval.Approval;
import io.mailban.approval.ApprovalId;
import io.mailban.approval.ApprovalStore.Claiming;
import io.mailban.approval.ApprovalStore.Moving;
import io.mailban.approval.SampleApprovals;
import io.mailban.approval.Stage;
import io.mailban.audit.AuditEntry;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Another Java process on the same file: does as it is told, says what came of it, and waits to be ended. */
final class OtherProcess implements AutoCloseable {
    private final Process process;
    private final BufferedReader says;

    private OtherProcess(Process process) {
        this.process = process;
        this.says = process.inputReader(UTF_8);
    }

    static OtherProcess start(String part, Path file, String... more) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                OtherProcess.class.getName(),
                part,
                file.toString()));
        command.addAll(List.of(more));
        return new OtherProcess(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    long pid() {
        return process.pid();
    }

    String line() throws IOException {
        return says.readLine();
    }

    List<String> rest() {
        return says.lines().toList();
    }

    void go() throws IOException {
        process.outputWriter(UTF_8).append("go\n").flush();
    }

    /** SIGKILL: no shutdown hook, no finally. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    @Override
    public void close() {
        kill();
    }

    public static void main(String[] args) throws IOException {
        Path file = Path.of(args[1]);
        List<String> ids = List.of(args).subList(2, args.length);
        switch (args[0]) {
            case "lock" -> {
                try (BotLock _ = BotLock.take(file)) {
                    sayAndWait("held");
                }
            }
            case "open" -> {
                sayAndWait("ready");
                SqliteStore.open(file).close();
                say("opened");
            }
            case "decide" -> decide(file, ids);
            case "claim" -> claim(file, ids);
            case "claim and hang" -> {
                try (SqliteStore store = SqliteStore.open(file)) {
                    claimed(store, ids.getFirst());
                    sayAndWait("claimed");
                }
            }
            case "hang inside" -> hangInside(file);
            default -> throw new IllegalArgumentException(args[0]);
        }
    }

    private static void decide(Path file, List<String> ids) throws IOException {
        try (SqliteStore store = SqliteStore.open(file)) {
            List<Approval> read = ids.stream()
                    .map(id -> store.approvals().find(new ApprovalId(id)).orElseThrow())
                    .toList();
            sayAndWait("ready");
            for (Approval from : read) {
                var to = from.movedTo(new Stage.Denied(SampleApprovals.carolsDecision(), "by " + me().name()));
                if (store.approvals().move(from, to, entry()) instanceof Moving.Moved) {
                    say(from.id().value());
                }
            }
        }
    }

    private static void claim(Path file, List<String> ids) throws IOException {
        try (SqliteStore store = SqliteStore.open(file)) {
            sayAndWait("ready");
            for (String id : ids) {
                if (claimed(store, id) instanceof Claiming.Claimed) {
                    say(id);
                }
            }
        }
    }

    /** Ids that differ in their first letter only are for the same plan. */
    private static Claiming claimed(SqliteStore store, String id) {
        int host = Integer.parseInt(id.substring(5));
        return store.approvals().claim(SampleApprovals.fresh(id, "203.0.113." + host), entry());
    }

    private static void hangInside(Path file) throws IOException {
        try (SqliteStore store = SqliteStore.open(file)) {
            store.approvals().claim(SampleApprovals.fresh("aaaaa001", "203.0.113.1"), entry());
        }
        try (var connection = SqliteStore.source(file).getConnection();
                Database database = new Database(file, connection)) {
            database.write(transaction -> {
                SqliteAudit.append(transaction, entry());
                transaction.change("UPDATE approval SET version = 2, reason = 'half done'");
                sayAndWait("inside");
                return "never";
            });
        } catch (java.sql.SQLException e) {
            throw new IOException(e);
        }
    }

    private static AuditEntry entry() {
        return new AuditEntry(SampleApprovals.NOON, me(), AuditEntry.Act.DENIED, "203.0.113.7", "");
    }

    private static Person me() {
        return new Person(
                PersonId.of("terminal:other"),
                "process " + ProcessHandle.current().pid());
    }

    private static void sayAndWait(String word) {
        say(word);
        try {
            new BufferedReader(new InputStreamReader(System.in, UTF_8)).readLine();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void say(String word) {
        System.out.println(word);
        System.out.flush();
    }
}
