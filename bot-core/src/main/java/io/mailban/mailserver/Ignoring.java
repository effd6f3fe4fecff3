package io.mailban.mailserver;

/** What came of adding an address to a jail's list of those never banned, or of taking it off. */
public sealed interface Ignoring
        permits Ignoring.Changed,
                Ignoring.StoodAlready,
                Ignoring.NotThere,
                Ignoring.NotChanged,
                Fail2banSilent,
                Unreachable {

    /** The list was changed, and seen to be. */
    record Changed() implements Ignoring {}

    /** To be added: an entry that covers the address stood there, put by somebody else; nothing was changed. */
    record StoodAlready() implements Ignoring {}

    /** To be taken off: no entry of exactly this address was there, or no such jail; nothing was changed. */
    record NotThere() implements Ignoring {}

    /** fail2ban refused, or the list is not as it should be afterwards: {@code words} are its own. */
    record NotChanged(String words) implements Ignoring {}
}
