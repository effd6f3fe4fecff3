package io.mailban.maillog;

/** The daemon that wrote a line. */
public enum Service {
    POSTFIX,
    DOVECOT
}
