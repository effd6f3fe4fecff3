package io.mailban.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mailban.ssh.PythonText.Value;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PythonTextTest {

    static List<Arguments> values() {
        return List.of(
                Arguments.of("[]", many()),
                Arguments.of("{}", new Value.Table(Map.of())),
                Arguments.of("'a'", text("a")),
                Arguments.of("\"it's\"", text("it's")),
                Arguments.of("'it\\'s \\\\ \\x41\\u00e9\\U0001f4e7\\n'", text("it's \\ Aé📧\n")),
                Arguments.of("b'raw'", text("raw")),
                Arguments.of("['a', \"b\",'c' ]", many(text("a"), text("b"), text("c"))),
                Arguments.of("('a',)", many(text("a"))),
                Arguments.of("{'a', 'b'}", many(text("a"), text("b"))),
                Arguments.of("set(['a'])", many(text("a"))),
                Arguments.of("[1, -2.5, None]", many(text("1"), text("-2.5"), text("None"))),
                Arguments.of(
                        "[{'postfix-sasl': ['203.0.113.7']}, {'x': []}]",
                        many(
                                new Value.Table(Map.of("postfix-sasl", many(text("203.0.113.7")))),
                                new Value.Table(Map.of("x", many())))));
    }

    @ParameterizedTest
    @MethodSource("values")
    void readsWhatPythonPrints(String printed, Value value) throws Exception {
        assertThat(PythonText.read(printed)).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[", "['a'", "['a' 'b']", "{'a': }", "'open", "'\\x4'", "[]]", "[[[[[[[[[[]]]]]]]]]]"})
    void refusesWhatIsNoValue(String printed) {
        assertThatThrownBy(() -> PythonText.read(printed)).isInstanceOf(PythonText.Unreadable.class);
    }

    @Test
    void readsALargeTableInLinearTime() throws Exception {
        StringBuilder table = new StringBuilder("[{'recidive': [");
        for (int i = 0; i < 200_000; i++) {
            table.append(i == 0 ? "" : ", ")
                    .append("'10.")
                    .append(i >> 16 & 255)
                    .append('.');
            table.append(i >> 8 & 255).append('.').append(i & 255).append('\'');
        }
        long start = System.nanoTime();
        assertThat(PythonText.read(table.append("]}]").toString())).isNotNull();
        assertThat((System.nanoTime() - start) / 1_000_000).isLessThan(2000);
    }

    private static Value text(String text) {
        return new Value.Text(text);
    }

    private static Value many(Value... values) {
        return new Value.Many(List.of(values));
    }
}
