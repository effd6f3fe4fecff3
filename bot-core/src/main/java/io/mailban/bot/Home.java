package io.mailban.bot;

import static java.util.stream.Collectors.toCollection;

import io.mailban.access.Person;
import io.mailban.access.Role;
import io.mailban.access.Verdict;
import io.mailban.approval.Approval;
import io.mailban.approval.ApprovalDecider;
import io.mailban.approval.ApprovalDecider.Vote;
import io.mailban.approval.ApprovalDecider.Voting;
import io.mailban.ban.ServerName;
import io.mailban.chat.Card;
import io.mailban.diagnosis.Glance;
import io.mailban.diagnosis.Glance.Look;
import io.mailban.mailserver.MailServers;
import io.mailban.reply.HomeWriter;
import io.mailban.reply.ReplyWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What one person sees when they open the bot's own page: what waits for them, how the servers are, who is locked out.
 * Thread-safe; opening it is cheap, however many do.
 */
public final class Home {
    private static final System.Logger LOG = System.getLogger(Home.class.getName());

    /** Longer, nobody waits for a page; what is missing then is there the next time. */
    private static final Duration PATIENCE = Duration.ofMillis(1500);

    /** Servers are not asked more often. */
    private static final Duration FRESH = Duration.ofSeconds(20);

    /** An older look is none. */
    private static final Duration KEPT = Duration.ofMinutes(10);

    private final MailServers servers;
    private final Inquiries inquiries;
    private final Requests requests;
    private final ApprovalDecider decider;
    private final RestraintTalk restraint;
    private final InstantSource clock;
    private final Map<ServerName, CompletableFuture<Look>> looking = new ConcurrentHashMap<>();
    private final Map<ServerName, Look> last = new ConcurrentHashMap<>();

    /** Shows what these know. */
    public Home(
            MailServers servers,
            Inquiries inquiries,
            Requests requests,
            ApprovalDecider decider,
            RestraintTalk restraint,
            InstantSource clock) {
        this.servers = servers;
        this.inquiries = inquiries;
        this.requests = requests;
        this.decider = decider;
        this.restraint = restraint;
        this.clock = clock;
    }

    /** The page, from top to bottom; never empty. */
    public List<Card> of(Person person) {
        Set<Role> roles = roles(person);
        if (roles.isEmpty()) {
            return List.of(HomeWriter.stranger(person));
        }
        List<Card> cards = new ArrayList<>();
        if (roles.contains(Role.APPROVER)) {
            cards.addAll(HomeWriter.requests(waitingFor(person)));
        }
        if (roles.contains(Role.READER)) {
            Glance glance = glance();
            cards.add(restraint.beside(HomeWriter.servers(glance, clock.instant())));
            cards.addAll(HomeWriter.users(glance, roles));
        }
        if (cards.isEmpty()) {
            cards.add(restraint.beside(ReplyWriter.help(person, decider.policy())));
        }
        return roles.contains(Role.HELPER)
                ? cards
                : cards.stream().map(Card::masked).toList();
    }

    private Set<Role> roles(Person person) {
        return Arrays.stream(Role.values())
                .filter(role -> decider.policy().decide(person, role) instanceof Verdict.Allowed)
                .collect(toCollection(() -> EnumSet.noneOf(Role.class)));
    }

    /** Those on which their yes would count. */
    private List<Approval> waitingFor(Person person) {
        Instant now = clock.instant();
        return requests.pending().stream()
                .filter(request -> decider.vote(request, person, new Vote.Approve(), now) instanceof Voting.Counted)
                .toList();
    }

    private Glance glance() {
        Instant now = clock.instant();
        List<CompletableFuture<Look>> looks =
                servers.names().stream().map(server -> look(server, now)).toList();
        var _ = Everywhere.isDone(CompletableFuture.allOf(looks.toArray(CompletableFuture[]::new)), PATIENCE);
        Map<ServerName, Optional<Look>> seen = new LinkedHashMap<>();
        for (ServerName server : servers.names()) {
            seen.put(server, Optional.ofNullable(last.get(server)).filter(look -> isWithin(KEPT, look, now)));
        }
        return new Glance(seen);
    }

    /** One look at a server serves all who open the page meanwhile. */
    private CompletableFuture<Look> look(ServerName server, Instant now) {
        return looking.compute(server, (_, begun) -> {
            if (begun != null && !begun.isDone()) {
                return begun;
            }
            Look before = last.get(server);
            return before != null && isWithin(FRESH, before, now)
                    ? CompletableFuture.completedFuture(before)
                    : Everywhere.start(() -> ask(server));
        });
    }

    private Look ask(ServerName server) {
        try {
            Look look = new Look(
                    inquiries
                            .bans(Optional.of(server), Optional.empty())
                            .servers()
                            .values()
                            .iterator()
                            .next(),
                    clock.instant());
            last.put(server, look);
            return look;
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "could not look at " + server, e);
            throw e;
        }
    }

    private static boolean isWithin(Duration time, Look look, Instant now) {
        return look.at().plus(time).isAfter(now);
    }
}
