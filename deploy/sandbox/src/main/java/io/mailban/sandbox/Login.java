package io.mailban.sandbox;

/** What came of a client's attempt to log in, as the client sees it. */
public enum Login {
    LOGGED_IN,
    /** The server answered, and didn't accept user and password. */
    WRONG_PASSWORD,
    /** No connection: the port is closed, or a firewall rejects this client. */
    REFUSED,
    /** No answer within five seconds: a firewall drops this client's packets, or the server hangs. */
    TIMED_OUT
}
