package io.mailban.bot;

import io.mailban.access.AccessPolicy;
import io.mailban.access.Person;
import io.mailban.access.PersonId;
import io.mailban.access.Role;
import io.mailban.access.SelfApproval;
import io.mailban.approval.Approval;
import io.mailban.approval.ApprovalDecider;
import io.mailban.approval.ApprovalDecider.Vote;
import io.mailban.approval.ApprovalId;
import io.mailban.approval.ApprovalStore;
import io.mailban.approval.DeviceState;
import io.mailban.approval.Stage;
import io.mailban.approval.Stage.StepResult;
import io.mailban.audit.AuditEntry.Act;
import io.mailban.audit.InMemoryAudit;
import io.mailban.ban.BannedId;
import io.mailban.ban.Jail;
import io.mailban.ban.ServerName;
import io.mailban.mailserver.Lifter;
import io.mailban.mailserver.MailServers;
import io.mailban.restraint.InMemoryRestraint;
import io.mailban.restraint.Mode;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Requests, people, servers and a bot that dies, as stories of {@link RequestDeed}s have them. Who said what is written
 * down here too, apart from the program, and {@link LiftWitness} judges every lift by that.
 */
public final class RequestWorld {
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    /** The last is carol again, by another account. */
    static final List<Person> PEOPLE = List.of(
            person("terminal:alice"),
            person("terminal:carol"),
            person("terminal:dave"),
            person("terminal:erin"),
            person("slack:carol"));

    private static final List<BannedId> TARGETS = List.of(
            BannedId.of("203.0.113.7"),
            BannedId.of("203.0.113.7"),
            BannedId.of("203.0.113.8"),
            BannedId.of("203.0.113.7"),
            BannedId.of("203.0.113.0/24"));
    private static final List<String> JAILS =
            List.of("postfix-sasl", "postfix-sasl", "dovecot", "postfix-sasl", Jail.RECIDIVE.name());
    private static final List<String> SERVERS = List.of("mail1", "mail2");

    /** The bot died here. */
    static final class Death extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    final SettableClock clock = new SettableClock(NOON);
    final FakeServers servers = new FakeServers(SERVERS.toArray(String[]::new));
    final ApprovalStore store;
    final RequestLedger ledger = new RequestLedger();
    private final LiftWitness witness = new LiftWitness(this);
    private final Map<Role, Set<PersonId>> holders = new EnumMap<>(Role.class);
    private final Set<String> down = new HashSet<>();
    private final AtomicInteger ids = new AtomicInteger();
    private final InMemoryRestraint memory = new InMemoryRestraint(new InMemoryAudit());
    private final Restraint restraint = new Restraint(memory, memory, new Mode.ReadsAndWrites(), 99, clock);
    private int callsToLive = Integer.MAX_VALUE;
    private Unbans bot;

    /** A world of this store, which is empty. */
    public RequestWorld(ApprovalStore store) {
        this.store = store;
        holders.put(
                Role.REQUESTER, new HashSet<>(PEOPLE.stream().map(Person::id).toList()));
        holders.put(
                Role.APPROVER,
                new HashSet<>(PEOPLE.stream().skip(1).map(Person::id).toList()));
        this.bot = start();
        SERVERS.forEach(server -> servers.ban(server, "postfix-sasl", "203.0.113.7", NOON.minusSeconds(600)));
    }

    /** How many bans the bot lifted. */
    public int lifts() {
        return witness.lifts();
    }

    /** Lets it happen. */
    public void happen(RequestDeed deed) {
        try {
            switch (deed) {
                case RequestDeed.Ask(var who, var target) -> ask(PEOPLE.get(who), TARGETS.get(target));
                case RequestDeed.Emergency(var who, var target) -> emergency(PEOPLE.get(who), TARGETS.get(target));
                case RequestDeed.SayYes(var who, var n) -> sayYes(PEOPLE.get(who), n);
                case RequestDeed.SayNo(var who, var n) -> sayNo(PEOPLE.get(who), n);
                case RequestDeed.Withdraw(var who, var n) -> withdraw(PEOPLE.get(who), n);
                case RequestDeed.Work(var n) -> request(n).ifPresent(this::work);
                case RequestDeed.DieAfter(var calls) -> callsToLive = calls;
                case RequestDeed.Ban ban -> ban(ban);
                case RequestDeed.BanGoes(var server, var jail, var target) ->
                    servers.end(
                            SERVERS.get(server % 2),
                            JAILS.get(jail),
                            TARGETS.get(target).text());
                case RequestDeed.Flip(var server) -> flip(SERVERS.get(server % 2));
                case RequestDeed.Pass(var time) -> clock.pause(time);
                case RequestDeed.FlipRole(var who, var role) -> {
                    PersonId id = PEOPLE.get(who).id();
                    if (!holders(role).remove(id)) {
                        holders(role).add(id);
                    }
                    bot = start();
                }
            }
        } catch (Death _) {
            bot = start();
        }
    }

    /** All servers come back, nobody dies any more, and the bot does all that there is to do. */
    public void comeToRest() {
        callsToLive = Integer.MAX_VALUE;
        List.copyOf(down).forEach(this::flip);
        for (int i = 0; i < 50; i++) {
            store.open().forEach(this::work);
            clock.pause(Duration.ofMinutes(5));
        }
    }

    private void ask(Person who, BannedId target) {
        if (bot.plan(target, Optional.empty()) instanceof Unbans.Planning.Planned planned) {
            if (may(who, Role.APPROVER)) {
                // Their request is their yes, where it takes several; alone it takes a confirm, as a yes of its own.
                ledger.asks(who, nextId());
            }
            var _ = bot.request(planned.plan(), who, "reason", DeviceState.UNKNOWN);
        }
    }

    private void emergency(Person who, BannedId target) {
        if (bot.plan(target, Optional.empty()) instanceof Unbans.Planning.Planned planned) {
            int before = ids.get();
            try {
                var _ = bot.emergency(planned.plan(), who, "nobody else is here");
            } finally {
                for (int n = before + 1; may(who, Role.APPROVER) && n <= ids.get(); n++) {
                    ledger.orders(who, id(n));
                }
            }
        }
    }

    private void sayYes(Person who, int n) {
        request(n).ifPresent(request -> {
            if (may(who, Role.APPROVER)) {
                ledger.saysYes(who, request.id());
            }
            var _ = bot.vote(request.id(), who, new Vote.Approve());
        });
    }

    private void sayNo(Person who, int n) {
        request(n).ifPresent(request -> {
            if (bot.vote(request.id(), who, new Vote.Deny("no")) instanceof Unbans.Voted.Counted) {
                ledger.isOver(request.id());
            }
        });
    }

    private void withdraw(Person who, int n) {
        request(n).ifPresent(request -> {
            if (bot.withdraw(request.id(), who) instanceof Unbans.TakenBack.Done) {
                ledger.isOver(request.id());
            }
        });
    }

    private void work(Approval approval) {
        Approval current = store.find(approval.id()).orElseThrow();
        witness.during(current.id(), () -> {
            Approval after = carriedOut(current);
            // A watch that saw nothing.
            if (after.stage() instanceof Stage.Done done
                    && done.aftermath() instanceof Stage.Aftermath.Watching watching
                    && !clock.instant().isBefore(watching.until())) {
                after = bot.write(
                        after,
                        decider()
                                .move(
                                        after,
                                        new Stage.Done(
                                                done.decision(),
                                                done.at(),
                                                done.results(),
                                                new Stage.Aftermath.Quiet(clock.instant())),
                                        Person.BOT,
                                        Act.WATCHED,
                                        "",
                                        clock.instant()));
            }
        });
    }

    private Approval carriedOut(Approval current) {
        try {
            return bot.carryOut(bot.endIfGone(bot.expireIfDue(current)));
        } catch (InterruptedException e) {
            throw new AssertionError("nobody interrupts a story", e);
        }
    }

    private void ban(RequestDeed.Ban ban) {
        // Bans of the same second are one to the bot: fail2ban tells no more.
        clock.pause(Duration.ofSeconds(3));
        String server = SERVERS.get(ban.server() % 2);
        String jail = JAILS.get(ban.jail());
        String target = TARGETS.get(ban.target()).text();
        if (servers.held(server(server), new Jail(jail), BannedId.of(target)).isPresent()) {
            return;
        }
        if (ban.hand() == 0) {
            servers.banByHand(server, jail, target, clock.instant());
        } else {
            servers.ban(server, jail, target, clock.instant());
        }
    }

    private void flip(String server) {
        if (down.remove(server)) {
            servers.comeBack(server);
        } else {
            down.add(server);
            servers.goDown(server);
        }
    }

    /** The n-th newest that is not over; the newest of all where there is none. */
    private Optional<Approval> request(int n) {
        List<Approval> open = store.open().reversed();
        return open.isEmpty()
                ? Optional.of(ids.get()).filter(last -> last > 0).flatMap(last -> store.find(id(last)))
                : Optional.of(open.get(n % open.size()));
    }

    boolean may(Person who, Role role) {
        return holders(role).contains(who.id());
    }

    private Set<PersonId> holders(Role role) {
        return holders.computeIfAbsent(role, _ -> new HashSet<>());
    }

    private Unbans start() {
        callsToLive = Integer.MAX_VALUE;
        MailServers mortal = mortal(MailServers.class, servers);
        return new Unbans(
                mortal,
                mortal(Lifter.class, witness),
                new Origins(mortal, servers, servers, clock),
                (_, _, step) ->
                        new StepResult(step.server(), step.jail(), StepResult.Outcome.NOT_EXEMPTED, "nobody asked"),
                mortal(ApprovalStore.class, store),
                decider(),
                () -> id(ids.incrementAndGet()),
                restraint,
                Duration.ofMinutes(10),
                clock,
                clock);
    }

    private ApprovalDecider decider() {
        Map<Role, Set<PersonId>> now = new EnumMap<>(Role.class);
        holders.forEach((role, people) -> now.put(role, Set.copyOf(people)));
        return new ApprovalDecider(
                new AccessPolicy(
                        now,
                        SelfApproval.SINGLE_ADDRESS,
                        List.of(Set.of(PEOPLE.get(1).id(), PEOPLE.get(4).id()))),
                Duration.ofMinutes(30));
    }

    private <P> P mortal(Class<P> port, P real) {
        return port.cast(
                Proxy.newProxyInstance(port.getClassLoader(), new Class<?>[] {port}, (_, method, arguments) -> {
                    dieIfTime();
                    Object answer = call(method, real, arguments);
                    dieIfTime();
                    return answer;
                }));
    }

    private synchronized void dieIfTime() {
        if (callsToLive == Integer.MAX_VALUE) {
            return;
        }
        callsToLive--;
        if (callsToLive < 0) {
            throw new Death();
        }
    }

    private static Object call(Method method, Object real, Object[] arguments) throws Throwable {
        try {
            return method.invoke(real, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private ApprovalId nextId() {
        return id(ids.get() + 1);
    }

    private static ApprovalId id(int number) {
        return new ApprovalId("a%07d".formatted(number));
    }

    private static Person person(String id) {
        return new Person(PersonId.of(id), id);
    }

    private static ServerName server(String name) {
        return new ServerName(name);
    }
}
