package io.mailban.ssh;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Cuts the stream of {@code fail2ban-client -i} into answers. Each question, of one command or several, is followed by an
 * {@code echo} of a mark that nobody else can know; its answers are all between one mark and the next, whatever stands in
 * it. Among themselves they are told apart by the prompt {@code fail2ban> }, which stands before each at the beginning of
 * a line: cheaper than a mark for each, and if a banned id should play the prompt, there are too many. Fed by the
 * session's reading thread, which completes the answers itself: no other thread wakes in between. Thread-safe.
 */
final class AnswerFrames extends OutputStream {
    private static final String PROMPT = "fail2ban> ";

    /** Ten times the table of a server with 50,000 bans in ten jails. */
    private static final int LARGEST = 64 << 20;

    private final CompletableFuture<AnswerFrames> begun = new CompletableFuture<>();
    private final Deque<Question> awaited = new ArrayDeque<>();
    private byte[] buffer = new byte[8192];
    private int size;
    private int lineStart;
    private boolean greeted;
    private boolean ended;
    private String end = "fail2ban-client ended";

    /**
     * What is asked at once.
     *
     * @param mark what is echoed after the last command
     * @param answers their answers, or more where they could not be told apart
     */
    record Question(String mark, CompletableFuture<List<Answer>> answers) {}

    /** The client ended or can't be framed any more; its words so far. */
    static final class Ended extends Exception {
        private static final long serialVersionUID = 1L;

        Ended(String words) {
            super(words);
        }
    }

    /** Expects the answers to a question after those expected already: to be called in the order of writing. */
    synchronized void expect(Question question) {
        if (ended) {
            question.answers().completeExceptionally(new Ended(end));
        } else {
            awaited.add(question);
        }
    }

    /** When the client has printed something other than complaints, or has ended. */
    CompletableFuture<AnswerFrames> begun() {
        return begun;
    }

    /** Whether no more answers can come. */
    synchronized boolean isEnded() {
        return ended;
    }

    @Override
    public void write(int one) {
        write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        begun.complete(this);
        take(bytes, offset, length);
    }

    private synchronized void take(byte[] bytes, int offset, int length) {
        if (ended) {
            return;
        }
        if (size + length > LARGEST) {
            finish("an answer of fail2ban-client is longer than " + (LARGEST >> 20) + " MB");
            return;
        }
        if (size + length > buffer.length) {
            buffer = Arrays.copyOf(buffer, Math.max(size + length, buffer.length * 2));
        }
        System.arraycopy(bytes, offset, buffer, size, length);
        int from = size;
        size += length;
        for (int i = from; i < size && !ended; i++) {
            if (buffer[i] == '\n') {
                i -= line(i);
            }
        }
    }

    /**
     * Where complaints go that come on a stream of their own: among the answers, which they don't end. They are no sign
     * that anybody will read: a shell that finds no such command complains, and is gone.
     */
    OutputStream complaints() {
        return new OutputStream() {
            @Override
            public void write(int one) {
                write(new byte[] {(byte) one}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) {
                take(bytes, offset, length);
            }
        };
    }

    @Override
    public synchronized void close() {
        finish(text(0, size));
    }

    /** Takes note of the line that ends at the index; returns how many bytes were taken out before the index. */
    private int line(int lineEnd) {
        int start = lineStart;
        lineStart = lineEnd + 1;
        Question head = awaited.peek();
        // Marks and complaints are short; a table of bans is one long line that need not be looked at.
        if (head == null || lineEnd - start > 1000) {
            return 0;
        }
        String line = withoutPrompts(text(start, lineEnd));
        if (line.equals(head.mark())) {
            answered(head, text(0, start));
            int taken = lineStart;
            System.arraycopy(buffer, taken, buffer, 0, size - taken);
            size -= taken;
            lineStart = 0;
            return taken;
        }
        // A refusal before the first answer means that this version knows no echo (before 0.10).
        if (Complaint.tellsOfSilence(line) || (!greeted && Complaint.tellsOfRefusal(line))) {
            finish(line);
        }
        return 0;
    }

    private void answered(Question question, String text) {
        greeted = true;
        awaited.remove();
        List<Answer> answers = new ArrayList<>();
        int start = text.startsWith(PROMPT) ? PROMPT.length() : 0;
        while (start <= text.length()) {
            int next = text.indexOf("\n" + PROMPT, start);
            // The last prompt stands before the mark.
            int end = next < 0 ? Math.max(start, text.length() - (text.endsWith("\n") ? 1 : 0)) : next;
            String one = text.substring(start, end);
            answers.add(Complaint.tellsOfRefusal(one) ? new Answer.Refused(Complaint.bare(one)) : new Answer.Said(one));
            start = next < 0 ? text.length() + 1 : next + 1 + PROMPT.length();
        }
        question.answers().complete(List.copyOf(answers));
    }

    private void finish(String words) {
        if (ended) {
            return;
        }
        ended = true;
        begun.complete(this);
        end = withoutPrompts(words).strip();
        Ended fault = new Ended(end);
        awaited.forEach(question -> question.answers().completeExceptionally(fault));
        awaited.clear();
        buffer = new byte[0];
        size = 0;
    }

    private String text(int from, int to) {
        return new String(buffer, from, to - from, StandardCharsets.UTF_8);
    }

    /** After a command that printed nothing there are two. */
    private static String withoutPrompts(String text) {
        int start = 0;
        while (text.startsWith(PROMPT, start)) {
            start += PROMPT.length();
        }
        return text.substring(start);
    }
}
