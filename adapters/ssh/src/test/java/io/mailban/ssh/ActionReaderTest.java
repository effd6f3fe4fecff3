package io.mailban.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import io.mailban.mailserver.JailSettings.Closes;
import io.mailban.mailserver.JailSettings.Manner;
import io.mailban.ssh.ActionReader.Effect;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The answers are those of fail2ban 0.11.2, 1.0.2, 1.1.0 and 1.1.1, captured by {@code deploy/sandbox/capture-actions}. */
class ActionReaderTest {

    @ParameterizedTest
    @ValueSource(strings = {"bullseye", "bookworm", "trixie", "sid"})
    void eachActionClosesWhatItsCommandsClose(String suite) throws IOException {
        Map<String, String> read = new LinkedHashMap<>();
        effects(suite).forEach((jail, effects) -> read.put(jail, text(ActionReader.together(effects))));
        assertThat(read)
                .containsExactlyInAnyOrderEntriesOf(Map.ofEntries(
                        Map.entry("nft-multiport", "25 993 REFUSES"),
                        Map.entry("nft-allports", "all REFUSES"),
                        Map.entry("nft-drop", "all SILENT"),
                        Map.entry("nft-mail", "25 993 REFUSES"),
                        Map.entry("ipt-one", "993 REFUSES"),
                        Map.entry("ipt-multiport", "25 993 REFUSES"),
                        Map.entry("ipt-allports", "all REFUSES"),
                        Map.entry("ipt-drop", "25 993 SILENT"),
                        Map.entry("ipt-new", "993 REFUSES"),
                        Map.entry("ipt-ipset", "25 993 REFUSES"),
                        Map.entry("ipt-ipset4", "25 993 REFUSES"),
                        Map.entry("ipt-ipset-all", "all REFUSES"),
                        Map.entry("ipt-log", "25 993 REFUSES"),
                        Map.entry("fw-multiport", "25 993 REFUSES"),
                        Map.entry("fw-new", "25 993 REFUSES"),
                        Map.entry("fw-allports", "all REFUSES"),
                        Map.entry("fw-ipset", "25 993 REFUSES"),
                        Map.entry("fw-ipset-all", "all REFUSES"),
                        Map.entry("fw-rich", "25 993 REFUSES"),
                        Map.entry("fw-rich-log", "25 993 REFUSES"),
                        Map.entry("ufw", "all REFUSES"),
                        Map.entry("ufw-app", "unknown REFUSES"),
                        Map.entry("ufw-deny", "all SILENT"),
                        Map.entry("route", "all SILENT"),
                        Map.entry("route-hole", "all SILENT"),
                        Map.entry("shorewall", "all REFUSES"),
                        // What the set is used for, stands in shorewall's own rules.
                        Map.entry("shorewall-ipset", "unknown UNKNOWN"),
                        Map.entry("hosts", "unknown UNKNOWN"),
                        Map.entry("mail", "unknown UNKNOWN"),
                        Map.entry("blocklist", "unknown UNKNOWN"),
                        Map.entry("cloudflare", "unknown UNKNOWN"),
                        Map.entry("nginx", "unknown UNKNOWN")));
    }

    @Test
    void ofSeveralActionsTheWidestCountsAndAMannerOnlyWhereAllShareIt() {
        Effect refused = new Effect(new Closes.Ports(List.of(25, 143)), Manner.REFUSES);
        Effect hung = new Effect(new Closes.Ports(List.of(993)), Manner.SILENT);
        Effect all = new Effect(new Closes.Everything(), Manner.REFUSES);
        assertThat(text(ActionReader.together(List.of(refused, Effect.NONE)))).isEqualTo("25 143 REFUSES");
        assertThat(text(ActionReader.together(List.of(refused, hung)))).isEqualTo("25 143 993 UNKNOWN");
        assertThat(text(ActionReader.together(List.of(refused, all)))).isEqualTo("all REFUSES");
        assertThat(text(ActionReader.together(List.of()))).isEqualTo("unknown UNKNOWN");
    }

    private static String text(Effect effect) {
        String closes = switch (effect.closes()) {
            case Closes.Ports(var ports) ->
                String.join(" ", ports.stream().map(String::valueOf).toList());
            case Closes.Everything _ -> "all";
            case Closes.NothingKnown _ -> "unknown";
        };
        return closes + " " + effect.manner();
    }

    /** The effects of each jail's actions. */
    private static Map<String, List<Effect>> effects(String suite) throws IOException {
        Map<String, Map<String, String>> answers = new LinkedHashMap<>();
        String place = "";
        for (String line : lines(suite)) {
            boolean heading = line.startsWith("=== ");
            place = heading ? line.substring(4) : place;
            answers.computeIfAbsent(place.substring(0, place.lastIndexOf(' ')), _ -> new LinkedHashMap<>())
                    .merge(property(place), heading ? "" : line + "\n", String::concat);
        }
        Map<String, List<Effect>> effects = new LinkedHashMap<>();
        answers.forEach((action, texts) -> effects.computeIfAbsent(action.split(" ", 2)[0], _ -> new ArrayList<>())
                .add(ActionReader.read(
                        said(texts, "actionstart"), said(texts, "actionban"), said(texts, "blocktype"))));
        return effects;
    }

    private static String property(String place) {
        return place.substring(place.lastIndexOf(' ') + 1);
    }

    /** A refusal is no answer, as for {@link JailReader}. */
    private static String said(Map<String, String> texts, String property) {
        String text = texts.getOrDefault(property, "");
        return text.contains("object has no attribute") ? "" : text;
    }

    private static List<String> lines(String suite) throws IOException {
        try (InputStream in = ActionReaderTest.class.getResourceAsStream("/actions/" + suite + ".txt")) {
            assertThat(in).as(suite).isNotNull();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        }
    }
}
