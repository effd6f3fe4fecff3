package io.mailban.report;

import io.mailban.ban.ServerName;
import io.mailban.mailserver.Description;
import io.mailban.mailserver.Sweeping.Volume;
import io.mailban.mailserver.Unreachable;

/** What came of asking for one server's report. */
public sealed interface Reporting {
    /** Which server. */
    ServerName server();

    /**
     * The logs were read.
     *
     * @param description how the jails are set; without it nothing can be said of settings
     */
    record Told(ServerName server, Report report, Volume volume, Description description) implements Reporting {}

    /** The server could not be asked. */
    record NotTold(Unreachable why) implements Reporting {
        @Override
        public ServerName server() {
            return why.server();
        }
    }
}
