package io.mailban.mailserver;

import io.mailban.ban.BannedId;
import io.mailban.ban.Jail;

/** What came of lifting one ban in one jail. */
public sealed interface Lifting
        permits Lifting.Lifted, Lifting.NotHeld, Lifting.NotLifted, Fail2banSilent, Unreachable {

    /** fail2ban lifted exactly the one ban. */
    record Lifted() implements Lifting {}

    /** The jail held no such ban (any more); nothing was changed. */
    record NotHeld() implements Lifting {}

    /** fail2ban refused, or lifted another number than one: {@code words} are its own. To be reported and audited. */
    record NotLifted(String words) implements Lifting {}

    /** What a lift runs on the server, as an administrator would type it: for people. */
    static String command(Jail jail, BannedId id) {
        return "fail2ban-client set " + jail + " unbanip " + id.text();
    }
}
