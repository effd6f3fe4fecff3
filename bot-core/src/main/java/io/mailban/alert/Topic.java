package io.mailban.alert;

import io.mailban.ban.Jail;
import io.mailban.ban.ServerName;

/** What something that is said unasked is about. */
public sealed interface Topic {
    /** Its name, as fail2ban or the configuration has it. */
    String name();

    /** A jail, on every server that has it. */
    record OfJail(Jail jail) implements Topic {
        @Override
        public String name() {
            return jail.name();
        }

        @Override
        public String toString() {
            return "jail " + jail;
        }
    }

    /** A server, in all its jails. */
    record OfServer(ServerName server) implements Topic {
        @Override
        public String name() {
            return server.name();
        }

        @Override
        public String toString() {
            return "server " + server;
        }
    }
}
