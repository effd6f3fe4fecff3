package io.mailban.ssh;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Cuts bytes into lines. A line longer than any daemon writes is cut off. For one reader. */
final class LineFeed {
    private static final int LONGEST = 64 * 1024;

    private final InputStream in;
    private final byte[] buffer = new byte[LONGEST];
    private byte[] begun = new byte[0];
    private int start;
    private int end;

    LineFeed(InputStream in) {
        this.in = in;
    }

    /** The next line without its end; null where there is none. Bytes that are no UTF-8 became U+FFFD. */
    @Nullable String next() throws IOException {
        while (true) {
            for (int i = start; i < end; i++) {
                if (buffer[i] == '\n') {
                    String line = line(i);
                    start = i + 1;
                    return line;
                }
            }
            keep();
            start = 0;
            end = in.read(buffer, 0, buffer.length);
            if (end < 0) {
                end = 0;
                String last = begun.length == 0 ? null : line(0);
                begun = new byte[0];
                return last;
            }
        }
    }

    private String line(int to) {
        if (begun.length == 0) {
            return new String(buffer, start, to - start, StandardCharsets.UTF_8);
        }
        keep(to);
        String line = new String(begun, StandardCharsets.UTF_8);
        begun = new byte[0];
        return line;
    }

    private void keep() {
        keep(end);
    }

    /** Adds what is there to what was begun, as far as a line may go. */
    private void keep(int to) {
        int fitting = Math.min(to - start, LONGEST - begun.length);
        if (fitting > 0) {
            int before = begun.length;
            begun = Arrays.copyOf(begun, before + fitting);
            System.arraycopy(buffer, start, begun, before, fitting);
        }
    }
}
