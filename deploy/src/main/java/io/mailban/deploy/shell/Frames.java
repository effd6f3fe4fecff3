package io.mailban.deploy.shell;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * JSON objects over a socket, one a line, both ways. One thread receives; any may send, and none of them waits for the
 * other end: one that stops reading is cut off when too much waits for it.
 */
final class Frames implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MOST_WAITING = 10_000;
    private static final int LONGEST_LINE = 1 << 20;
    private static final Duration LAST_WORDS = Duration.ofSeconds(5);
    /** After the last line: nothing more comes. */
    private static final byte[] END = new byte[0];

    private final SocketChannel channel;
    private final ByteBuffer incoming = ByteBuffer.allocate(8192).flip();
    private final BlockingQueue<byte[]> outgoing = new LinkedBlockingQueue<>(MOST_WAITING);
    private final Thread writing;

    Frames(SocketChannel channel) {
        this.channel = channel;
        this.writing = Thread.ofVirtual().name("mailban-frames").start(this::write);
    }

    /** Sends an object; one that can't be sent any more is dropped. */
    void send(ObjectNode object) {
        if (!outgoing.offer((object + "\n").getBytes(StandardCharsets.UTF_8))) {
            cut();
        }
    }

    /** The next object; empty at the end, which a broken connection is too. */
    Optional<JsonNode> receive() {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        try {
            while (line.size() < LONGEST_LINE) {
                if (!incoming.hasRemaining()) {
                    incoming.clear();
                    int count = channel.read(incoming);
                    incoming.flip();
                    if (count < 0) {
                        return Optional.empty();
                    }
                    continue;
                }
                byte next = incoming.get();
                if (next == '\n') {
                    return Optional.of(JSON.readTree(line.toByteArray()));
                }
                line.write(next);
            }
        } catch (JsonProcessingException _) {
            // Not ours: whoever speaks another language is hung up on.
        } catch (IOException _) {
            // The other end is gone.
        }
        return Optional.empty();
    }

    /** Sends what still waits, then hangs up. */
    @Override
    public void close() {
        try {
            if (outgoing.offer(END)) {
                var _ = writing.join(LAST_WORDS);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            cut();
        }
    }

    private void write() {
        try {
            for (byte[] line = outgoing.take(); line.length > 0; line = outgoing.take()) {
                ByteBuffer bytes = ByteBuffer.wrap(line);
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
            }
        } catch (IOException _) {
            cut();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void cut() {
        try {
            channel.close();
        } catch (IOException _) {
            // It is gone either way.
        }
    }
}
