package io.mailban.maillog;

/** Why a login failed, as far as the line says. */
public enum Cause {
    /** The user exists, the password is another. */
    WRONG_PASSWORD,
    /** There is no such user; mostly a guesser, sometimes a name without its domain. */
    UNKNOWN_USER,
    /** A token (XOAUTH2, OAUTHBEARER) was refused: the person must sign in again, no password is wrong. */
    TOKEN_REFUSED,
    /** The client tried to send a password without TLS, where the server forbids it. */
    PLAINTEXT_REFUSED,
    /** The account is there and may not log in: disabled, expired, or not permitted by PAM. */
    NOT_ALLOWED,
    /** The line doesn't tell a wrong password from an unknown user. */
    UNKNOWN
}
