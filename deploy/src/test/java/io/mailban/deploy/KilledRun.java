package io.mailban.deploy;

import static io.mailban.bot.Patience.await;

import io.mailban.access.AccessPolicy;
import io.mailban.access.Person;
import io.mailban.access.PersonId;
import io.mailban.access.Role;
import io.mailban.access.SelfApproval;
import io.mailban.approval.ApprovalDecider;
import io.mailban.approval.ApprovalDecider.Vote;
import io.mailban.approval.ApprovalStore;
import io.mailban.approval.DeviceState;
import io.mailban.approval.Quorum;
import io.mailban.approval.Stage;
import io.mailban.ban.Address;
import io.mailban.ban.ServerName;
import io.mailban.bot.Inquiries;
import io.mailban.bot.Origins;
import io.mailban.bot.Reminders;
import io.mailban.bot.Requests;
import io.mailban.bot.Restraint;
import io.mailban.bot.Unbans;
import io.mailban.bot.Watch;
import io.mailban.chat.Chat;
import io.mailban.chat.MessageRef;
import io.mailban.chat.Pings;
import io.mailban.chat.Place;
import io.mailban.chat.PostedCards;
import io.mailban.config.ConfigReader;
import io.mailban.config.ConfigReading;
import io.mailban.deploy.wiring.Mailban;
import io.mailban.deploy.wiring.RequestIds;
import io.mailban.diagnosis.Diagnoser;
import io.mailban.known.Recognizer;
import io.mailban.mailserver.BanListing;
import io.mailban.mailserver.Fail2banSilent;
import io.mailban.mailserver.Lifter;
import io.mailban.mailserver.MailServers;
import io.mailban.mailserver.ServerLogs;
import io.mailban.restraint.Mode;
import io.mailban.restraint.ModeSwitch;
import io.mailban.restraint.Uses;
import io.mailban.ssh.SshMailServers;
import io.mailban.store.SqliteStore;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A program of its own: finds the request for an address, or makes it; approves it if it waits; sees it to its end. Kills
 * itself with SIGKILL at one call of a port, before or after it, and prints how many calls it made if it lives.
 */
final class KilledRun {
    private static final Place ROOM = new Place("terminal", "room");

    private final AtomicInteger calls = new AtomicInteger();
    private final AtomicInteger listings = new AtomicInteger();
    private final int killAt;
    private final Plot plot;

    /** What else happens in a run, besides the death at a numbered call. */
    enum Plot {
        /** Nothing. */
        NONE,
        /** The server does not answer the order to lift, and the bot dies as soon as it waits to try again. */
        DEATH_WHILE_RETRYING,
        /** The plan is made while one of two jails is not seen, and the bot dies before it asks anew for both. */
        DEATH_BEFORE_ASKING_ANEW,
        /** The same, after that. */
        DEATH_AFTER_ASKING_ANEW
    }

    private KilledRun(int killAt, Plot plot) {
        this.killAt = killAt;
        this.plot = plot;
    }

    /** CONFIGURATION ADDRESS KILL-AT PLOT; an even kill point is before a call, an odd one after it, -1 is none. */
    public static void main(String[] args) throws Exception {
        new KilledRun(Integer.parseInt(args[2]), Plot.valueOf(args[3])).run(Path.of(args[0]), Address.of(args[1]));
    }

    private void run(Path configuration, Address address) {
        var settings = ((ConfigReading.Read) ConfigReader.read(configuration, Map.of())).settings();
        Person alice = person("alice");
        Person carol = person("carol");
        Person dave = person("dave");
        AccessPolicy policy = new AccessPolicy(
                Map.of(Role.REQUESTER, Set.of(alice.id()), Role.APPROVER, Set.of(carol.id(), dave.id())),
                SelfApproval.REFUSED);
        InstantSource clock = InstantSource.system();
        try (SshMailServers ssh = Mailban.servers(settings);
                SqliteStore store = SqliteStore.open(settings.store())) {
            MailServers servers = deadly(MailServers.class, ssh);
            ApprovalStore approvals = deadly(ApprovalStore.class, store.approvals());
            ApprovalDecider decider = new ApprovalDecider(policy, new Quorum(2, 2), Duration.ofMinutes(30));
            Restraint restraint = new Restraint(
                    deadly(ModeSwitch.class, store.modeSwitch()),
                    deadly(Uses.class, store.uses()),
                    new Mode.ReadsAndWrites(),
                    99,
                    clock);
            Unbans unbans = new Unbans(
                    servers,
                    deadly(Lifter.class, ssh),
                    new Origins(ssh, ssh, ssh, clock),
                    (_, _, step) -> {
                        throw new AssertionError("nobody asked to exempt " + step);
                    },
                    approvals,
                    decider,
                    new RequestIds(),
                    restraint,
                    Duration.ZERO,
                    Thread::sleep,
                    clock);
            Watch watch = new Watch(servers, deadly(ServerLogs.class, ssh), unbans, decider, Thread::sleep, clock);
            PostedCards cards = deadly(PostedCards.class, store.postedCards());
            Requests requests = new Requests(
                    unbans,
                    new Inquiries(ssh, ssh, ssh, new Diagnoser(new Recognizer(Set.of())), clock),
                    watch,
                    approvals,
                    cards,
                    restraint,
                    new Reminders(policy, approvals, deadly(Pings.class, store.pings()), Thread::sleep, clock),
                    deadly(Chat.class, silentChat()),
                    List.of(),
                    Thread::sleep,
                    clock);
            requests.resume().forEach(CompletableFuture::join);
            if (unbans.plan(address, Optional.empty()) instanceof Unbans.Planning.Planned(var plan, List<?> _)) {
                requests.open(plan, alice, "killed in between", DeviceState.UNKNOWN, ROOM);
            }
            for (var waiting : approvals.open()) {
                if (waiting.stage() instanceof Stage.Requested) {
                    // It takes two, so that the bot also dies between them.
                    requests.vote(waiting.id(), carol, new Vote.Approve(), ROOM);
                    requests.vote(waiting.id(), dave, new Vote.Approve(), ROOM);
                }
            }
            await().atMost(Duration.ofMinutes(1))
                    .until(() -> store.approvals().open().isEmpty());
        }
        System.out.println("calls " + calls.get());
    }

    private <P> P deadly(Class<P> port, Object real) {
        return port.cast(Proxy.newProxyInstance(
                port.getClassLoader(), new Class<?>[] {port}, (_, method, arguments) -> {
                    int call = calls.getAndIncrement();
                    dieAt(2 * call);
                    dieIf(plot == Plot.DEATH_BEFORE_ASKING_ANEW
                            && method.getName().equals("replace"));
                    Object answer = plotted(method, call(method, real, arguments));
                    dieIf(plot == Plot.DEATH_AFTER_ASKING_ANEW
                            && method.getName().equals("replace"));
                    dieIf(plot == Plot.DEATH_WHILE_RETRYING
                            && answer instanceof ApprovalStore.Moving.Moved(var moved)
                            && moved.stage() instanceof Stage.Retrying);
                    dieAt(2 * call + 1);
                    return answer;
                }));
    }

    private Object call(Method method, Object real, Object[] arguments) throws Throwable {
        if (plot == Plot.DEATH_WHILE_RETRYING && method.getName().equals("lift")) {
            return new Fail2banSilent((ServerName) arguments[0], Fail2banSilent.Cause.TOO_LATE, "it hangs");
        }
        try {
            return method.invoke(real, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    /** The first look, which makes the plan, sees one jail alone. */
    private Object plotted(Method method, Object answer) {
        return switch (plot) {
            case NONE, DEATH_WHILE_RETRYING -> answer;
            case DEATH_BEFORE_ASKING_ANEW, DEATH_AFTER_ASKING_ANEW ->
                answer instanceof BanListing.Standing(var bans)
                                && method.getName().equals("bans")
                                && listings.getAndIncrement() == 0
                        ? new BanListing.Standing(bans.stream()
                                .filter(ban -> ban.jail().name().equals("postfix-sasl"))
                                .toList())
                        : answer;
        };
    }

    private void dieAt(int point) throws IOException, InterruptedException {
        dieIf(point == killAt);
    }

    private void dieIf(boolean now) throws IOException, InterruptedException {
        if (now) {
            // The shell's own: a small Debian has no other kill.
            new ProcessBuilder("sh", "-c", "kill -9 " + ProcessHandle.current().pid()).start();
            new CountDownLatch(1).await();
        }
    }

    private static Object silentChat() {
        return Proxy.newProxyInstance(Chat.class.getClassLoader(), new Class<?>[] {Chat.class}, (_, method, _) -> {
            if (method.getReturnType() == Optional.class) {
                return Optional.empty();
            }
            return method.getReturnType() == MessageRef.class ? new MessageRef(ROOM, "1") : null;
        });
    }

    private static Person person(String name) {
        return new Person(new PersonId("terminal", name), name);
    }
}
