package io.mailban.chat;

import io.mailban.approval.ApprovalId;

/** Remembers who was pinged about a request, so that nobody is twice. Thread-safe, also between processes on one store. */
public interface Pings {
    /** Writes down that it is about to be made, if it was not before: whoever gets the turn makes it. */
    Turn claim(ApprovalId id, Ping ping);

    /** A request's pings. */
    enum Ping {
        /** When it is opened. */
        OPENED,
        /** When it has waited for some minutes. */
        REMINDER
    }

    /** Whether to make it. */
    enum Turn {
        /** Make it. */
        OURS,
        /** It was made, or somebody died over it: never again. */
        TAKEN
    }
}
