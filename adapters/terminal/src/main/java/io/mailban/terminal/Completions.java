package io.mailban.terminal;

import java.util.List;

/** What Tab offers, asked anew each time. Thread-safe and quick: somebody waits with a finger on the key. */
public interface Completions {
    /** First words of a line. */
    List<String> commands();

    /** Servers by their names. */
    List<String> servers();

    /** Jails of all servers. */
    List<String> jails();

    /** Addresses and mailboxes seen lately, newest first; those on the screen are known without it. */
    List<String> seen();
}
