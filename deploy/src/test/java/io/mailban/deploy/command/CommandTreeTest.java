package io.mailban.deploy.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class CommandTreeTest {
    private final StringWriter err = new StringWriter();
    private final Path directory;

    CommandTreeTest(@TempDir Path directory) {
        this.directory = directory;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            chekc 203.0.113.7                        | “chekc” is no command of mailban; did you mean check?
            check --jsn 203.0.113.7                  | “--jsn” is no option of check; did you mean --json?
            check --ssh m --config                   | Missing required parameter
            check --ssh mail1                        | check what? An address or a mailbox
            check 203.0.113.256 --ssh mail1          | 256
            check 203.0.113.7 mail9 --ssh mail1      | no server is named “mail9”
            check 203.0.113.7 --ssh -evil            | not a host name
            check 203.0.113.7 --ssh root@mail1:99999 | 99999
            check 203.0.113.7 --ssh m --prefix doas  | no prefix that is known
            servers now --ssh mail1                  | “now” is too much
            deny aaaaaaaa! --ssh mail1               | is no request's id
            check 203.0.113.7 --config nowhere.yml   | there is no file nowhere.yml
            check 203.0.113.7                        | there is no configuration: neither mailban.yml nor
            config check                             | there is no configuration: neither mailban.yml nor
            trust mail9 --ssh mail1                  | no server is named “mail9”
            parse                                    | fail2ban|mail
            config                                   | Usage: mailban config
            """)
    void misuseIsOneSentenceAndStatusTwo(String line, String sentence) {
        assertThat(execute(line.split(" +", -1))).isEqualTo(2);
        assertThat(err.toString()).contains(sentence).doesNotContain("Exception");
    }

    @Test
    void everyFaultOfTheConfigurationIsTold() throws Exception {
        Path file = Files.writeString(directory.resolve("bad.yml"), """
                servers:
                  - name: mail1
                    host: "-oProxyCommand=evil"
                    port: 99999
                colour: red
                """);
        for (String command : new String[] {"config check", "check 203.0.113.7", "chat", "run"}) {
            err.getBuffer().setLength(0);
            assertThat(execute((command + " --config " + file).split(" ", -1)))
                    .as(command)
                    .isEqualTo(2);
            assertThat(err.toString())
                    .as(command)
                    .contains("line 3", "line 4", "line 5")
                    .doesNotContain("Exception");
        }
    }

    @Test
    void atSignsAreReasonsAndNoFiles() {
        assertThat(execute("check", "203.0.113.7", "@alice", "--ssh", "mail1")).isEqualTo(2);
        assertThat(err.toString()).contains("no server is named “@alice”");
    }

    private int execute(String... args) {
        CommandLine line =
                CommandTree.of(Map.of("HOME", directory.resolve("home").toString()));
        line.setErr(new PrintWriter(err, true));
        return line.execute(args);
    }
}
