package io.mailban.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mailban.ban.Address;
import io.mailban.ban.Jail;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Hostile names, handed to a real shell. */
class RemoteCommandTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/var/log/mail.log",
                "/var/log/my mail.log",
                "/var/log/$(touch /tmp/owned).log",
                "/var/log/`id`.log",
                "/var/log/it's.log",
                "''; id; '",
                "\\'; id #",
                "a\"b\\c",
                "-rf",
                "--help",
                "*",
                "~root",
                "!!",
                "a&b|c>d<e;f",
                "line\nbreak",
                "tab\there",
                "ümlaut",
                "$HOME",
                ""
            })
    void aShellTakesEachValueForOneWord(String value) throws IOException {
        RemoteCommand command = RemoteCommand.script(
                new CommandPrefix.Gate(), LogScripts.Verb.SURVEY, List.of("before", value, "after"));
        assertThat(run("printf '<%s>' " + command.line()))
                .isEqualTo("<mailban-gate><survey><before><" + value + "><after>");
    }

    @ParameterizedTest
    @ValueSource(strings = {"postfix-sasl", "my jail", "it's", "$(id)", "`id`", "a;b", "\\", "\"", "--all", "é", "#x"})
    void theInteractiveClientTakesEachJailForOneWord(String jail) throws IOException {
        // Python's shlex.split has the quoting rules of a POSIX shell.
        String line = ClientCommand.bansWithTime(new Jail(jail)).interactiveLine();
        assertThat(run("printf '<%s>' " + line)).isEqualTo("<get><" + jail + "><banip><--with-time>");
    }

    @Test
    void eachOneShotIsFollowedByItsStatus() {
        RemoteCommand command = RemoteCommand.oneShots(
                new CommandPrefix.Sudo(),
                List.of(ClientCommand.banned(), ClientCommand.lift(new Jail("it's"), Address.of("2001:DB8:0:0::7"))),
                "mark");
        assertThat(command.line())
                .isEqualTo("sudo -n fail2ban-client banned </dev/null 2>&1; echo mark $?; "
                        + "sudo -n fail2ban-client set 'it'\"'\"'s' unbanip 2001:db8::7 </dev/null 2>&1; echo mark $?");
    }

    @Test
    void aServerWithoutAGateIsSentTheScriptItself() throws IOException {
        RemoteCommand command =
                RemoteCommand.script(new CommandPrefix.None(), LogScripts.Verb.SURVEY, List.of("mark", "/nonexistent"));
        assertThat(run(command.line())).contains("offset ", "\nmark end\n");
    }

    @Test
    void whatABanLeavesBehindIsAskedForByWords() {
        CommandPrefix gate = new CommandPrefix.Gate();
        Address address = Address.of("2001:DB8:0:0::7");
        assertThat(RemoteCommand.evidence(gate, "mark", "/var/lib/it's", address)
                        .line())
                .isEqualTo("mailban-gate evidence mark '/var/lib/it'\"'\"'s' 2001:db8::7");
        assertThat(RemoteCommand.firewall(gate, "mark", address).line())
                .isEqualTo("mailban-gate firewall mark 2001:db8::7");
        assertThat(RemoteCommand.standingClient(gate).line()).isEqualTo("mailban-gate fail2ban-client -i");
    }

    @Test
    void thePrefixStandsBeforeTheStandingClient() {
        assertThat(RemoteCommand.standingClient(new CommandPrefix.Docker("mail-1"))
                        .line())
                .isEqualTo("docker exec -i mail-1 fail2ban-client -i 2>&1");
    }

    @Test
    void whatNoLineCanHoldIsRefused() {
        assertThatThrownBy(() -> RemoteCommand.quoted("a\0b")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ClientCommand.echo("a\nunban --all")).isInstanceOf(IllegalArgumentException.class);
    }

    private static String run(String line) throws IOException {
        Process shell = new ProcessBuilder("sh", "-c", line).start();
        return new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
