package io.mailban.slack;

import java.net.URISyntaxException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Socket Mode, and its watchdog in one: a single thread that holds one {@link SocketLine}, and replaces it when it is closed, when
 * Slack announces its end, and when nobody answers its pings. There is no second timer that could die unseen.
 */
final class SocketDoor implements Door {
    private static final System.Logger LOG = System.getLogger(SocketDoor.class.getName());

    /** A connection that lived shorter was none: without this, a Slack that closes each at once would be stormed. */
    private static final Duration STEADY = Duration.ofSeconds(20);

    private final Api api;
    private final Supplier<char[]> appToken;
    private final Credentials credentials;
    private final Envelopes envelopes;
    private final Runnable connected;
    private final Pace pace;
    private final InstantSource clock;
    private final Backoff backoff = new Backoff();
    private volatile Optional<Thread> keeper = Optional.empty();

    /**
     * Keeps a line open.
     *
     * @param connected told after each connection; returns at once
     */
    SocketDoor(
            Api api,
            Supplier<char[]> appToken,
            Credentials credentials,
            Envelopes envelopes,
            Runnable connected,
            Pace pace,
            InstantSource clock) {
        this.api = api;
        this.appToken = appToken;
        this.credentials = credentials;
        this.envelopes = envelopes;
        this.connected = connected;
        this.pace = pace;
        this.clock = clock;
    }

    @Override
    public void open() {
        Optional<String> first = Optional.empty();
        try {
            first = Optional.of(Shortly.ask(() -> {
                credentials.check();
                return credentials.socket(appToken);
            }));
        } catch (SlackAway e) {
            LOG.log(System.Logger.Level.WARNING, SlackAway.sentence(e));
        }
        Optional<String> address = first;
        keeper = Optional.of(Thread.ofVirtual().name("slack-socket").start(() -> keep(address)));
    }

    @Override
    public void close() {
        keeper.ifPresent(thread -> {
            thread.interrupt();
            try {
                thread.join(Duration.ofSeconds(5));
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private void keep(Optional<String> first) {
        Optional<SocketLine> current = Optional.empty();
        Optional<String> address = first;
        boolean wasAway = first.isEmpty();
        try {
            while (true) {
                try {
                    SocketLine next = connect(address);
                    address = Optional.empty();
                    current.ifPresent(SocketLine::close);
                    current = Optional.of(next);
                    if (wasAway) {
                        LOG.log(System.Logger.Level.INFO, "Slack is back");
                        wasAway = false;
                    }
                    connected.run();
                    hold(next);
                } catch (SlackAway | RuntimeException e) {
                    // Whatever it is, this thread must go on: without it the bot would be deaf, and nobody would know.
                    address = Optional.empty();
                    if (!wasAway) {
                        wasAway = true;
                        LOG.log(System.Logger.Level.WARNING, SlackAway.sentence(e));
                    }
                    Thread.sleep(backoff.next(e instanceof SlackAway away ? away.rest() : Duration.ZERO));
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            current.ifPresent(SocketLine::close);
        }
    }

    private SocketLine connect(Optional<String> address) throws SlackAway, InterruptedException {
        if (credentials.user().isEmpty()) {
            credentials.check();
        }
        String url = address.isPresent() ? address.get() : credentials.socket(appToken);
        SocketLine line;
        try {
            line = new SocketLine(api.slack(), url, envelopes);
        } catch (URISyntaxException _) {
            throw new SlackAway("it gave an address for a socket that is none");
        }
        boolean opened = false;
        try {
            line.open(pace.greeting());
            opened = true;
            return line;
        } finally {
            if (!opened) {
                line.close();
            }
        }
    }

    private void hold(SocketLine line) throws InterruptedException {
        Instant since = clock.instant();
        SocketLine.End end = line.awaitEnd(pace.watch());
        LOG.log(
                System.Logger.Level.INFO,
                switch (end) {
                    case CLOSED -> "Slack closed the socket; opening another";
                    case ANNOUNCED -> "Slack will close the socket; opening another";
                    case SILENT -> "the socket to Slack is silent; opening another";
                });
        if (end != SocketLine.End.ANNOUNCED) {
            line.close();
        }
        if (Duration.between(since, clock.instant()).compareTo(STEADY) < 0) {
            Thread.sleep(backoff.next(Duration.ZERO));
        } else {
            backoff.reset();
        }
    }
}
