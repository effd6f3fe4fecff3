package io.mailban.deploy.slack;

import io.mailban.access.AccessPolicy;
import io.mailban.access.PersonId;
import io.mailban.access.Role;
import io.mailban.access.SelfApproval;
import io.mailban.alert.InMemoryMutes;
import io.mailban.approval.ApprovalDecider;
import io.mailban.approval.ApprovalId;
import io.mailban.approval.InMemoryApprovals;
import io.mailban.audit.InMemoryAudit;
import io.mailban.bot.Bot;
import io.mailban.bot.ExemptionKeeper;
import io.mailban.bot.ExemptionPlanner;
import io.mailban.bot.ExemptionTender;
import io.mailban.bot.FakeIgnoreLists;
import io.mailban.bot.FakeServers;
import io.mailban.bot.Histories;
import io.mailban.bot.Home;
import io.mailban.bot.Inquiries;
import io.mailban.bot.LookupTalk;
import io.mailban.bot.MuteKeeper;
import io.mailban.bot.MuteTalk;
import io.mailban.bot.Origins;
import io.mailban.bot.Pauses;
import io.mailban.bot.Reminders;
import io.mailban.bot.RequestTalk;
import io.mailban.bot.Requests;
import io.mailban.bot.Restraint;
import io.mailban.bot.RestraintTalk;
import io.mailban.bot.Unbans;
import io.mailban.bot.Watch;
import io.mailban.chat.Chat;
import io.mailban.chat.InMemoryDeliveries;
import io.mailban.chat.InMemoryPings;
import io.mailban.chat.InMemoryPostedCards;
import io.mailban.chat.Naming;
import io.mailban.chat.Place;
import io.mailban.diagnosis.Diagnoser;
import io.mailban.exemption.InMemoryExemptions;
import io.mailban.history.InMemoryEvidence;
import io.mailban.known.Recognizer;
import io.mailban.restraint.InMemoryRestraint;
import io.mailban.restraint.Mode;
import io.mailban.slack.FakeSlack;
import io.mailban.slack.SlackPlatform;
import io.mailban.slack.SlackSetup;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;

/** A whole bot, its servers and stores in memory, behind a fake Slack. alice asks, carol and dave approve and help. */
final class SlackWorld implements AutoCloseable {
    static final String ALICE = "U0ALICE";
    static final String BOB = "U0BOB";
    static final String CAROL = "U0CAROL";
    static final String DAVE = "U0DAVE";
    static final String MAIL = "C0MAIL";
    static final String REQUESTS = "C0REQUESTS";

    final FakeSlack slack = FakeSlack.start();
    final FakeServers servers;
    final InMemoryAudit audit = new InMemoryAudit();
    final InMemoryApprovals store = new InMemoryApprovals(audit);
    final InMemoryPostedCards cards = new InMemoryPostedCards(store);
    private final InMemoryRestraint restraint = new InMemoryRestraint(audit);
    private final InMemoryExemptions exemptions = new InMemoryExemptions(audit);
    final SlackPlatform platform;
    final Requests requests;
    final Bot bot;
    final Home home;

    SlackWorld(FakeServers servers) {
        this(servers, Naming.MASKED, Duration.ofMinutes(30), Duration.ofMinutes(10));
    }

    SlackWorld(FakeServers servers, Naming naming, Duration expiry, Duration watch) {
        this.servers = servers;
        InstantSource clock = InstantSource.system();
        Pauses pauses = Thread::sleep;
        slack.expectPing(ALICE, BOB, CAROL, DAVE);
        SlackSetup setup = slack.setup();
        platform = SlackPlatform.of(
                new SlackSetup(
                        setup.botToken(),
                        setup.transport(),
                        setup.api(),
                        setup.workspaces(),
                        setup.channels(),
                        setup.requests(),
                        naming),
                Set.of(),
                clock);
        Chat chat = platform.chat();
        Set<PersonId> asking = Set.of(id(ALICE), id(CAROL), id(DAVE), id(BOB));
        Set<PersonId> deciding = Set.of(id(CAROL), id(DAVE));
        AccessPolicy policy = new AccessPolicy(
                Map.of(Role.READER, asking, Role.HELPER, deciding, Role.REQUESTER, asking, Role.APPROVER, deciding),
                SelfApproval.SINGLE_ADDRESS);
        FakeIgnoreLists lists = new FakeIgnoreLists(servers);
        ApprovalDecider decider = new ApprovalDecider(policy, expiry);
        AtomicInteger ids = new AtomicInteger(1000000);
        Origins origins = new Origins(servers, servers, servers, clock);
        Restraint held = new Restraint(restraint, restraint, new Mode.ReadsAndWrites(), 10_000, clock);
        ExemptionKeeper keeper = new ExemptionKeeper(
                exemptions,
                new ExemptionTender(servers, servers, lists, exemptions, audit, clock),
                held,
                pauses,
                clock);
        Unbans unbans = new Unbans(
                servers,
                servers,
                origins,
                keeper,
                store,
                decider,
                () -> new ApprovalId("a" + ids.incrementAndGet()),
                held,
                watch,
                pauses,
                clock);
        Inquiries inquiries = new Inquiries(servers, servers, servers, new Diagnoser(new Recognizer(Set.of())), clock);
        requests = new Requests(
                unbans,
                inquiries,
                new Watch(servers, servers, unbans, decider, pauses, clock),
                store,
                cards,
                held,
                new Reminders(policy, store, new InMemoryPings(), pauses, clock),
                chat,
                List.of(new Place(SlackSetup.PLATFORM, REQUESTS)),
                pauses,
                clock);
        RestraintTalk talk = new RestraintTalk(
                keeper,
                new ExemptionPlanner(servers, lists, origins, exemptions, Duration.ofDays(30)),
                held,
                requests,
                chat,
                clock);
        Histories histories = new Histories(servers, servers, new InMemoryEvidence(), audit, clock);
        bot = new Bot(
                new LookupTalk(inquiries, histories, servers, talk, audit, audit, chat, clock),
                new RequestTalk(unbans, requests, servers, chat),
                talk,
                new MuteTalk(new MuteKeeper(new InMemoryMutes(audit), servers, clock), chat),
                policy,
                chat);
        home = new Home(servers, inquiries, requests, decider, talk, clock);
        platform.open(new SlackPlatform.Ears(new InMemoryDeliveries(), home::of, bot::handle, requests::catchUp));
        Awaitility.await().until(() -> slack.living() > 0);
    }

    private static PersonId id(String user) {
        return new PersonId(SlackSetup.PLATFORM, user);
    }

    @Override
    public void close() {
        platform.close();
        requests.close();
        slack.close();
    }
}
