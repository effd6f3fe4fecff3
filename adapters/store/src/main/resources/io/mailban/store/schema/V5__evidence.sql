-- Why bans were made that have been lifted since. Lines are as they were logged, redacted, and read again when needed.

CREATE TABLE evidence (
    number      INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    server      TEXT    NOT NULL,
    jail        TEXT    NOT NULL,
    target_kind TEXT    NOT NULL CHECK (target_kind IN ('address', 'network', 'other')),
    target      TEXT    NOT NULL,
    since       TEXT    NOT NULL,
    until       TEXT,
    failures    INTEGER,
    times       INTEGER,
    kept_at     TEXT    NOT NULL,
    owner       TEXT    NOT NULL CHECK (owner IN ('KNOWN', 'UNKNOWN')),
    UNIQUE (server, jail, target_kind, target, since)
) STRICT;

CREATE INDEX evidence_target ON evidence (target);

CREATE TABLE evidence_line (
    evidence INTEGER NOT NULL REFERENCES evidence (number) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    log      TEXT    NOT NULL CHECK (log IN ('fail2ban', 'mail')),
    at       TEXT    NOT NULL,
    line     TEXT    NOT NULL,
    mailbox  TEXT, -- that the line is about
    PRIMARY KEY (evidence, position)
) STRICT, WITHOUT ROWID;

CREATE INDEX evidence_mailbox ON evidence_line (mailbox);

PRAGMA user_version = 5;
