package io.mailban.deploy.command;

import io.mailban.ban.ServerName;
import io.mailban.bot.Reports;
import io.mailban.config.Settings;
import io.mailban.deploy.shell.Exit;
import io.mailban.deploy.shell.ReportJson;
import io.mailban.deploy.wiring.Mailban;
import io.mailban.reply.ReplyWriter;
import io.mailban.report.Reporting;
import io.mailban.ssh.SshMailServers;
import io.mailban.terminal.CardText;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code mailban report}: reads the servers' logs whole, changes nothing, remembers nothing. */
@Command(
        name = "report",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "How often and how long fail2ban locked out known users, which devices are failing now, and what the jails'"
                    + " settings would have had to be.",
            "Read-only. Reads the logs whole, one idle process at a time on each server, and takes a while for it."
        })
final class ReportCommand implements Callable<Integer> {
    private static final long PATIENCE_NANOS = 1_000_000_000;

    private final Map<String, String> env;

    @Parameters(arity = "0..1", paramLabel = "SERVER", description = "Only this one.")
    private Optional<String> name = Optional.empty();

    @Option(names = "--days", paramLabel = "N", description = "How far back: 1 to 365. Default: 30.")
    private int days = 30;

    @Option(names = "--json", description = "Answer with one JSON object.")
    private boolean json;

    @Mixin
    private Sources sources = new Sources();

    ReportCommand(Map<String, String> env) {
        this.env = env;
    }

    @Override
    public Integer call() {
        if (days < 1 || days > 365) {
            throw new Misuse("--days " + days + ": between 1 and 365 days can be looked back on");
        }
        Settings settings = sources.settings(env);
        ThisUser user = new ThisUser(env);
        Duration period = Duration.ofDays(days);
        try (SshMailServers servers = Mailban.servers(settings)) {
            List<ServerName> asked = Sources.named(name, servers.names());
            Reports reports = new Reports(servers, servers, settings.knownAddresses(), InstantSource.system());
            long begun = System.nanoTime();
            Collection<Reporting> all = reports.of(asked, period, (server, source, number, count, bytes) -> {
                        if (System.nanoTime() - begun > PATIENCE_NANOS) {
                            user.err(String.format(
                                    Locale.ROOT,
                                    "%s: reading %s (%d of %d, %.1f MB)%n",
                                    server,
                                    source,
                                    number,
                                    count,
                                    bytes / 1e6));
                        }
                    })
                    .values();
            if (json) {
                user.out(ReportJson.of(all, Instant.now(), period) + "\n");
            } else {
                all.forEach(one -> user.out(CardText.of(ReplyWriter.report(one), user.look(), Instant.now())));
            }
            return exit(all).status();
        }
    }

    private static Exit exit(Collection<Reporting> all) {
        Exit worst = Exit.FINE;
        for (Reporting reporting : all) {
            switch (reporting) {
                case Reporting.NotTold _ -> {
                    return Exit.NOT_TOLD;
                }
                case Reporting.Told told -> {
                    boolean unread = told.report().mailLog().fault().isPresent()
                            || told.report().banLog().fault().isPresent();
                    if (unread) {
                        return Exit.NOT_TOLD;
                    }
                    worst = told.report().stale().isEmpty() ? worst : Exit.KEPT_OUT;
                }
            }
        }
        return worst;
    }
}
