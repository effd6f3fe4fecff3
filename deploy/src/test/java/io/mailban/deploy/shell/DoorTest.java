package io.mailban.deploy.shell;

import static io.mailban.deploy.shell.DeskOfFakes.person;
import static java.nio.file.attribute.PosixFilePermissions.fromString;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mailban.deploy.shell.Errand.Consent;
import io.mailban.deploy.shell.Errand.Format;
import io.mailban.deploy.shell.Errand.Patience;
import io.mailban.terminal.Completions;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoorTest {
    private static final Completions NO_WORDS = new Language.SentWords(List.of(), List.of(), List.of(), List.of());

    private final DeskOfFakes fakes = new DeskOfFakes(person(System.getProperty("user.name")));
    private final Desk desk = fakes.open();
    private final Path store;
    private final Door door;

    DoorTest(@TempDir Path directory) throws IOException {
        store = directory.resolve("mailban.db");
        door = Door.open(store, desk, NO_WORDS);
    }

    @AfterEach
    void close() {
        door.close();
    }

    @Test
    void onlyItsOwnerReachesIt() throws IOException {
        Path socket = Door.path(store);
        assertThat(Files.getPosixFilePermissions(socket)).isEqualTo(fromString("rw-------"));
        assertThat(Files.getPosixFilePermissions(socket.getParent())).isEqualTo(fromString("rwx------"));
    }

    @Test
    void aCommandGivesTheSameAnswerThroughIt() throws InterruptedException {
        for (String line : List.of("check 203.0.113.7", "check 203.0.113.8", "bans", "chekc", "servers")) {
            RecordedCaller here = new RecordedCaller(fakes.all);
            RecordedCaller there = new RecordedCaller(DeskOfFakes.MALLORY);
            Exit exit = Errands.run(errand(line), desk, here);
            assertThat(visit(line, there)).as(line).isEqualTo(exit);
            assertThat(there.out).as(line).hasToString(here.out.toString());
            assertThat(there.err).as(line).hasToString(here.err.toString());
        }
    }

    @Test
    void theOperatingSystemSaysWhoAsks() {
        RecordedCaller caller = new RecordedCaller(DeskOfFakes.MALLORY, "yes");
        assertThat(visit("unban 203.0.113.7 reason", caller)).isEqualTo(Exit.FINE);
        assertThat(fakes.audit.newest(9))
                .extracting(entry -> entry.act() + " " + entry.who().id())
                .contains("REQUESTED " + fakes.all.id(), "APPROVED " + fakes.all.id());
        assertThat(caller.err).contains("Lift it now?");
    }

    @Test
    void whereNobodyAnswersTheRequestWaits() {
        RecordedCaller caller = new RecordedCaller(DeskOfFakes.MALLORY);
        assertThat(visit("unban 203.0.113.7 reason", caller)).isEqualTo(Exit.KEPT_OUT);
        assertThat(fakes.servers.lifted()).isEmpty();
    }

    @Test
    void aScriptIsAnsweredLineByLine() throws Exception {
        RecordedCaller caller = new RecordedCaller(DeskOfFakes.MALLORY);
        try (Visit visit = Visit.find(store).orElseThrow()) {
            BufferedReader script = new BufferedReader(
                    new StringReader("check 203.0.113.7\n1\nnew password\n1\nrequests\nquit\nbans\n"));
            assertThat(visit.recite(script, caller.look(), caller)).isEqualTo(Exit.FINE);
        }
        assertThat(caller.out.toString())
                .containsSubsequence(
                        "🟠 203.0.113.7 can't reach mail1",
                        "[1] Request unban",
                        "Why should it be lifted?",
                        "asks to lift the ban on 203.0.113.7",
                        "waits for approval")
                .doesNotContain("who is banned");
    }

    @Test
    void whatAKilledBotLeftIsReplaced(@TempDir Path other) throws IOException {
        Path file = other.resolve("mailban.db");
        Files.createDirectory(Door.path(file).getParent());
        try (ServerSocketChannel left = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            left.bind(UnixDomainSocketAddress.of(Door.path(file)));
        }
        assertThat(Files.exists(Door.path(file))).isTrue();
        assertThat(Visit.find(file)).isEmpty();
        try (Door _ = Door.open(file, desk, NO_WORDS);
                Visit visit = Visit.find(file).orElseThrow()) {
            assertThat(visit.run(errand("bans"), new RecordedCaller(fakes.all))).isEqualTo(Exit.FINE);
        }
        assertThat(Visit.find(file)).isEmpty();
    }

    @Test
    void whoeverSpeaksAnotherLanguageIsHungUpOn() throws IOException {
        for (String nonsense : List.of("GET / HTTP/1.1\n", "{\"version\":99}\n", "{}\n", "[1]\n", "\n")) {
            try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(Door.path(store)))) {
                channel.write(ByteBuffer.wrap(nonsense.getBytes(StandardCharsets.UTF_8)));
                ByteBuffer answer = ByteBuffer.allocate(4096);
                while (channel.read(answer) >= 0) {
                    assertThat(answer.hasRemaining()).isTrue();
                }
            }
        }
        assertThat(visit("bans", new RecordedCaller(fakes.all))).isEqualTo(Exit.FINE);
    }

    @Test
    void aPathThatNoSocketMayHaveIsRefusedWithASentence(@TempDir Path directory) throws IOException {
        Path deep = Files.createDirectory(directory.resolve("d".repeat(100)));
        assertThatThrownBy(() ->
                        Door.open(deep.resolve("mailban.db"), desk, NO_WORDS).close())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("shorter name");
    }

    private Exit visit(String line, RecordedCaller caller) {
        try (Visit visit = Visit.find(store).orElseThrow()) {
            return visit.run(errand(line), caller);
        }
    }

    private static Errand errand(String line) {
        return new Errand(line, Format.TEXT, Consent.ASK, Patience.UNTIL_LIFTED);
    }
}
