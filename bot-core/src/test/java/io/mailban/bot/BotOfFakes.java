package io.mailban.bot;

import static io.mailban.approval.SampleApprovals.NOON;

import io.mailban.access.AccessPolicy;
import io.mailban.access.GroupId;
import io.mailban.access.Person;
import io.mailban.access.PersonId;
import io.mailban.access.Role;
import io.mailban.access.SelfApproval;
import io.mailban.alert.InMemoryMutes;
import io.mailban.approval.ApprovalDecider;
import io.mailban.approval.ApprovalId;
import io.mailban.approval.InMemoryApprovals;
import io.mailban.audit.InMemoryAudit;
import io.mailban.chat.InMemoryPings;
import io.mailban.chat.InMemoryPostedCards;
import io.mailban.chat.Place;
import io.mailban.diagnosis.Diagnoser;
import io.mailban.exemption.InMemoryExemptions;
import io.mailban.history.InMemoryEvidence;
import io.mailban.known.Recognizer;
import io.mailban.restraint.InMemoryRestraint;
import io.mailban.restraint.Mode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A bot in memory, with exemptions and restraint; one ban stands. alice asks, carol and dave approve and ask, carol helps.
 */
final class BotOfFakes {
    static final Place HERE = new Place("terminal", "here");
    static final Person ALICE = person("alice");
    static final Person CAROL = person("carol");
    static final Person DAVE = person("dave");
    static final GroupId ADMINS = new GroupId("terminal", "admins");
    static final int MOST_PER_HOUR = 3;

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(20);

    final SettableClock clock = new SettableClock(NOON);
    final FakeServers servers =
            new FakeServers("mail1", "mail2").ban("mail1", "postfix-sasl", "203.0.113.7", NOON.minusSeconds(600));
    final FakeIgnoreLists lists = new FakeIgnoreLists(servers)
            .jail("mail1", "postfix-sasl")
            .jail("mail1", "recidive")
            .jail("mail2", "postfix-sasl");
    final FakeChat chat = new FakeChat();
    final InMemoryAudit audit = new InMemoryAudit();
    final InMemoryApprovals store = new InMemoryApprovals(audit);
    final InMemoryExemptions exemptions = new InMemoryExemptions(audit);
    final InMemoryRestraint memory = new InMemoryRestraint(audit);
    final InMemoryMutes mutes = new InMemoryMutes(audit);
    final InMemoryPings pings = new InMemoryPings();
    final InMemoryPostedCards cards = new InMemoryPostedCards(store);
    /** Who approves by a group besides; empty while it can't be read. */
    volatile Optional<Set<PersonId>> admins = Optional.of(Set.of());

    final AccessPolicy policy;
    final Restraint restraint = new Restraint(memory, memory, new Mode.ReadsAndWrites(), MOST_PER_HOUR, clock);

    private final Inquiries inquiries =
            new Inquiries(servers, servers, servers, new Diagnoser(new Recognizer(Set.of())), clock);
    private final Origins origins = new Origins(servers, servers, servers, clock);
    private final ExemptionKeeper keeper = new ExemptionKeeper(
            exemptions,
            new ExemptionTender(servers, servers, lists, exemptions, audit, clock),
            restraint,
            clock,
            clock);
    private final AtomicInteger ids = new AtomicInteger();
    final Unbans unbans;
    final Requests requests;

    BotOfFakes(SelfApproval selfApproval, Waiting waiting) {
        this(selfApproval, waiting, List.of());
    }

    BotOfFakes(SelfApproval selfApproval, Waiting waiting, List<Place> requestPlaces) {
        Set<PersonId> all = Set.of(ALICE.id(), CAROL.id(), DAVE.id());
        policy = new AccessPolicy(
                Map.of(
                        Role.READER,
                        all,
                        Role.HELPER,
                        Set.of(CAROL.id()),
                        Role.REQUESTER,
                        all,
                        Role.APPROVER,
                        Set.of(CAROL.id(), DAVE.id())),
                Map.of(Role.APPROVER, Set.of(ADMINS)),
                _ -> admins,
                selfApproval,
                List.of());
        ApprovalDecider decider = new ApprovalDecider(policy, Duration.ofMinutes(30));
        Pauses pauses = time -> pause(time, waiting);
        unbans = new Unbans(
                servers,
                servers,
                origins,
                keeper,
                store,
                decider,
                () -> new ApprovalId("aaaaaaa" + ids.incrementAndGet()),
                restraint,
                Duration.ofMinutes(10),
                pauses,
                clock);
        requests = new Requests(
                unbans,
                inquiries,
                new Watch(servers, servers, unbans, decider, clock, clock),
                store,
                cards,
                restraint,
                reminders(pauses),
                chat,
                requestPlaces,
                pauses,
                clock);
    }

    /** What waiting for seconds does; what is minutes away never comes. */
    enum Waiting {
        /** The clock is there already, so that a try again is one of later. */
        MOVES_THE_CLOCK,
        /** Only the test moves it. */
        TAKES_NO_TIME
    }

    private RestraintTalk talk() {
        return new RestraintTalk(
                keeper,
                new ExemptionPlanner(servers, lists, origins, exemptions, Duration.ofDays(30)),
                restraint,
                requests,
                chat,
                clock);
    }

    Home home() {
        return new Home(
                servers, inquiries, requests, new ApprovalDecider(policy, Duration.ofMinutes(30)), talk(), clock);
    }

    Bot bot() {
        RestraintTalk talk = talk();
        return new Bot(
                new LookupTalk(
                        inquiries,
                        new Histories(servers, servers, new InMemoryEvidence(), audit, clock),
                        servers,
                        talk,
                        audit,
                        audit,
                        chat,
                        clock),
                new RequestTalk(unbans, requests, servers, chat),
                talk,
                new MuteTalk(new MuteKeeper(mutes, servers, clock), chat),
                policy,
                chat);
    }

    /** Another bot's on the same store, whose waiting is this. */
    Copies copies(Pauses pauses) {
        return new Copies(store, cards, reminders(pauses), chat, List.of());
    }

    Reminders reminders(Pauses pauses) {
        return new Reminders(policy, store, pings, pauses, clock);
    }

    private void pause(Duration time, Waiting waiting) throws InterruptedException {
        if (time.compareTo(LONGEST_WAIT) > 0) {
            // A request that waits for people would expire at once if this moved the clock.
            Thread.currentThread().join();
        }
        switch (waiting) {
            case MOVES_THE_CLOCK -> clock.pause(time);
            case TAKES_NO_TIME -> Thread.onSpinWait();
        }
    }

    static Person person(String name) {
        return new Person(new PersonId("terminal", name), name);
    }
}
