package io.mailban.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mailban.sandbox.MailServer;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * A hundred thousand mutated command lines, and as many lines for its standing client, to the gate that is installed on a real
 * server, in one process of that server's own Python. What this proves: for none of them does the gate's code start a
 * program, write a file or tell fail2ban anything outside of {@link GateOracle}'s list. What it does not prove, since it
 * stops before the programs start: what sshd, sudo and those programs make of it; that is {@link GateUnderWatchTest}'s.
 */
class GateFuzzTest {
    private static final int LINES = 100_000;
    private static final long SEED = Long.getLong("mailban.fuzz.seed", 20261122);
    private static final String NETWORK = "198.51.100.0/24";

    private final MailServer server = SharedSandbox.servers().getFirst();
    private final ObjectMapper json = new ObjectMapper();

    @Test
    void noCommandLineStartsAnythingOutsideTheList() throws Exception {
        List<String> corpus =
                GateMutations.commandLines().stream().map(GateMutations::quoted).toList();
        List<JsonNode> outcomes = drive('C', corpus, mutated(GateMutations.commandLines()), "");
        int let = 0;
        for (int i = 0; i < outcomes.size(); i++) {
            JsonNode outcome = outcomes.get(i);
            String told = "line " + i + " with -Dmailban.fuzz.seed=" + SEED + ": " + outcome;
            requireHarmlessQuestions(outcome, told);
            if (outcome.has("refused")) {
                assertThat(outcome.get("refused").asText()).as(told).startsWith("mailban-gate: refused: ");
                assertThat(outcome.get("noted").asInt()).as(told).isEqualTo(1);
                assertThat(i).as(told).isGreaterThanOrEqualTo(corpus.size());
                continue;
            }
            let++;
            JsonNode arguments = outcome.path("arguments");
            boolean fine = switch (outcome.path("event").asText()) {
                case "subprocess.Popen" ->
                    arguments.get(0).asText().equals("fail2ban-client")
                            && GateOracle.isClient(words(arguments.get(1)), environment(arguments.get(3)));
                case "os.exec" ->
                    arguments.get(0).asText().equals("/usr/local/sbin/mailban-logs")
                            && GateOracle.isScript(
                                    words(arguments.get(1)),
                                    environment(arguments.get(2)),
                                    outcome.get("dropped").asBoolean());
                default -> false;
            };
            assertThat(fine).as(told).isTrue();
        }
        // Else it would prove nothing: some come through with other parameters than those of the corpus.
        assertThat(let).isBetween(LINES / 100, LINES / 2);
    }

    @Test
    void nothingButTheListIsToldToFail2ban() throws Exception {
        server.exec("fail2ban-client", "set", "postfix-sasl", "banip", NETWORK);
        try {
            List<String> corpus = GateMutations.clientLines().stream()
                    .map(GateMutations::quoted)
                    .toList();
            List<JsonNode> outcomes = drive('F', corpus, mutated(GateMutations.clientLines()), "\n");
            int reading = 0;
            int orders = 0;
            for (int i = 0; i < outcomes.size(); i++) {
                JsonNode outcome = outcomes.get(i);
                String told = "line " + i + " with -Dmailban.fuzz.seed=" + SEED + ": " + outcome;
                requireHarmlessQuestions(outcome, told);
                assertThat(outcome.has("told")).as(told).isTrue();
                List<String> words = words(outcome.get("told"));
                boolean refused = words.size() == 2 && words.getLast().startsWith("mailban-gate: refused: ");
                assertThat(refused && i < corpus.size()).as(told).isFalse();
                if (refused) {
                    assertThat(words.getFirst()).as(told).isEqualTo("echo");
                    assertThat(outcome.get("noted").asInt()).as(told).isEqualTo(1);
                } else if (GateOracle.isReading(words)) {
                    reading++;
                } else {
                    assertThat(GateOracle.isOrder(words, NETWORK)).as(told).isTrue();
                    assertThat(outcome.get("noted").asInt()).as(told).isEqualTo(1);
                    orders++;
                }
            }
            assertThat(reading).isBetween(LINES / 100, LINES / 2);
            assertThat(orders).isBetween(LINES / 1000, LINES / 5);
        } finally {
            server.exec("fail2ban-client", "set", "postfix-sasl", "unbanip", NETWORK);
        }
    }

    /** What the gate asks fail2ban on its own account. */
    private static void requireHarmlessQuestions(JsonNode outcome, String told) {
        for (JsonNode asked : outcome.get("asked")) {
            assertThat(GateOracle.isClient(words(asked.get("command")), environment(asked.get("env"))))
                    .as(told)
                    .isTrue();
            for (JsonNode line : asked.get("lines")) {
                // Whatever follows these words, fail2ban takes the line for a question.
                assertThat(line.asText()).as(told).matches("status|status .+|get .+");
            }
        }
    }

    private static List<String> mutated(List<List<String>> corpus) {
        GateMutations mutations = new GateMutations(SEED);
        return Stream.generate(() -> mutations.mutated(corpus)).limit(LINES).toList();
    }

    private List<JsonNode> drive(char kind, List<String> corpus, List<String> mutated, String end) throws Exception {
        server.installGate();
        StringBuilder input = new StringBuilder();
        Stream.concat(corpus.stream(), mutated.stream())
                .forEach(line -> input.append(kind)
                        .append(HexFormat.of().formatHex((line + end).getBytes(StandardCharsets.UTF_8)))
                        .append('\n'));
        String program;
        try (InputStream file = getClass().getResourceAsStream("gate-driver.py")) {
            program = new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8);
        }
        String uid = server.exec("id", "-u", MailServer.GATE_USER).strip();
        String said = server.feed(input.toString(), "python3", "-I", "-c", program, "/tmp/fuzzed-exemptions", uid);
        List<JsonNode> outcomes = new ArrayList<>();
        for (String line : said.strip().split("\n", -1)) {
            outcomes.add(json.readTree(line));
        }
        assertThat(outcomes).hasSize(corpus.size() + LINES);
        return outcomes;
    }

    private static List<String> words(JsonNode list) {
        List<String> words = new ArrayList<>();
        list.forEach(word -> words.add(word.asText()));
        return words;
    }

    private static Set<String> environment(JsonNode variables) {
        Set<String> environment = new HashSet<>();
        variables
                .properties()
                .forEach(variable -> environment.add(
                        variable.getKey() + "=" + variable.getValue().asText()));
        return environment;
    }
}
