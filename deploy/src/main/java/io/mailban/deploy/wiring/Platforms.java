package io.mailban.deploy.wiring;

import io.mailban.access.Groups;
import io.mailban.chat.Chat;
import io.mailban.chat.Chats;
import io.mailban.chat.Place;
import io.mailban.config.Secret;
import io.mailban.config.Settings;
import io.mailban.config.SlackSettings;
import io.mailban.slack.SlackPlatform;
import io.mailban.slack.SlackPlatform.Ears;
import io.mailban.slack.SlackSetup;
import io.mailban.slack.SlackSetup.Transport;
import io.mailban.terminal.TerminalChat;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** The chat platforms of the settings, beside the terminals of this machine. Thread-safe. */
public final class Platforms implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Platforms.class.getName());

    /** Longer than any bot runs. */
    public static final Duration EVER = Duration.ofDays(36_500);

    private final Optional<SlackPlatform> slack;
    private final List<Place> requestPlaces;

    private Platforms(Optional<SlackPlatform> slack, List<Place> requestPlaces) {
        this.slack = slack;
        this.requestPlaces = List.copyOf(requestPlaces);
    }

    /** Terminals alone: for whoever only passes by. */
    public static Platforms none() {
        return new Platforms(Optional.empty(), List.of());
    }

    /** Those that the settings name. Reaches none yet. */
    public static Platforms of(Settings settings) {
        return settings.slack()
                .map(slack -> new Platforms(
                        Optional.of(SlackPlatform.of(setup(slack), settings.groups(), InstantSource.system())),
                        List.of(new Place(SlackSetup.PLATFORM, slack.requests()))))
                .orElseGet(Platforms::none);
    }

    /** How these settings make a Slack app. */
    public static SlackSetup setup(SlackSettings slack) {
        return new SlackSetup(
                revealing(slack.botToken()),
                switch (slack.transport()) {
                    case SlackSettings.Transport.Socket(var appToken) -> new Transport.Socket(revealing(appToken));
                    case SlackSettings.Transport.Http(var listen, var secret) ->
                        new Transport.Http(listen, revealing(secret));
                },
                slack.api(),
                slack.workspaces(),
                slack.channels(),
                slack.requests(),
                slack.naming());
    }

    private static Supplier<char[]> revealing(Secret secret) {
        return secret::reveal;
    }

    /** All of them and the terminals, as one. */
    public Chat with(TerminalChat terminals) {
        Map<String, Chat> all = new HashMap<>(Map.of(TerminalChat.PLATFORM, terminals));
        slack.ifPresent(platform -> all.put(SlackSetup.PLATFORM, platform.chat()));
        return new Chats(all);
    }

    /**
     * Asks them who is in their groups, and waits some seconds for it: to be called before anything is decided by that.
     *
     * @throws RuntimeException with a sentence, if a platform is there and refuses this bot's token
     */
    public void greet() {
        slack.ifPresent(SlackPlatform::greet);
    }

    /**
     * As whom the bot is in Slack: waits until it is connected for the first time, but not longer than that; empty where it
     * is not.
     */
    public Optional<String> connectedAs(Duration patience) throws InterruptedException {
        return slack.isEmpty() ? Optional.empty() : slack.get().connectedAs(patience);
    }

    /** Logs, once they are there, what whoever configured their channels should know; blocks until then. */
    public void remark() {
        slack.ifPresent(platform -> {
            try {
                if (platform.connectedAs(EVER).isPresent()) {
                    platform.remarks().forEach(remark -> LOG.log(System.Logger.Level.WARNING, remark));
                }
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        });
    }

    /** Who is in their groups; nothing is told before {@link #greet}. */
    public Groups groups() {
        return slack.map(SlackPlatform::groups).orElse(Groups.NONE);
    }

    /** Where every request is shown. */
    public List<Place> requestPlaces() {
        return requestPlaces;
    }

    /**
     * Lets people in. A platform that is away is waited for in the background.
     *
     * @throws RuntimeException with a sentence, if a platform is there and does not let this bot in
     */
    public void open(Mailban mailban) {
        slack.ifPresent(platform -> platform.open(new Ears(
                mailban.store().deliveries(), mailban.home()::of, mailban.bot()::handle, mailban.requests()::catchUp)));
    }

    /** Where Slack's requests are listened for, if over HTTP. */
    public Optional<InetSocketAddress> listening() {
        return slack.flatMap(SlackPlatform::listening);
    }

    @Override
    public void close() {
        slack.ifPresent(SlackPlatform::close);
    }
}
