package io.mailban.bot;

import io.mailban.access.Person;
import io.mailban.approval.Approval;
import io.mailban.approval.ApprovalDecider;
import io.mailban.approval.Plan;
import io.mailban.approval.Stage;
import io.mailban.approval.Stage.Aftermath;
import io.mailban.audit.AuditEntry.Act;
import io.mailban.ban.Address;
import io.mailban.ban.Ban;
import io.mailban.ban.ServerName;
import io.mailban.maillog.MailEvent;
import io.mailban.mailserver.BanListing;
import io.mailban.mailserver.MailServers;
import io.mailban.mailserver.ServerLogs;
import io.mailban.mailserver.Trace;
import io.mailban.mailserver.TraceQuery;
import io.mailban.mailserver.Tracing;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Looks whether the client gets in after its ban was lifted, or is banned again. Thread-safe. */
public final class Watch {
    private static final Duration PACE = Duration.ofSeconds(2);

    /** The server's clock and ours can differ a little, and fail2ban counts whole seconds. */
    private static final Duration SLACK = Duration.ofSeconds(2);

    private final MailServers servers;
    private final ServerLogs logs;
    private final Unbans unbans;
    private final ApprovalDecider decider;
    private final Pauses pauses;
    private final InstantSource clock;

    /** Looks at these. */
    public Watch(
            MailServers servers,
            ServerLogs logs,
            Unbans unbans,
            ApprovalDecider decider,
            Pauses pauses,
            InstantSource clock) {
        this.servers = servers;
        this.logs = logs;
        this.unbans = unbans;
        this.decider = decider;
        this.pauses = pauses;
        this.clock = clock;
    }

    /**
     * Blocks until the client logged in, was banned again, or its time is over; comes back at once with a request that
     * is not being watched.
     */
    public Approval follow(Approval approval) throws InterruptedException {
        if (!(approval.stage() instanceof Stage.Done done)
                || !(done.aftermath() instanceof Aftermath.Watching watching)
                || !(approval.plan().target() instanceof Address address)) {
            return approval;
        }
        List<ServerName> where = approval.plan().steps().stream()
                .map(Plan.Step::server)
                .distinct()
                .toList();
        while (true) {
            Optional<Aftermath> seen = look(address, where, done.at());
            if (seen.isEmpty() && !clock.instant().isBefore(watching.until())) {
                seen = Optional.of(new Aftermath.Quiet(clock.instant()));
            }
            if (seen.isPresent()) {
                return writeDown(approval, done, seen.get());
            }
            pauses.pause(PACE);
        }
    }

    private Optional<Aftermath> look(Address address, List<ServerName> where, Instant lifted) {
        return Everywhere.ask(where, server -> look(address, server, lifted)).values().stream()
                .flatMap(Optional::stream)
                .findFirst();
    }

    private Optional<Aftermath> look(Address address, ServerName server, Instant lifted) {
        if (servers.bans(server, address) instanceof BanListing.Standing(var bans)) {
            Optional<Ban> again = bans.stream()
                    .filter(ban -> ban.id().equals(address))
                    .filter(ban -> ban.since().isEmpty() || !ban.since().get().isBefore(lifted.minus(SLACK)))
                    .findFirst();
            if (again.isPresent()) {
                return Optional.of(new Aftermath.BannedAgain(
                        again.get().since().orElse(clock.instant()),
                        server,
                        again.get().jail()));
            }
        }
        if (logs.traces(server, TraceQuery.of(address, lifted)) instanceof Tracing.Traced traced) {
            for (Trace trace : traced.traces()) {
                if (trace instanceof Trace.OfMail mail
                        && mail.event() instanceof MailEvent.Login login
                        && !mail.at().isBefore(lifted)) {
                    return Optional.of(new Aftermath.LoggedIn(
                            mail.at(), login.mailbox(), login.protocol().name()));
                }
            }
        }
        return Optional.empty();
    }

    private Approval writeDown(Approval approval, Stage.Done done, Aftermath seen) {
        String words = switch (seen) {
            case Aftermath.LoggedIn in -> in.mailbox() + " logged in by " + in.protocol();
            case Aftermath.BannedAgain again -> "banned again by " + again.jail() + " on " + again.server();
            case Aftermath.Quiet _ -> "the client did not come back while it was watched";
            case Aftermath.Watching _, Aftermath.NotWatched _ -> "";
        };
        Stage.Done after = new Stage.Done(done.decision(), done.at(), done.results(), seen);
        return unbans.write(approval, decider.move(approval, after, Person.BOT, Act.WATCHED, words, clock.instant()));
    }
}
