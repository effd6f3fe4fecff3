package io.mailban.deploy.shell;

import io.mailban.access.AccessPolicy;
import io.mailban.access.Person;
import io.mailban.access.PersonId;
import io.mailban.access.Role;
import io.mailban.access.SelfApproval;
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
import io.mailban.bot.Inquiries;
import io.mailban.bot.LookupTalk;
import io.mailban.bot.Origins;
import io.mailban.bot.Reminders;
import io.mailban.bot.RequestTalk;
import io.mailban.bot.Requests;
import io.mailban.bot.Restraint;
import io.mailban.bot.RestraintTalk;
import io.mailban.bot.SettableClock;
import io.mailban.bot.Tidying;
import io.mailban.bot.Unbans;
import io.mailban.bot.Watch;
import io.mailban.chat.InMemoryPings;
import io.mailban.chat.InMemoryPostedCards;
import io.mailban.diagnosis.Diagnoser;
import io.mailban.exemption.InMemoryExemptions;
import io.mailban.history.InMemoryEvidence;
import io.mailban.known.Recognizer;
import io.mailban.privacy.NothingToErase;
import io.mailban.privacy.Retention;
import io.mailban.restraint.InMemoryRestraint;
import io.mailban.restraint.Mode;
import io.mailban.terminal.TerminalChat;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** A desk whose servers and stores are in memory; one ban stands. alice asks, carol approves, root may all. */
final class DeskOfFakes {
    static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    static final Person ALICE = person("alice");
    static final Person CAROL = person("carol");
    static final Person ROOT = person("root");
    static final Person MALLORY = person("mallory");

    /** Who holds every role. */
    final Person all;

    final SettableClock clock = new SettableClock(NOON);
    final FakeServers servers =
            new FakeServers("mail1", "mail2").ban("mail1", "postfix-sasl", "203.0.113.7", NOON.minusSeconds(600));
    final FakeIgnoreLists lists = new FakeIgnoreLists(servers)
            .jail("mail1", "postfix-sasl")
            .jail("mail1", "recidive")
            .jail("mail2", "postfix-sasl");
    final InMemoryAudit audit = new InMemoryAudit();
    final InMemoryExemptions exemptions = new InMemoryExemptions(audit);
    final InMemoryRestraint restraint = new InMemoryRestraint(audit);

    /** What the configuration says. */
    Mode mode = new Mode.ReadsAndWrites();

    final InMemoryApprovals store = new InMemoryApprovals(audit);
    final InMemoryPostedCards cards = new InMemoryPostedCards(store);
    final NothingToErase eraser = new NothingToErase(audit);
    final InMemoryEvidence evidence = new InMemoryEvidence();
    final TerminalChat chat = new TerminalChat(clock);

    DeskOfFakes() {
        this(ROOT);
    }

    DeskOfFakes(Person all) {
        this.all = all;
    }

    Desk open() {
        Set<PersonId> asking = Set.of(ALICE.id(), CAROL.id(), all.id());
        Set<PersonId> deciding = Set.of(CAROL.id(), all.id());
        AccessPolicy policy = new AccessPolicy(
                Map.of(Role.READER, asking, Role.HELPER, deciding, Role.REQUESTER, asking, Role.APPROVER, deciding),
                SelfApproval.SINGLE_ADDRESS);
        ApprovalDecider decider = new ApprovalDecider(policy, Duration.ofMinutes(30));
        AtomicInteger ids = new AtomicInteger();
        Origins origins = new Origins(servers, servers, servers, clock);
        Restraint held = new Restraint(restraint, restraint, mode, 20, clock);
        ExemptionKeeper keeper = new ExemptionKeeper(
                exemptions, new ExemptionTender(servers, servers, lists, exemptions, audit, clock), held, clock, clock);
        Unbans unbans = new Unbans(
                servers,
                servers,
                origins,
                keeper,
                store,
                decider,
                () -> new ApprovalId("aaaaaaa" + ids.incrementAndGet()),
                held,
                Duration.ofMinutes(10),
                clock,
                clock);
        Inquiries inquiries = new Inquiries(servers, servers, servers, new Diagnoser(new Recognizer(Set.of())), clock);
        Requests requests = new Requests(
                unbans,
                inquiries,
                new Watch(servers, servers, unbans, decider, clock, clock),
                store,
                cards,
                held,
                new Reminders(
                        policy,
                        store,
                        new InMemoryPings(),
                        _ -> Thread.currentThread().join(),
                        clock),
                chat,
                List.of(),
                _ -> Thread.currentThread().join(),
                clock);
        RestraintTalk talk = new RestraintTalk(
                keeper,
                new ExemptionPlanner(servers, lists, origins, exemptions, Duration.ofDays(30)),
                held,
                requests,
                chat,
                clock);
        Histories histories = new Histories(servers, servers, evidence, audit, clock);
        return new Desk(
                new Bot(
                        new LookupTalk(inquiries, histories, servers, talk, audit, audit, chat, clock),
                        new RequestTalk(unbans, requests, servers, chat),
                        talk,
                        policy,
                        chat),
                inquiries,
                histories,
                unbans,
                requests,
                talk,
                servers,
                store,
                audit,
                audit,
                eraser,
                new Tidying(
                        eraser,
                        audit,
                        new Retention(Duration.ofDays(30), Duration.ofDays(90), Duration.ofDays(365)),
                        clock,
                        clock),
                policy,
                chat,
                clock,
                _ -> Thread.onSpinWait(),
                () -> {});
    }

    static Person person(String name) {
        return new Person(new PersonId("terminal", name), name);
    }
}
