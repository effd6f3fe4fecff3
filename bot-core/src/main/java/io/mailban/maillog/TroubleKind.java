package io.mailban.maillog;

/** What keeps a client or its mail out when no ban does. */
public enum TroubleKind {
    /** Dovecot's {@code mail_max_userip_connections}, Postfix's {@code smtpd_client_connection_count_limit}. */
    CONNECTION_LIMIT,
    /** Postfix's limits of connections, messages, recipients, logins or TLS sessions in a minute. */
    RATE_LIMIT,
    /** The client broke off TLS because it doesn't accept the server's certificate (alerts 42, 45, 46, 48). */
    CERTIFICATE_REFUSED,
    /** The mailbox's quota is used up. */
    MAILBOX_FULL,
    /** The server's disk is full. */
    DISK_FULL,
    /** A message for a mailbox of this server waits in the queue or was sent back: it did not get in. */
    NOT_DELIVERED
}
