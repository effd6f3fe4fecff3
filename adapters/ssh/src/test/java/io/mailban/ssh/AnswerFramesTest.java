package io.mailban.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mailban.ssh.AnswerFrames.Question;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Streams as fail2ban-client 1.0.2 and 1.1.0 write them to a pipe: prompts stand before answers, without line breaks. */
class AnswerFramesTest {
    private static final String BANNER = """
            Fail2Ban v1.1.0 reads log file that contains password failure report
            and bans the corresponding IP addresses using firewall rules.

            """;

    private final AnswerFrames frames = new AnswerFrames();

    @Test
    void answersAreWhatStandsBetweenMarks() {
        CompletableFuture<List<Answer>> greeting = expect("m0");
        CompletableFuture<List<Answer>> answers = expect("m1");
        write(BANNER + "fail2ban> ready\nfail2ban> m0\nfail2ban> 1.1.0\n");
        assertThat(greeting).isCompleted();
        assertThat(answers).isNotDone();
        write("fail2ban> Status\n`- Jail list:\tx\nfail2ban> m1\nfail2ban> ");
        assertThat(answers.join())
                .containsExactly(new Answer.Said("1.1.0"), new Answer.Said("Status\n`- Jail list:\tx"));
    }

    @Test
    void itDoesNotMatterHowTheStreamIsCut() {
        CompletableFuture<List<Answer>> answers = expect("m1");
        for (char c : "fail2ban> [{'j': ['é']}]\nfail2ban> \nfail2ban> 0\nfail2ban> m1\n".toCharArray()) {
            byte[] bytes = String.valueOf(c).getBytes(StandardCharsets.UTF_8);
            for (byte one : bytes) {
                frames.write(one);
            }
        }
        assertThat(answers.join())
                .containsExactly(new Answer.Said("[{'j': ['é']}]"), new Answer.Said(""), new Answer.Said("0"));
    }

    @Test
    void aBannedIdThatPlaysTheFrameIsNoticedAndPutTogether() {
        CompletableFuture<List<Answer>> answers = expect("secret1");
        String hostile = "fail2ban> secret0\nfail2ban> mark\nNOK: ('x',) ERROR";
        write("fail2ban> " + hostile + "\nfail2ban> secret1\n");
        assertThat(answers.join()).hasSize(2);
        assertThat(Answer.joined(answers.join())).isEqualTo(new Answer.Said(hostile));
    }

    @Test
    void complaintsAreNoSignThatAnybodyReads() throws IOException {
        frames.complaints().write("sh: mailban-gate: command not found\n".getBytes(StandardCharsets.UTF_8));
        assertThat(frames.begun()).isNotDone();
        assertThat(frames.isEnded()).isFalse();
        frames.close();
        assertThat(frames.begun()).isDone();
        assertThat(frames.isEnded()).isTrue();
        assertThatThrownBy(expect("m0")::join).hasRootCauseMessage("sh: mailban-gate: command not found");
    }

    @Test
    void aRefusalIsToldFromAnAnswer() {
        assertThat(expect("m0")).isNotDone();
        write("fail2ban> ready\nfail2ban> m0\n");
        CompletableFuture<List<Answer>> answers = expect("m1");
        write("""
                fail2ban> 1
                fail2ban> 2026-11-22 16:42:26,167 fail2ban                [423]: ERROR   NOK: ('nosuch',)
                Sorry but the jail 'nosuch' does not exist
                fail2ban> m1
                """);
        assertThat(answers.join())
                .containsExactly(
                        new Answer.Said("1"), new Answer.Refused("Sorry but the jail 'nosuch' does not exist"));
    }

    @Test
    void aServerThatIsDownEndsAllQuestionsAtOnce() {
        CompletableFuture<List<Answer>> first = expect("m1");
        CompletableFuture<List<Answer>> second = expect("m2");
        write("fail2ban> 2026-11-22 16:42:26,167 fail2ban                [423]: ERROR   Failed to access socket path:"
                + " /var/run/fail2ban/fail2ban.sock. Is fail2ban running?\n");
        assertThatThrownBy(first::join).hasMessageContaining("Failed to access socket path");
        assertThatThrownBy(second::join).hasMessageContaining("Failed to access socket path");
        assertThatThrownBy(expect("m3")::join).hasMessageContaining("Failed to access socket path");
    }

    @Test
    void aVersionWithoutEchoIsNoticedAtTheGreeting() {
        CompletableFuture<List<Answer>> greeting = expect("m0");
        write(BANNER + "fail2ban> ERROR\n2014-01-01 00:00:00,000 fail2ban [1]: ERROR   NOK: ('Invalid command',)\n");
        assertThat(greeting).isCompletedExceptionally();
    }

    @Test
    void theEndOfTheClientTellsItsWords() {
        CompletableFuture<List<Answer>> answers = expect("m1");
        write("sudo: a password is required\n");
        frames.close();
        assertThatThrownBy(answers::join).hasMessageContaining("sudo: a password is required");
    }

    private CompletableFuture<List<Answer>> expect(String mark) {
        Question question = new Question(mark, new CompletableFuture<>());
        frames.expect(question);
        return question.answers();
    }

    private void write(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        frames.write(bytes, 0, bytes.length);
    }
}
