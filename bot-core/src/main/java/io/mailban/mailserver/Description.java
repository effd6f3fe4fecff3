package io.mailban.mailserver;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/** What came of asking a server what it is. */
public sealed interface Description permits Description.Described, Fail2banSilent, Unreachable {

    /**
     * The server as discovered.
     *
     * @param fail2banVersion such as {@code 1.1.0}
     * @param zone the server's own time zone, in which fail2ban writes its log
     * @param jails the jails that run, by name
     * @param banLog where fail2ban logs: a path, or {@code the journal}
     * @param mailLogs where the mail daemons log, likewise
     * @param newestLine when the newest line of the mail log was written; empty where there is none
     * @param remarks what is out of the ordinary
     */
    record Described(
            String fail2banVersion,
            ZoneId zone,
            List<JailSettings> jails,
            String banLog,
            List<String> mailLogs,
            Optional<Instant> newestLine,
            List<Remark> remarks)
            implements Description {
        /** Copies the lists. */
        public Described {
            jails = List.copyOf(jails);
            mailLogs = List.copyOf(mailLogs);
            remarks = List.copyOf(remarks);
        }
    }
}
