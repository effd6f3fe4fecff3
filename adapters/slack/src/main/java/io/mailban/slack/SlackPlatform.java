package io.mailban.slack;

import com.slack.api.bolt.App;
import io.mailban.access.GroupId;
import io.mailban.access.Groups;
import io.mailban.access.Person;
import io.mailban.chat.Card;
import io.mailban.chat.Chat;
import io.mailban.chat.Deliveries;
import io.mailban.chat.Incoming;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;

/** Slack, whole: what the bot says there goes through {@link #chat}, what people do there reaches its {@link Ears}. Thread-safe. */
public final class SlackPlatform implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(SlackPlatform.class.getName());

    /** For what is asked while somebody waits. */
    private static final Duration MOMENT = Duration.ofSeconds(3);

    private final SlackSetup setup;
    private final InstantSource clock;
    private final Pace pace;
    private final Api api;
    private final Openings openings;
    private final Channels channels;
    private final SlackChat chat;
    private final Credentials credentials;
    private final UserGroups groups;
    private final CompletableFuture<Void> first = new CompletableFuture<>();
    private volatile Optional<Entrance> entrance = Optional.empty();

    private SlackPlatform(SlackSetup setup, Set<GroupId> groups, InstantSource clock, Pace pace) {
        this.setup = setup;
        this.clock = clock;
        this.pace = pace;
        this.api = new Api(setup.api(), setup.botToken());
        this.openings = new Openings(clock);
        this.channels = new Channels(api);
        this.chat = new SlackChat(api, openings, channels, setup.naming(), clock);
        this.credentials = new Credentials(api);
        this.groups = new UserGroups(api, groups, clock, pace.groups());
    }

    /**
     * Who is told.
     *
     * @param deliveries what Slack has delivered before, since it delivers again what it thinks got lost
     * @param home what one person's Home shows
     * @param bot called on a thread for each thing that somebody did, after it was acknowledged, and only for those who are
     *     let in
     * @param reconnected called in the background after Slack could be reached for the first time, and after each time that it
     *     could not: what has changed meanwhile wants to be brought up to date
     */
    public record Ears(
            Deliveries deliveries, Function<Person, List<Card>> home, Consumer<Incoming> bot, Runnable reconnected) {}

    /** Reaches nothing yet; {@code groups} are those to which roles are given, of any platform. */
    public static SlackPlatform of(SlackSetup setup, Set<GroupId> groups, InstantSource clock) {
        return of(setup, groups, clock, Pace.USUAL);
    }

    static SlackPlatform of(SlackSetup setup, Set<GroupId> groups, InstantSource clock, Pace pace) {
        return new SlackPlatform(setup, groups, clock, pace);
    }

    /** What the bot speaks through, also before {@link #open}. */
    public Chat chat() {
        return chat;
    }

    /** Who is in the user groups; nothing is told before {@link #greet} or {@link #open}. */
    public Groups groups() {
        return groups;
    }

    /**
     * What whoever configured the channels should know: a sentence for each that others than its members read, or that could
     * not be read. Asks Slack, and waits for it up to 20 s a channel.
     */
    public List<String> remarks() {
        return setup.channels().stream()
                .sorted()
                .flatMap(channel -> channels.remark(channel).stream())
                .toList();
    }

    /**
     * Asks Slack whom the bot token belongs to and who is in the user groups, and waits some seconds for it. To be called
     * before {@link #open}, and before anything is decided by who is in a group.
     *
     * @throws TokenRefused if Slack is there and refuses the bot token
     */
    public void greet() {
        try {
            Shortly.ask(() -> {
                credentials.check();
                return credentials;
            });
        } catch (SlackAway e) {
            LOG.log(System.Logger.Level.DEBUG, SlackAway.sentence(e));
        }
        groups.readNow(MOMENT);
    }

    /**
     * As whom the bot is connected, {@code @mailban in the workspace Example}: waits until it is for the first time, but not
     * longer than that; empty where it is not.
     */
    public Optional<String> connectedAs(Duration patience) throws InterruptedException {
        try {
            first.get(patience.toMillis(), TimeUnit.MILLISECONDS);
            return credentials.name();
        } catch (TimeoutException | ExecutionException _) {
            return Optional.empty();
        }
    }

    /**
     * Opens Slack's way in, once. Where Slack is away, it is waited for in the background.
     *
     * @throws TokenRefused if Slack is there and refuses a token
     * @throws java.io.UncheckedIOException if the address to listen on is taken
     */
    public void open(Ears ears) {
        Reception reception = new Reception(
                new Gate(setup.workspaces(), setup.channels(), new Members(api)), chat, openings, ears, clock);
        App app = Listener.app(api, credentials::user, reception::accept);
        Signal connected = new Signal(() -> {
            // Who is to be called, and who may have what was missed, hangs on who is in them by now.
            groups.readNow(MOMENT);
            ears.reconnected().run();
        });
        Runnable told = () -> {
            first.complete(null);
            connected.run();
        };
        Door door = switch (setup.transport()) {
            case SlackSetup.Transport.Socket(var appToken) ->
                new SocketDoor(api, appToken, credentials, new Envelopes(app), told, pace, clock);
            case SlackSetup.Transport.Http(var listen, var secret) ->
                new HttpDoor(
                        listen, new Signature(secret, clock), new HttpRequests(app), credentials, told, pace, clock);
        };
        entrance = Optional.of(new Entrance(door, reception, connected, app));
        door.open();
        groups.open();
    }

    /** Where it listens for HTTP, whatever port was asked for; empty over a socket. */
    public Optional<InetSocketAddress> listening() {
        return entrance.map(Entrance::door).flatMap(door -> switch (door) {
            case HttpDoor http -> http.address();
            case SocketDoor _ -> Optional.empty();
        });
    }

    /** Lets nothing in any more, and waits a moment for what is being answered. */
    @Override
    public void close() {
        groups.close();
        entrance.ifPresent(Entrance::close);
    }

    private record Entrance(Door door, Reception reception, Signal connected, App app) {
        void close() {
            connected.close();
            door.close();
            reception.close();
            app.stop();
        }
    }
}
