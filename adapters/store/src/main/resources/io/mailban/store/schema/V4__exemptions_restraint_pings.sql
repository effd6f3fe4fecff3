-- Exemptions that are not over: fail2ban may hold entries of ours for each of them. What became of those that are over
-- is in the audit log.
CREATE TABLE exemption (
    server          TEXT    NOT NULL,
    address         TEXT    NOT NULL,
    version         INTEGER NOT NULL CHECK (version >= 1),
    from_at         TEXT    NOT NULL,
    until           TEXT    NOT NULL,
    granted_by      TEXT    NOT NULL, -- PLATFORM:ACCOUNT
    granted_by_name TEXT    NOT NULL,
    request         TEXT    NOT NULL,
    reason          TEXT    NOT NULL,
    PRIMARY KEY (server, address)
) STRICT, WITHOUT ROWID;

CREATE TABLE exemption_entry (
    server  TEXT NOT NULL,
    address TEXT NOT NULL,
    jail    TEXT NOT NULL,
    owner   TEXT NOT NULL CHECK (owner IN ('OURS', 'OPERATORS', 'NOBODYS')),
    PRIMARY KEY (server, address, jail),
    FOREIGN KEY (server, address) REFERENCES exemption (server, address) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

-- One row while the bot is switched read-only, none else.
CREATE TABLE read_only (
    one              INTEGER NOT NULL PRIMARY KEY CHECK (one = 1),
    switched_by      TEXT    NOT NULL,
    switched_by_name TEXT    NOT NULL,
    since            TEXT    NOT NULL
) STRICT;

-- What people did within the last hour; older rows go when the same person does the next thing.
CREATE TABLE used (
    number INTEGER NOT NULL PRIMARY KEY,
    who    TEXT    NOT NULL,
    kind   TEXT    NOT NULL CHECK (kind IN ('REQUEST', 'APPROVAL')),
    at     TEXT    NOT NULL
) STRICT;

CREATE INDEX used_by ON used (who, kind, at);

CREATE TABLE ping (
    approval TEXT NOT NULL,
    ping     TEXT NOT NULL CHECK (ping IN ('OPENED', 'REMINDER')),
    PRIMARY KEY (approval, ping)
) STRICT, WITHOUT ROWID;

PRAGMA user_version = 4;
