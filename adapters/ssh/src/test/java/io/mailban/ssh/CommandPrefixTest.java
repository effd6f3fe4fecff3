package io.mailban.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandPrefixTest {

    @Test
    void readsThePrefixesThatOperatorsWrite() {
        assertThat(CommandPrefix.of("")).isEqualTo(new CommandPrefix.None());
        assertThat(CommandPrefix.of("sudo")).isEqualTo(new CommandPrefix.Sudo());
        assertThat(CommandPrefix.of(" sudo  -n ")).isEqualTo(new CommandPrefix.Sudo());
        assertThat(CommandPrefix.of("gate")).isEqualTo(new CommandPrefix.Gate());
        assertThat(CommandPrefix.of("docker exec -i mailserver")).isEqualTo(new CommandPrefix.Docker("mailserver"));
        assertThat(CommandPrefix.of("sudo -n docker exec -i mail_1.x"))
                .isEqualTo(new CommandPrefix.SudoDocker("mail_1.x"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "doas",
                "sudo -n -u root",
                "docker exec mailserver",
                "docker exec -i -u0",
                "sudo; id",
                "sudo -n gate"
            })
    void refusesOthersAndSaysWhatThereIs(String text) {
        assertThatThrownBy(() -> CommandPrefix.of(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
