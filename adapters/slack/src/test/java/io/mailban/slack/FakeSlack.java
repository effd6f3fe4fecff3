package io.mailban.slack;

import static io.mailban.bot.Patience.await;

import com.google.gson.JsonObject;
import io.mailban.chat.Naming;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Slack on loopback, as a bot meets it: the Web API, Socket Mode, signed HTTP, and people who type and press. Whatever the
 * bot sends is kept under {@code target/wire/slack}. People, channels and groups are in {@link #workspace}: alice, bob, carol
 * (in the group of mail admins) and dave as {@code U0ALICE}…; {@code C0MAIL} and {@code C0REQUESTS}. Thread-safe.
 */
public final class FakeSlack implements AutoCloseable {
    /** What the bot proves itself with. */
    record Tokens(String bot, String app, String signing) {}

    private final Tokens tokens = new Tokens("xoxb-fake-bot", "xapp-fake-app", "fake-signing-secret");
    private final Workspace workspace = new Workspace();
    private final Wall wall = new Wall();
    private final Tickets tickets = new Tickets();
    private final Recorder recorder;
    private final Verdict verdict;
    private final WebApi web;
    private final Sockets sockets;
    private final Payloads payloads;
    private final Set<String> expected = ConcurrentHashMap.newKeySet();
    private volatile Optional<SignedHttp> http = Optional.empty();

    private FakeSlack(Recorder recorder, Verdict verdict) {
        this.recorder = recorder;
        this.verdict = verdict;
        var methods = new WebMethods(workspace, wall, tickets);
        web = new WebApi(tokens, workspace, methods, new Answers(wall, tickets, methods), recorder);
        sockets = new Sockets(recorder);
        web.socketAt(sockets.address());
        payloads = new Payloads(workspace, wall, tickets, web::uri);
    }

    /** A workspace with nothing said in it yet. */
    public static FakeSlack start() {
        return new FakeSlack(new Recorder(Recorder.KEPT), Verdict.FAIL);
    }

    /** One that is sent wrong things on purpose, and keeps them elsewhere. */
    static FakeSlack startFor(Path kept) {
        return new FakeSlack(new Recorder(kept), Verdict.LET_BE);
    }

    /** The Web API's address, with its last slash. */
    public URI api() {
        return web.api();
    }

    /** A bot's setup over Socket Mode, in all the channels there are by now. */
    public SlackSetup setup() {
        return setup(new SlackSetup.Transport.Socket(() -> tokens.app().toCharArray()));
    }

    /** A bot's setup in all the channels there are by now. */
    public SlackSetup setup(SlackSetup.Transport transport) {
        return new SlackSetup(
                () -> tokens.bot().toCharArray(),
                transport,
                api(),
                Set.of(Workspace.TEAM),
                workspace.channels(),
                "C0REQUESTS",
                Naming.MASKED);
    }

    /** {@code xoxb-…} */
    public String botToken() {
        return tokens.bot();
    }

    /** {@code xapp-…} */
    public String appToken() {
        return tokens.app();
    }

    /** What HTTP requests are signed with. */
    public String signingSecret() {
        return tokens.signing();
    }

    /** From now on the bot is told over signed HTTP, at this address. */
    public void speakHttp(URI to) {
        http = Optional.of(new SignedHttp(to, tokens.signing(), recorder));
    }

    /** From now on HTTP requests are signed with this. */
    void signWith(String secret) {
        http = http.map(signed -> signed.with(secret));
    }

    /** Who and what there is; everything can be changed at any time. */
    public Workspace workspace() {
        return workspace;
    }

    /** Types {@code /mailban text}. */
    public Delivery slash(String user, String channel, String text) {
        return tell(payloads.slash(user, channel, text));
    }

    /** A command that never reaches the bot: for its trigger and its response_url. */
    Delivery unheard(String user) {
        return payloads.slash(user, "C0MAIL", "");
    }

    /** Types {@code @mailban text}. */
    public Delivery mention(String user, String channel, String text) {
        return tell(payloads.mention(user, channel, Optional.empty(), text));
    }

    /** Types {@code @mailban text} in a thread. */
    public Delivery mention(String user, String channel, String thread, String text) {
        return tell(payloads.mention(user, channel, Optional.of(thread), text));
    }

    /** Writes to the bot directly. */
    public Delivery dm(String user, String text) {
        return tell(payloads.directMessage(user, Optional.empty(), text));
    }

    /** Presses a button of a message, an ephemeral, a modal or a Home tab, by its label or the beginning of its action_id. */
    public Delivery click(String user, Shown on, String button) {
        JsonObject element = on.elements().stream()
                .filter(each -> Json.text(Json.in(each, "text"), "text").equals(button)
                        || Json.text(each, "action_id").equals(button))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no button " + button + " on " + on.body()));
        return tell(payloads.press(user, on, element, surface(user, on)));
    }

    private Payloads.Surface surface(String user, Shown on) {
        if (wall.findHome(on.channel())
                .filter(home -> home.ts().equals(on.ts()))
                .isPresent()) {
            return Payloads.Surface.HOME;
        }
        if (wall.findModal(on.ts()).isPresent()) {
            return Payloads.Surface.MODAL;
        }
        return wall.ephemerals(user).stream().anyMatch(seen -> seen.ts().equals(on.ts()))
                ? Payloads.Surface.EPHEMERAL
                : Payloads.Surface.MESSAGE;
    }

    /** Fills a modal in, answers by block_id (an option by its value or its words), and sends it. */
    public Delivery submit(String user, Shown modal, Map<String, String> answers) {
        Delivery delivery = payloads.submit(user, modal, answers);
        // as Slack's client does: a modal goes away unless the acknowledgement keeps it
        delivery.then(ack -> {
            if (!ack.body().has("response_action")) {
                wall.closeModal(user, modal.ts());
            }
        });
        return tell(delivery);
    }

    /** Uses a message shortcut on a message. */
    public Delivery shortcut(String user, String callback, Shown message) {
        return tell(payloads.shortcut(user, callback, message));
    }

    /** Opens the app's Home tab. */
    public Delivery openHome(String user) {
        return tell(payloads.openHome(user));
    }

    /** Writes something that the bot is not told of, for shortcuts. */
    public Shown say(String user, String channel, String text) {
        return wall.post(channel, Optional.empty(), Json.object("type", "message", "user", user, "text", text));
    }

    /** Tells the bot of any other event, as from this person. */
    public Delivery event(String user, JsonObject event) {
        return tell(payloads.event(user, event));
    }

    /**
     * Tells the bot whatever it is.
     *
     * @param kind {@code slash_commands}, {@code interactive} or {@code events_api}
     */
    public Delivery raw(String kind, JsonObject payload) {
        return tell(new Delivery(kind, payload.deepCopy()));
    }

    /** Tells the bot the same thing again, as Slack does when it thinks that it was not heard. */
    public Delivery redeliver(Delivery delivery) {
        return send(
                new Delivery(delivery.kind(), delivery.payload()),
                Json.object("retry_attempt", 1, "retry_reason", "timeout"));
    }

    /** A trigger_id as somebody's press brings it. */
    String trigger(String user) {
        return tickets.trigger(user);
    }

    /** A response_url as somebody's command brings it. */
    String responseUrl(String user, String channel) {
        return web.uri(tickets.answer(user, channel, Optional.empty())).toString();
    }

    private Delivery tell(Delivery delivery) {
        return send(
                delivery,
                delivery.kind().equals("events_api")
                        ? Json.object("retry_attempt", 0, "retry_reason", "")
                        : new JsonObject());
    }

    private Delivery send(Delivery delivery, JsonObject more) {
        http.ifPresentOrElse(signed -> signed.send(delivery, more), () -> sockets.send(delivery, more));
        return delivery;
    }

    /** Spoils the next call of a method, {@code chat.postMessage} or {@code response_url}; they queue up. */
    public void next(String method, Mishap mishap) {
        web.next(method, mishap);
    }

    /** Ends the Socket Mode connections without a word. */
    public void closeSocket() {
        sockets.cut();
    }

    /** The open connections stay open, and say and answer nothing any more. New ones are well. */
    public void silence() {
        sockets.silence();
    }

    /** Announces an end: {@code warning}, {@code refresh_requested}, {@code link_disabled}. */
    public void disconnect(String reason) {
        sockets.announceEnd(reason);
    }

    /** From now on nothing of Slack can be reached. */
    public void goAway() {
        web.goAway();
        sockets.cut();
    }

    /** From now on it can be again. */
    public void comeBack() {
        web.comeBack();
    }

    /** From now on a channel takes one message a second, and answers 429 to more. */
    public void limitRates() {
        web.limitRates();
    }

    /** From now on HTTP requests are signed as of that long from now. */
    public void skew(Duration by) {
        http = http.map(signed -> signed.skewed(by));
    }

    /** All triggers and response_urls that are out are too old from now on. */
    public void expireTickets() {
        tickets.expire();
    }

    /** How many Socket Mode connections the bot has opened since the start. */
    public int connections() {
        return sockets.opened();
    }

    /** How many of them are open and well. */
    public int living() {
        return sockets.living();
    }

    /** How often a method was called. */
    public int calls(String method) {
        return web.calls(method).size();
    }

    /** The bodies that a method was called with, in order. */
    public List<JsonObject> bodies(String method) {
        return web.calls(method).stream().map(WebApi.Call::body).toList();
    }

    /** A channel's messages as they are now, without threads. */
    public List<Shown> messages(String channel) {
        return wall.in(channel, Optional.empty());
    }

    /** A thread's replies as they are now. */
    public List<Shown> replies(String channel, String thread) {
        return wall.in(channel, Optional.of(thread));
    }

    /** What the direct message with the bot holds. */
    public List<Shown> directMessages(String user) {
        return messages(Workspace.directMessage(user));
    }

    /** A message as it is now. */
    public Shown message(String channel, String ts) {
        return wall.find(channel, ts).orElseThrow(() -> new AssertionError("no message " + ts + " in " + channel));
    }

    /** What only this person sees. */
    public List<Shown> ephemerals(String user) {
        return wall.ephemerals(user);
    }

    /** The modals before somebody's eyes. */
    public List<Shown> modals(String user) {
        return wall.modals(user);
    }

    /** Somebody's Home tab, if it was published. */
    public Optional<Shown> findHome(String user) {
        return wall.findHome(user);
    }

    /** Waits for a message or a reply in the channel that holds these words. */
    public Shown awaitMessage(String channel, String words) {
        return first(words + " in " + channel, () -> wall.in(channel), words);
    }

    /** Waits for something that only this person sees and that holds these words. */
    public Shown awaitEphemeral(String user, String words) {
        return first(words + " for " + user, () -> ephemerals(user), words);
    }

    /** Waits for a modal before this person's eyes. */
    public Shown awaitModal(String user) {
        return first("a modal for " + user, () -> modals(user), "");
    }

    /** Waits for a Home tab that holds these words. */
    public Shown awaitHome(String user, String words) {
        return first(
                words + " in the Home tab of " + user,
                () -> findHome(user).stream().toList(),
                words);
    }

    private static Shown first(String what, Supplier<List<Shown>> among, String words) {
        return await(what)
                .pollInterval(Duration.ofMillis(10))
                .until(
                        () -> among.get().stream()
                                .filter(shown -> (shown.words() + "\n" + shown.text()).contains(words))
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
    }

    /** These people and groups, by id, may be called by mentions; everybody else's are harm that strangers did. */
    public void expectPing(String... ids) {
        expected.addAll(List.of(ids));
    }

    /** Ends it; fails when something that was sent breaks Slack's limits or rules, or could harm anybody. */
    @Override
    public void close() {
        sockets.close();
        web.close();
        verdict.on(recorder.kept(), expected::contains);
    }
}
