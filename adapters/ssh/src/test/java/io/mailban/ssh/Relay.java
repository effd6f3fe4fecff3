package io.mailban.ssh;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A road to a port of loopback, which can swallow everything that comes on it from some moment on. */
final class Relay implements AutoCloseable {
    private final ServerSocket door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final List<Way> ways = new CopyOnWriteArrayList<>();
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();

    /** One direction of one connection. */
    private static final class Way {
        private volatile boolean dead;

        void carry(InputStream from, OutputStream to) {
            byte[] buffer = new byte[8192];
            try {
                for (int read = from.read(buffer); read >= 0; read = from.read(buffer)) {
                    if (!dead) {
                        to.write(buffer, 0, read);
                    }
                }
            } catch (IOException _) {
                // The test is over.
            }
        }
    }

    Relay(int port) throws IOException {
        Thread.ofVirtual().start(() -> {
            try {
                while (true) {
                    Socket guest = door.accept();
                    Socket host = new Socket(InetAddress.getLoopbackAddress(), port);
                    sockets.add(guest);
                    sockets.add(host);
                    connect(guest, host);
                    connect(host, guest);
                }
            } catch (IOException _) {
                // The test is over.
            }
        });
    }

    private void connect(Socket from, Socket to) throws IOException {
        Way way = new Way();
        ways.add(way);
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream();
        Thread.ofVirtual().start(() -> {
            // Closing the stream closes its socket: the end is passed on.
            try (out) {
                way.carry(in, out);
            } catch (IOException _) {
                // It was closed already.
            }
        });
    }

    int port() {
        return door.getLocalPort();
    }

    /** How many connections there were. */
    int connections() {
        return sockets.size() / 2;
    }

    /** As when a server lost its power: what stands now is never answered again; new connections are. */
    void swallow() {
        ways.forEach(way -> way.dead = true);
    }

    @Override
    public void close() throws IOException {
        door.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
