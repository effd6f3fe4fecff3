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
 * Cuts the stream of {@code fail2ban-client -i} into answers. Each command is followed by an {@code echo} of a mark that
 * nobody else can know, so an answer is all between one mark and the next, whatever stands in it; the prompt {@code
 * fail2ban> } stands before each, without a line break. Fed by the session's reading thread, which completes the answers
 * itself: no other thread wakes in between. Thread-safe.
 */
final class AnswerFrames extends OutputStream {
    private static final String PROMPT = "fail2ban> ";

    /** Ten times the table of a server with 50,000 bans in ten jails. */
    private static final int LARGEST = 64 << 20;

    private final CompletableFuture<AnswerFrames> begun = new CompletableFuture<>();
    private final Deque<Awaited> awaited = new ArrayDeque<>();
    private byte[] buffer = new byte[8192];
    private int size;
    private int lineStart;
    private boolean greeted;
    private boolean ended;
    private String end = "fail2ban-client ended";

    /** The answers to the commands of one question. */
    record Question(List<String> marks, CompletableFuture<List<Answer>> answers) {}

    private static final class Awaited {
        private final Question question;
        private final List<Answer> answers = new ArrayList<>();

        Awaited(Question question) {
            this.question = question;
        }

        String mark() {
            return question.marks().get(answers.size());
        }
    }

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
            awaited.add(new Awaited(question));
        }
    }

    /** When the client has printed something, or has ended. */
    CompletableFuture<AnswerFrames> begun() {
        return begun;
    }

    @Override
    public void write(int one) {
        write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) {
        begun.complete(this);
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

    @Override
    public synchronized void close() {
        finish(text(0, size));
    }

    /** Takes note of the line that ends at the index; returns how many bytes were taken out before the index. */
    private int line(int lineEnd) {
        int start = lineStart;
        lineStart = lineEnd + 1;
        Awaited head = awaited.peek();
        // Marks and complaints are short; a table of bans is one long line that need not be looked at.
        if (head == null || lineEnd - start > 1000) {
            return 0;
        }
        String line = withoutPrompts(text(start, lineEnd));
        if (line.equals(head.mark())) {
            answered(head, withoutPrompt(text(0, start)));
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

    private void answered(Awaited head, String text) {
        greeted = true;
        String bare = text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
        head.answers.add(
                Complaint.tellsOfRefusal(bare) ? new Answer.Refused(Complaint.bare(bare)) : new Answer.Said(bare));
        if (head.answers.size() == head.question.marks().size()) {
            awaited.remove();
            head.question.answers().complete(List.copyOf(head.answers));
        }
    }

    private void finish(String words) {
        if (ended) {
            return;
        }
        ended = true;
        begun.complete(this);
        end = withoutPrompts(words).strip();
        Ended fault = new Ended(end);
        awaited.forEach(one -> one.question.answers().completeExceptionally(fault));
        awaited.clear();
        buffer = new byte[0];
        size = 0;
    }

    private String text(int from, int to) {
        return new String(buffer, from, to - from, StandardCharsets.UTF_8);
    }

    private static String withoutPrompt(String text) {
        return text.startsWith(PROMPT) ? text.substring(PROMPT.length()) : text;
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
