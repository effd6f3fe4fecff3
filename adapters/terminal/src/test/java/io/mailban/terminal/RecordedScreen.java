package io.mailban.terminal;

import io.mailban.terminal.Look.Frame;
import io.mailban.terminal.Look.Ink;
import java.time.ZoneOffset;

/** A screen that remembers; lines and the prompt that followed them. */
final class RecordedScreen implements Screen {
    private final StringBuilder text = new StringBuilder();
    private String prompt = "";

    @Override
    public Look look() {
        return new Look(80, ZoneOffset.UTC, Ink.NONE, Frame.NONE);
    }

    @Override
    public synchronized void print(String lines) {
        text.append(lines);
        notifyAll();
    }

    @Override
    public synchronized void prompt(String words) {
        prompt = words;
    }

    synchronized String prompt() {
        return prompt;
    }

    /** What was printed since the last call. */
    synchronized String printed() {
        String printed = text.toString();
        text.setLength(0);
        return printed;
    }

    /** Waits until that was printed. */
    synchronized void await(String words) throws InterruptedException {
        long deadline = System.nanoTime() + 10_000_000_000L;
        while (text.indexOf(words) < 0) {
            long left = (deadline - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                throw new AssertionError("no \"" + words + "\" in:\n" + text);
            }
            wait(left);
        }
    }
}
