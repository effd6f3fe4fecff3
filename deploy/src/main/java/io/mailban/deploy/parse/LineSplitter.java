package io.mailban.deploy.parse;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a stream of bytes, which end at {@code \n} and nowhere else. Bytes that are no UTF-8 become U+FFFD. Of a
 * line longer than any daemon writes only the beginning is kept.
 */
final class LineSplitter {
    private static final int LONGEST_LINE = 16 << 20;

    private final InputStream in;
    private final byte[] block = new byte[1 << 16];
    private int position;
    private int limit;
    private byte[] line = new byte[1 << 12];
    private int length;

    LineSplitter(InputStream in) {
        this.in = in;
    }

    /** The next line without its end, or null behind the last. */
    @Nullable String next() throws IOException {
        length = 0;
        while (position < limit || fill()) {
            int end = position;
            while (end < limit && block[end] != '\n') {
                end++;
            }
            if (length == 0 && end < limit) {
                String whole = new String(block, position, end - position, StandardCharsets.UTF_8);
                position = end + 1;
                return whole;
            }
            keep(position, end);
            position = end + 1;
            if (end < limit) {
                return kept();
            }
        }
        return length == 0 ? null : kept();
    }

    private boolean fill() throws IOException {
        position = 0;
        limit = Math.max(0, in.read(block));
        return limit > 0;
    }

    private void keep(int from, int to) {
        int added = Math.min(to - from, LONGEST_LINE - length);
        if (length + added > line.length) {
            line = Arrays.copyOf(line, Math.max(length + added, Math.min(line.length * 2, LONGEST_LINE)));
        }
        System.arraycopy(block, from, line, length, added);
        length += added;
    }

    private String kept() {
        return new String(line, 0, length, StandardCharsets.UTF_8);
    }
}
