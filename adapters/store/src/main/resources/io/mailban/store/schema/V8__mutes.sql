-- What is to be quiet until then. Rows that are over go when the next one is written.
CREATE TABLE mute (
    kind          TEXT NOT NULL CHECK (kind IN ('JAIL', 'SERVER')),
    name          TEXT NOT NULL,
    since         TEXT NOT NULL,
    until         TEXT NOT NULL,
    muted_by      TEXT NOT NULL, -- PLATFORM:ACCOUNT
    muted_by_name TEXT NOT NULL,
    PRIMARY KEY (kind, name)
) STRICT, WITHOUT ROWID;

PRAGMA user_version = 8;
