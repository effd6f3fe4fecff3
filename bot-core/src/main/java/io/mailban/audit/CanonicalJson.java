package io.mailban.audit;

import static java.util.stream.Collectors.joining;

import java.util.List;

/** JSON in the one way that RFC 8785 writes it, as far as the chain needs it. */
final class CanonicalJson {
    private CanonicalJson() {}

    static String array(List<String> strings) {
        return strings.stream().map(CanonicalJson::string).collect(joining(",", "[", "]"));
    }

    private static String string(String text) {
        StringBuilder json = new StringBuilder(text.length() + 2).append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> json.append("\\\"");
                case '\\' -> json.append("\\\\");
                case '\b' -> json.append("\\b");
                case '\t' -> json.append("\\t");
                case '\n' -> json.append("\\n");
                case '\f' -> json.append("\\f");
                case '\r' -> json.append("\\r");
                default -> {
                    if (c < ' ') {
                        json.append("\\u00").append(c < 0x10 ? '0' : '1').append("0123456789abcdef".charAt(c & 0xf));
                    } else {
                        json.append(c);
                    }
                }
            }
        }
        return json.append('"').toString();
    }
}
