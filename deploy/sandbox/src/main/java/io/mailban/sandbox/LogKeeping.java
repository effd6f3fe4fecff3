package io.mailban.sandbox;

/** Where a mail server's daemons write. */
public enum LogKeeping {
    /** {@code /var/log/mail.log} and {@code /var/log/fail2ban.log}. */
    FILES,
    /** Only the journal: there is no syslog daemon and no log file. */
    JOURNAL
}
