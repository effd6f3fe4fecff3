package io.mailban.deploy.wiring;

import io.mailban.access.AccessPolicy;
import io.mailban.approval.ApprovalDecider;
import io.mailban.approval.ApprovalStore;
import io.mailban.audit.AuditLog;
import io.mailban.ban.ServerName;
import io.mailban.bot.Bot;
import io.mailban.bot.EvidenceKeeper;
import io.mailban.bot.Examinations;
import io.mailban.bot.ExemptionKeeper;
import io.mailban.bot.ExemptionPlanner;
import io.mailban.bot.ExemptionTender;
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
import io.mailban.bot.Tidying;
import io.mailban.bot.Unbans;
import io.mailban.bot.Watch;
import io.mailban.chat.Chat;
import io.mailban.chat.Place;
import io.mailban.config.ServerSettings;
import io.mailban.config.ServerSettings.Login;
import io.mailban.config.ServerSettings.Prefix;
import io.mailban.config.Settings;
import io.mailban.diagnosis.Diagnoser;
import io.mailban.known.Recognizer;
import io.mailban.mailserver.Lifter;
import io.mailban.ssh.CommandPrefix;
import io.mailban.ssh.SshMailServers;
import io.mailban.ssh.SshServer;
import io.mailban.ssh.SshSurroundings;
import io.mailban.ssh.SshTrials;
import io.mailban.store.SqliteStore;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

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
        RestraintTalk restraint,
        MuteKeeper mutes,
        Bot bot,
        Home home,
        Tidying tidying)
        implements AutoCloseable {

    /**
     * Wires everything for these settings.
     *
     * @param chat where cards go
     * @param requestPlaces where every request is shown, besides where it was asked
     */
    public static Mailban open(Settings settings, AccessPolicy policy, Chat chat, List<Place> requestPlaces) {
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
        Lifter lifter = new EvidenceKeeper(
                new LiftingInTurn(servers, settings.store()),
                servers,
                servers,
                servers,
                store.evidence(),
                recognizer,
                clock);
        Origins origins = new Origins(servers, servers, servers, clock);
        Restraint restraint = new Restraint(
                store.modeSwitch(),
                store.uses(),
                settings.mode(),
                settings.approval().limitPerHour(),
                clock);
        ExemptionKeeper keeper = new ExemptionKeeper(
                store.exemptions(),
                new ExemptionTender(servers, lifter, servers, store.exemptions(), audit, clock),
                restraint,
                pauses,
                clock);
        Histories histories = new Histories(servers, servers, store.evidence(), audit, clock);
        Unbans unbans = new Unbans(
                servers,
                lifter,
                origins,
                keeper,
                approvals,
                decider,
                new RequestIds(),
                restraint,
                settings.approval().watchFor(),
                pauses,
                clock);
        Watch watch = new Watch(servers, servers, unbans, decider, pauses, clock);
        Reminders reminders = new Reminders(policy, approvals, store.pings(), pauses, clock);
        Requests requests = new Requests(
                unbans,
                inquiries,
                watch,
                approvals,
                store.postedCards(),
                restraint,
                reminders,
                chat,
                requestPlaces,
                pauses,
                clock);
        ExemptionPlanner planner = new ExemptionPlanner(
                servers,
                servers,
                origins,
                store.exemptions(),
                settings.approval().longestExemption());
        RestraintTalk talk = new RestraintTalk(keeper, planner, restraint, requests, chat, clock);
        LookupTalk lookups =
                new LookupTalk(inquiries, histories, servers, talk, audit, store.auditChain(), chat, clock);
        MuteKeeper mutes = new MuteKeeper(store.mutes(), servers, clock);
        Bot bot = new Bot(
                lookups,
                new RequestTalk(unbans, requests, servers, chat),
                talk,
                new MuteTalk(mutes, chat),
                policy,
                chat);
        Home home = new Home(servers, inquiries, requests, decider, talk, clock);
        Tidying tidying = new Tidying(store.eraser(), store.auditChain(), settings.retention(), pauses, clock);
        return new Mailban(
                servers, store, policy, inquiries, histories, unbans, watch, requests, talk, mutes, bot, home, tidying);
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
        return reached(
                settings.name(),
                settings.login(),
                settings.prefix(),
                settings.logPrefix(),
                settings.mailLog().map(log -> {
                    ServerName name = new ServerName(log.login().host());
                    return reached(name, log.login(), log.prefix(), log.prefix(), Optional.empty());
                }));
    }

    private static SshServer reached(
            ServerName name, Login login, Prefix client, Prefix logs, Optional<SshServer> mailLog) {
        return new SshServer(
                name,
                login.host(),
                login.user(),
                login.port(),
                login.key(),
                login.passphrase().map(secret -> secret::reveal),
                CommandPrefix.of(client.text()),
                CommandPrefix.of(logs.text()),
                mailLog);
    }

    @Override
    public void close() {
        requests.close();
        servers.close();
        // What hung on a server is free now.
        requests.close();
        store.close();
    }
}
