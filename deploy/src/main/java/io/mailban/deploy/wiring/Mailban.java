package io.mailban.deploy.wiring;

import io.mailban.access.AccessPolicy;
import io.mailban.approval.Approval;
import io.mailban.approval.ApprovalDecider;
import io.mailban.approval.ApprovalStore;
import io.mailban.approval.ExemptPlan;
import io.mailban.approval.Plan;
import io.mailban.approval.Stage.StepResult;
import io.mailban.audit.AuditLog;
import io.mailban.bot.Bot;
import io.mailban.bot.EvidenceKeeper;
import io.mailban.bot.Examinations;
import io.mailban.bot.Histories;
import io.mailban.bot.Inquiries;
import io.mailban.bot.Origins;
import io.mailban.bot.Pauses;
import io.mailban.bot.Requests;
import io.mailban.bot.Tidying;
import io.mailban.bot.Unbans;
import io.mailban.bot.Watch;
import io.mailban.chat.Chat;
import io.mailban.config.ServerSettings;
import io.mailban.config.Settings;
import io.mailban.diagnosis.Diagnoser;
import io.mailban.known.Recognizer;
import io.mailban.ssh.CommandPrefix;
import io.mailban.ssh.SshMailServers;
import io.mailban.ssh.SshServer;
import io.mailban.ssh.SshSurroundings;
import io.mailban.ssh.SshTrials;
import io.mailban.store.SqliteStore;
import java.time.InstantSource;
import java.util.List;

/**
 * The program, wired by hand: the one page that knows every room. Opening it reaches no server yet.
 *
 * @param servers the mail servers, over SSH
 * @param store what is remembered
 */
public record Mailban(
        SshMailServers servers,
        SqliteStore store,
        AccessPolicy policy,
        Inquiries inquiries,
        Histories histories,
        Unbans unbans,
        Watch watch,
        Requests requests,
        Bot bot,
        Tidying tidying)
        implements AutoCloseable {

    /**
     * Wires everything for these settings.
     *
     * @param chat where cards go
     */
    public static Mailban open(Settings settings, AccessPolicy policy, Chat chat) {
        InstantSource clock = InstantSource.system();
        Pauses pauses = Thread::sleep;
        SshMailServers servers = servers(settings);
        SqliteStore store = SqliteStore.open(settings.store());
        ApprovalStore approvals = store.approvals();
        AuditLog audit = store.audit();
        ApprovalDecider decider = new ApprovalDecider(
                policy, settings.approval().quorum(), settings.approval().expiresAfter());
        Recognizer recognizer = new Recognizer(settings.knownAddresses());
        Diagnoser diagnoser = new Diagnoser(recognizer);
        Inquiries inquiries = new Inquiries(servers, servers, servers, diagnoser, clock);
        Histories histories = new Histories(servers, servers, store.evidence(), audit, clock);
        Unbans unbans = new Unbans(
                new EvidenceKeeper(
                        new LiftingInTurn(servers, settings.store()),
                        servers,
                        servers,
                        store.evidence(),
                        recognizer,
                        clock),
                new Origins(servers, servers, servers, clock),
                Mailban::notYet,
                approvals,
                decider,
                new RequestIds(),
                settings.approval().watchFor(),
                clock);
        Watch watch = new Watch(servers, servers, unbans, decider, pauses, clock);
        Requests requests = new Requests(unbans, watch, approvals, store.postedCards(), chat, pauses, clock);
        Bot bot = new Bot(
                inquiries, histories, unbans, requests, servers, audit, store.auditChain(), policy, chat, clock);
        Tidying tidying = new Tidying(store.eraser(), store.auditChain(), settings.retention(), pauses, clock);
        return new Mailban(servers, store, policy, inquiries, histories, unbans, watch, requests, bot, tidying);
    }

    /** Nobody can ask for an exemption yet. */
    private static StepResult notYet(Approval approval, ExemptPlan plan, Plan.Step step) {
        return new StepResult(step.server(), step.jail(), StepResult.Outcome.NOT_EXEMPTED, "this bot exempts nobody");
    }

    /** The mail servers alone, for commands that remember nothing. */
    public static SshMailServers servers(Settings settings) {
        return new SshMailServers(
                settings.servers().stream().map(Mailban::server).toList(),
                surroundings(settings),
                settings.ssh().deadline());
    }

    /** What examines the mail servers. */
    public static Examinations examinations(Settings settings) {
        return new Examinations(
                new SshTrials(
                        settings.servers().stream().map(Mailban::server).toList(),
                        surroundings(settings),
                        settings.ssh().deadline()),
                InstantSource.system());
    }

    /** OpenSSH's files as these settings name them. */
    public static SshSurroundings surroundings(Settings settings) {
        SshSurroundings ours = SshSurroundings.ofThisUser();
        return new SshSurroundings(
                ours.home(),
                settings.ssh().config().map(List::of).orElse(ours.configs()),
                settings.ssh().knownHosts(),
                ours.agent());
    }

    /** How a server of the settings is reached. */
    public static SshServer server(ServerSettings settings) {
        return new SshServer(
                settings.name(),
                settings.host(),
                settings.user(),
                settings.port(),
                settings.key(),
                settings.passphrase().map(secret -> secret::reveal),
                CommandPrefix.of(settings.prefix().text()),
                CommandPrefix.of(settings.logPrefix().text()),
                settings.mailLog().map(log -> mailLog(settings, log)));
    }

    private static SshServer mailLog(ServerSettings settings, ServerSettings.MailLog log) {
        CommandPrefix prefix = CommandPrefix.of(log.prefix().text());
        return new SshServer(
                settings.name(),
                log.host(),
                log.user(),
                log.port(),
                log.key(),
                log.passphrase().map(secret -> secret::reveal),
                prefix,
                prefix);
    }

    @Override
    public void close() {
        servers.close();
        store.close();
    }
}
