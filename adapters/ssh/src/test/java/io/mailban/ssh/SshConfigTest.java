package io.mailban.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SshConfigTest {
    @TempDir
    Path home;

    @BeforeEach
    void makeFolder() throws IOException {
        Files.createDirectories(home.resolve(".ssh/conf.d"));
    }

    @Test
    void theFirstValueThatAppliesCounts() throws IOException {
        config("""
                Port 2200
                Host mail* !mail9
                    HostName %h.example.org
                    User=operator
                Host mail1
                    User somebody
                Host *
                    User nobody
                Host *
                    Compression yes
                """);
        Destination mail1 = destination("mail1");
        assertThat(mail1.host()).isEqualTo("mail1.example.org");
        assertThat(mail1.user()).isEqualTo("operator");
        assertThat(mail1.port()).isEqualTo(2200);
        assertThat(mail1.hostKeyName()).isEqualTo("[mail1.example.org]:2200");
        assertThat(destination("mail9").user()).isEqualTo("nobody");
    }

    @Test
    void settingsOfTheServerComeBeforeTheFile() throws IOException {
        config("Host *\n  User nobody\n  Port 2200\n");
        Destination there = Destination.of(SshServer.of("alice@mail1:22"), surroundings());
        assertThat(there.user()).isEqualTo("alice");
        assertThat(there.port()).isEqualTo(22);
        assertThat(there.hostKeyName()).isEqualTo("mail1");
    }

    @Test
    void includedFilesBelongToTheBlockAroundThem() throws IOException {
        config("Host mail1\n  Include conf.d/*.conf\nHost *\n  User nobody\n");
        Files.writeString(home.resolve(".ssh/conf.d/a.conf"), "User first\n");
        Files.writeString(home.resolve(".ssh/conf.d/b.conf"), "User second\nPort 2201\n");
        assertThat(destination("mail1").user()).isEqualTo("first");
        assertThat(destination("mail1").port()).isEqualTo(2201);
        assertThat(destination("mail2").user()).isEqualTo("nobody");
        assertThat(destination("mail2").port()).isEqualTo(22);
    }

    @Test
    void aMatchThatWouldRunACommandNeverMatches() throws IOException {
        config("""
                Match exec "touch /tmp/owned"
                  User owned
                Match host mail1,mail2 user root
                  Port 2202
                Match originalhost mail3
                  Port 2203
                Match all
                  User root
                """);
        assertThat(destination("mail1").user()).isEqualTo("root");
        assertThat(destination("mail3").port()).isEqualTo(2203);
    }

    @Test
    void keysAreListedInOrderWithTheirTokens() throws IOException {
        config("""
                Host mail1
                  IdentityFile ~/.ssh/one
                  IdentityFile "%d/.ssh/two %r"
                  IdentitiesOnly yes
                  User root
                  UserKnownHostsFile /a/known "/b b/known"
                  HostKeyAlias the-mail-server
                """);
        Destination mail1 = destination("mail1");
        assertThat(mail1.keys()).containsExactly(home.resolve(".ssh/one"), home.resolve(".ssh/two root"));
        assertThat(mail1.keyChoice()).isEqualTo(Destination.KeyChoice.LISTED_ONLY);
        assertThat(mail1.knownHosts()).startsWith(Path.of("/a/known"), Path.of("/b b/known"));
        assertThat(mail1.hostKeyName()).isEqualTo("the-mail-server");
    }

    @Test
    void withoutAFileThingsAreAsOpensshHasThem() {
        Destination mail1 = destination("mail1");
        assertThat(mail1.keys())
                .containsExactly(
                        home.resolve(".ssh/id_ed25519"), home.resolve(".ssh/id_ecdsa"), home.resolve(".ssh/id_rsa"));
        assertThat(mail1.keyChoice()).isEqualTo(Destination.KeyChoice.AGENT_TOO);
        assertThat(mail1.knownHosts()).first().isEqualTo(home.resolve(".ssh/known_hosts"));
        assertThat(mail1.jump()).isEmpty();
    }

    @Test
    void algorithmsAreAddedTakenAwayOrPutFirst() {
        assertThat(Algorithms.merged("+c,d", "a,b")).isEqualTo("a,b,c,d");
        assertThat(Algorithms.merged("-a*", "a1,b,a2")).isEqualTo("b");
        assertThat(Algorithms.merged("^b", "a,b")).isEqualTo("b,a");
        assertThat(Algorithms.merged("x,y", "a,b")).isEqualTo("x,y");
    }

    @Test
    void aJumpHostIsNotOverlooked() throws IOException {
        config("Host mail1\n  ProxyJump gate\nHost mail2\n  ProxyJump none\n");
        assertThat(destination("mail1").jump()).contains("gate");
        assertThat(destination("mail2").jump()).isEmpty();
    }

    private void config(String text) throws IOException {
        Files.writeString(home.resolve(".ssh/config"), text);
    }

    private Destination destination(String host) {
        return Destination.of(SshServer.at(host), surroundings());
    }

    private SshSurroundings surroundings() {
        return new SshSurroundings(home, List.of(home.resolve(".ssh/config")), Optional.empty(), Optional.empty());
    }
}
