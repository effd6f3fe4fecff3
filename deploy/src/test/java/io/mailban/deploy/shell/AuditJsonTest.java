package io.mailban.deploy.shell;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mailban.audit.ChainVerdict;
import io.mailban.deploy.shell.Errand.Consent;
import io.mailban.deploy.shell.Errand.Format;
import io.mailban.deploy.shell.Errand.Patience;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The audit log as lines of JSON, and what can be found out from a file of them. */
class AuditJsonTest {
    private final DeskOfFakes fakes = new DeskOfFakes();
    private final Desk desk = fakes.open();

    @BeforeEach
    void doThings() throws InterruptedException {
        run("check bob@example.org", Format.TEXT);
        run("unban 203.0.113.7 \"Bob's\" laptop, \\ Zoë 🙂", Format.TEXT);
        run("deny aaaaaaa1 no", Format.TEXT);
        run("check carol@example.org", Format.TEXT);
    }

    @Test
    void everyEntryIsALineWithItsPartsByName() throws Exception {
        List<String> lines = export("audit all");
        assertThat(lines).hasSize(4);
        JsonNode asked = new ObjectMapper().readTree(lines.get(1));
        assertThat(asked.get("number").asInt()).isEqualTo(2);
        assertThat(asked.get("at").asText()).isEqualTo("2026-11-22T12:00:00.000000000Z");
        assertThat(asked.get("who").asText()).isEqualTo("terminal:root");
        assertThat(asked.get("who_name").asText()).isEqualTo("root");
        assertThat(asked.get("act").asText()).isEqualTo("REQUESTED");
        assertThat(asked.get("subject").asText()).isEqualTo("203.0.113.7");
        assertThat(asked.get("request").asText()).isEqualTo("aaaaaaa1");
        assertThat(asked.get("where").toString()).isEqualTo("[{\"server\":\"mail1\",\"jail\":\"postfix-sasl\"}]");
        assertThat(asked.get("reason").asText()).isEqualTo("\"Bob's\" laptop, \\ Zoë 🙂");
        assertThat(asked.get("result").asText()).isEqualTo("unban");
        assertThat(asked.get("previous").asText())
                .isEqualTo(new ObjectMapper()
                        .readTree(lines.getFirst())
                        .get("hash")
                        .asText());
    }

    @Test
    void aWholeFileAndAPieceOfItAreWhole() throws InterruptedException {
        List<String> all = export("audit all");
        assertThat(AuditJson.check(all, Optional.empty()))
                .isInstanceOfSatisfying(
                        ChainVerdict.Whole.class,
                        whole -> assertThat(whole.last()).isEqualTo(4));
        assertThat(AuditJson.check(export("audit 2"), Optional.empty()))
                .isInstanceOfSatisfying(
                        ChainVerdict.Whole.class,
                        whole -> assertThat(whole.first()).isEqualTo(3));
        assertThat(AuditJson.check(all.subList(0, 3), Optional.of(head()))).isInstanceOf(ChainVerdict.OtherHead.class);
        assertThat(AuditJson.check(List.of(), Optional.empty())).isInstanceOf(ChainVerdict.Whole.class);
    }

    @Test
    void everyChangedCharacterOfAFileShows() throws InterruptedException {
        List<String> all = export("audit all");
        for (int line = 0; line < all.size(); line++) {
            String text = all.get(line);
            for (int at = 0; at < text.length(); at++) {
                List<String> changed = new ArrayList<>(all);
                changed.set(
                        line, text.substring(0, at) + (text.charAt(at) == '1' ? '2' : '1') + text.substring(at + 1));
                assertThat(AuditJson.check(changed, Optional.empty()))
                        .as(changed.get(line))
                        .isInstanceOf(ChainVerdict.Broken.class);
            }
        }
    }

    @Test
    void everyMissingDoubledOrSwappedLineShows() throws InterruptedException {
        List<String> all = export("audit all");
        for (int one = 0; one < all.size(); one++) {
            List<String> doubled = new ArrayList<>(all);
            doubled.add(one, all.get(one));
            assertThat(AuditJson.check(doubled, Optional.empty())).isInstanceOf(ChainVerdict.Broken.class);
            List<String> missing = new ArrayList<>(all);
            missing.remove(one);
            // What is cut off at either end hangs together: the numbers and the head tell.
            assertThat(AuditJson.check(missing, Optional.of(head())))
                    .isInstanceOfAny(
                            one == 0 ? ChainVerdict.Whole.class : ChainVerdict.Broken.class,
                            one == all.size() - 1 ? ChainVerdict.OtherHead.class : ChainVerdict.Broken.class);
            for (int two = 0; two < one; two++) {
                List<String> swapped = new ArrayList<>(all);
                Collections.swap(swapped, one, two);
                assertThat(AuditJson.check(swapped, Optional.empty())).isInstanceOf(ChainVerdict.Broken.class);
            }
        }
    }

    @Test
    void verifyingIsAnErrandWithAHead() throws InterruptedException {
        RecordedCaller caller = new RecordedCaller(DeskOfFakes.ROOT);
        assertThat(Errands.run(errand("audit verify " + head(), Format.TEXT), desk, caller))
                .isEqualTo(Exit.FINE);
        assertThat(caller.out.toString()).contains("✅ the audit log is whole: 4 entries", head());
        RecordedCaller other = new RecordedCaller(DeskOfFakes.ROOT);
        assertThat(Errands.run(errand("audit verify " + "a".repeat(64), Format.JSON), desk, other))
                .isEqualTo(Exit.KEPT_OUT);
        assertThat(other.out.toString()).startsWith("{\"outcome\":\"other_head\",\"noted\":\"aaaa");
    }

    private String head() {
        return ((ChainVerdict.Whole) fakes.audit.verify(Optional.empty())).head();
    }

    private List<String> export(String line) throws InterruptedException {
        return run(line, Format.JSON).out.toString().lines().toList();
    }

    private RecordedCaller run(String line, Format format) throws InterruptedException {
        RecordedCaller caller = new RecordedCaller(DeskOfFakes.ROOT);
        var _ = Errands.run(errand(line, format), desk, caller);
        return caller;
    }

    private static Errand errand(String line, Format format) {
        return new Errand(line, format, Consent.ASK, Patience.UNTIL_LIFTED);
    }
}
