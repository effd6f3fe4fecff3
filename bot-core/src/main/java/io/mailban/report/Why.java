package io.mailban.report;

import io.mailban.diagnosis.BanCause;
import io.mailban.maillog.Cause;

/** What locked somebody out, in a word. */
public enum Why {
    /** The password was another. */
    WRONG_PASSWORD,
    /** There is no such user: a name without its domain, or mistyped. */
    UNKNOWN_USER,
    /** A token was refused: sign in again. */
    SIGN_IN_AGAIN,
    /** The password was sent without TLS. */
    NO_TLS,
    /** The account may not log in. */
    NOT_ALLOWED,
    /** A login failed, and the log doesn't say why. */
    FAILED_LOGIN,
    /** Lines that are no failed logins. */
    NO_LOGIN,
    /** Earlier bans. */
    BANNED_BEFORE,
    /** Somebody typed it. */
    BY_HAND,
    /** The logs don't tell. */
    NOT_TOLD;

    /** The word for a cause. */
    static Why of(BanCause cause) {
        return switch (cause) {
            case BanCause.FailedLogins failed -> of(failed.reason());
            case BanCause.Forged _, BanCause.NoLoginTried _, BanCause.RejectedRecipients _, BanCause.OtherLines _ ->
                NO_LOGIN;
            case BanCause.BannedBefore _ -> BANNED_BEFORE;
            case BanCause.ByHand _ -> BY_HAND;
            case BanCause.NotInLogs _ -> NOT_TOLD;
        };
    }

    static Why of(Cause cause) {
        return switch (cause) {
            case WRONG_PASSWORD -> WRONG_PASSWORD;
            case UNKNOWN_USER -> UNKNOWN_USER;
            case TOKEN_REFUSED -> SIGN_IN_AGAIN;
            case PLAINTEXT_REFUSED -> NO_TLS;
            case NOT_ALLOWED -> NOT_ALLOWED;
            case UNKNOWN -> FAILED_LOGIN;
        };
    }
}
