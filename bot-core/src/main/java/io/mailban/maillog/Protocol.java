package io.mailban.maillog;

/** What a client spoke when it logged in. */
public enum Protocol {
    IMAP,
    POP3,
    /** Postfix's {@code smtpd} on any port, and Dovecot's {@code submission-login}. */
    SMTP,
    /** Dovecot's {@code managesieve-login}. */
    SIEVE
}
