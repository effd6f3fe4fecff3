package io.mailban.examination;

import io.mailban.ban.ServerName;
import java.util.List;

/**
 * Tries what a login can do, by harmless means: nothing on a server is changed. Thread-safe; blocks until all was tried
 * or its deadlines have passed.
 */
public interface Trials {

    /** The servers that can be tried, in the configuration's order. */
    List<ServerName> names();

    /** Tries all that can be tried on one server. */
    Trial of(ServerName server);
}
