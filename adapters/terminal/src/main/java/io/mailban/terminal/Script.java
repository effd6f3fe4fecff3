package io.mailban.terminal;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;

/** Lines from a pipe instead of a keyboard: no prompt, no echo, answers on standard output. */
public final class Script implements Screen {
    private final PrintStream out;
    private final Look look;

    /** Answers there, looking so. */
    public Script(PrintStream out, Look look) {
        this.out = out;
        this.look = look;
    }

    /** Says each line to the listener until the input or its {@code quit} ends it. */
    public static void read(BufferedReader in, Listener listener) throws IOException {
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            if (Prompt.isFarewell(line)) {
                return;
            }
            listener.said(line);
        }
    }

    @Override
    public Look look() {
        return look;
    }

    @Override
    public synchronized void print(String lines) {
        out.print(lines);
        out.flush();
    }

    @Override
    public void prompt(String words) {}
}
