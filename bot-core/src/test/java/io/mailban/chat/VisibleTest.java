package io.mailban.chat;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VisibleTest {
    // Left: what a stranger wrote, as U+ and the number, so that this file stays readable. Right: what is printed.
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            bob@example.org             | bob@example.org
            Grüße, 漢字, שלום            | Grüße, 漢字, שלום
            U+1b [31mred                | \\x1b[31mred
            U+1b ]0;title U+07          | \\x1b]0;title\\x07
            U+9b 31m                    | \\x9b31m
            a U+00 b                    | a\\x00b
            a U+0a b U+0d c U+09 d      | a\\nb\\rc\\td
            a U+7f U+08                 | a\\x7f\\x08
            a U+2028 b U+2029 U+85      | a\\x{2028}b\\x{2029}\\x85
            a U+202a U+202b U+202c      | a\\x{202a}\\x{202b}\\x{202c}
            a U+202d U+202e             | a\\x{202d}\\x{202e}
            a U+2066 U+2067 U+2068      | a\\x{2066}\\x{2067}\\x{2068}
            a U+2069 U+200e U+200f U+61c| a\\x{2069}\\x{200e}\\x{200f}\\x{061c}
            a U+200b U+200c U+200d      | a\\x{200b}\\x{200c}\\x{200d}
            a U+2060 U+feff U+ad        | a\\x{2060}\\x{feff}\\xad
            a U+e0041 U+e0100           | a\\x{e0041}\\x{e0100}
            a U+180e U+3164 U+115f      | a\\x{180e}\\x{3164}\\x{115f}
            a U+2800 U+ffa0 U+34f       | a\\x{2800}\\x{ffa0}\\x{034f}
            a U+e000 U+f0000 U+378      | a\\x{e000}\\x{f0000}\\x{0378}
            a U+d800 b                  | a\\x{d800}b
            a U+fe0f b                  | ab
            a U+a0 b U+3000 c           | a b c
            e U+301                     | é
            U+301 e                     | \\x{0301}e
            e U+301 U+301 U+301 U+301   | é́́\\x{0301}
            U+1f44d U+1f3fd             | 👍\\x{1f3fd}
            """)
    void strangersCharactersAreMadeVisible(String written, String printed) {
        assertThat(Visible.of(unescaped(written))).isEqualTo(printed);
    }

    @Test
    void noCodePointMovesTheCursor() {
        for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
            String printed = Visible.of("a" + Character.toString(c));
            assertThat(printed.codePoints().noneMatch(VisibleTest::isDangerous))
                    .as("U+%04x", c)
                    .isTrue();
        }
    }

    @Test
    void aMegabyteIsCutAndSaysSo() {
        assertThat(Visible.of("x".repeat(1_000_000)))
                .hasSizeLessThan(Visible.LONGEST + 50)
                .endsWith("x … and 996000 characters more");
    }

    private static boolean isDangerous(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE -> true;
            default -> false;
        };
    }

    /** {@code a U+1b b} as the three characters; spaces around an escape don't count. */
    private static String unescaped(String text) {
        var matcher = java.util.regex.Pattern.compile(" ?U\\+([0-9a-f]+) ?").matcher(text);
        StringBuilder out = new StringBuilder();
        while (matcher.find()) {
            matcher.appendReplacement(out, "");
            out.appendCodePoint(Integer.parseInt(matcher.group(1), 16));
        }
        return matcher.appendTail(out).toString();
    }
}
