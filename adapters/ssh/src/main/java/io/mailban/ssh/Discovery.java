package io.mailban.ssh;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.mailban.ban.Jail;
import io.mailban.mailserver.Description;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;

/** Finds out what a server is: its fail2ban, its jails, its logs. Remembered for some minutes. Thread-safe. */
final class Discovery {
    private static final Duration FRESH = Duration.ofMinutes(5);

    /** Where a server's logs are is remembered shortly too while its fail2ban doesn't answer. */
    private static final Duration FRESH_WITHOUT_FAIL2BAN = Duration.ofSeconds(20);

    private static final String USUAL_BAN_LOG = "/var/log/fail2ban.log";
    private static final List<String> OF_MAIL =
            List.of("mail", "postfix", "dovecot", "sasl", "sieve", "imap", "pop3", "smtp", "exim", "cyrus", "courier");

    private final Fail2banClients clients;
    private final LogFinder logs;
    private final ReentrantLock discovering = new ReentrantLock();
    private final Cache<Object, Found> remembered =
            Caffeine.newBuilder().maximumSize(1).expireAfterWrite(FRESH).build();
    private final Cache<Object, LogPlaces> provisional = Caffeine.newBuilder()
            .maximumSize(1)
            .expireAfterWrite(FRESH_WITHOUT_FAIL2BAN)
            .build();

    /** What was found. */
    record Found(Description.Described description, LogPlaces places, Set<Jail> jails) {}

    Discovery(Fail2banClients clients, LogFinder logs) {
        this.clients = clients;
        this.logs = logs;
    }

    /** What the server is, from memory if it is fresh there. */
    Found find(Connection connection, Deadline deadline) throws Lost, Unanswered {
        Found known = remembered.getIfPresent(this);
        if (known != null) {
            return known;
        }
        discovering.lock();
        try {
            known = remembered.getIfPresent(this);
            if (known == null) {
                known = discover(connection, deadline);
                remembered.put(this, known);
            }
            return known;
        } finally {
            discovering.unlock();
        }
    }

    /** Where the logs are, whether fail2ban answers or not. */
    LogPlaces places(Connection connection, Deadline deadline) throws Lost {
        LogPlaces usual = provisional.getIfPresent(this);
        if (usual != null) {
            return usual;
        }
        try {
            return find(connection, deadline.share(0.5)).places();
        } catch (Unanswered _) {
            Survey survey = logs.survey(connection, List.of(USUAL_BAN_LOG), deadline);
            LogPlace ban = survey.written().containsKey(USUAL_BAN_LOG)
                    ? new LogPlace.InFile(USUAL_BAN_LOG)
                    : new LogPlace.InJournal();
            LogPlaces found = new LogPlaces(logs.mailLogs(survey, List.of()), Optional.of(ban), survey.clock());
            provisional.put(this, found);
            return found;
        }
    }

    /** The jails that run; none where fail2ban doesn't answer. */
    Set<Jail> jails(Connection connection, Deadline deadline) throws Lost {
        if (provisional.getIfPresent(this) != null) {
            return Set.of();
        }
        try {
            return find(connection, deadline.share(0.5)).jails();
        } catch (Unanswered _) {
            return Set.of();
        }
    }

    /** Forgets what it knows, if that doesn't hold all these jails. */
    void noticed(Set<Jail> jails) {
        Found known = remembered.getIfPresent(this);
        if (known != null && !known.jails().containsAll(jails)) {
            remembered.invalidateAll();
        }
    }

    /** Forgets what it knows: we have changed how a jail is set. */
    void changed() {
        remembered.invalidateAll();
    }

    private Found discover(Connection connection, Deadline deadline) throws Lost, Unanswered {
        List<Answer> general = clients.ask(
                connection,
                List.of(ClientCommand.version(), ClientCommand.status(), ClientCommand.logTarget()),
                deadline);
        List<Jail> jails = ClientText.jails(general.get(1).words());
        JailReader reader = new JailReader(clients, connection, deadline);
        List<JailReader.Read> read = reader.read(jails);
        String target =
                ClientText.tree(general.get(2).words()).stream().findFirst().orElse("");
        LogPlace banLog = target.startsWith("/") ? new LogPlace.InFile(target) : new LogPlace.InJournal();

        Set<String> jailLogs = new TreeSet<>();
        for (JailReader.Read jail : read) {
            jail.logPaths().stream()
                    .filter(path ->
                            !path.equals(target) && isOfMail(jail.settings().jail(), path))
                    .forEach(jailLogs::add);
        }
        Survey survey = logs.survey(connection, List.copyOf(jailLogs), deadline);
        List<LogPlace> mailLogs = logs.mailLogs(survey, List.copyOf(jailLogs));
        LogPlaces places = new LogPlaces(mailLogs, Optional.of(banLog), survey.clock());
        Description.Described description = new Description.Described(
                general.getFirst().words().strip(),
                survey.clock().zone(),
                read.stream().map(JailReader.Read::settings).toList(),
                banLog.text(),
                mailLogs.stream().map(LogPlace::text).toList(),
                survey.newest(mailLogs),
                survey.clock().remark().stream().toList());
        return new Found(description, places, Set.copyOf(jails));
    }

    private static boolean isOfMail(Jail jail, String path) {
        String both = (jail.name() + " " + path).toLowerCase(Locale.ROOT);
        return OF_MAIL.stream().anyMatch(both::contains);
    }
}
