-- Words (stages, kinds, outcomes) are spelt out in CHECKs: rename one in the program, and a test fails until a
-- migration renames it in the rows too. Instants are UTC with nine decimals, so that they sort as text.

PRAGMA application_id = 1296187726; -- "MBAN": tells our files from those of other programs

CREATE TABLE approval (
    id                 TEXT    NOT NULL PRIMARY KEY,
    version            INTEGER NOT NULL CHECK (version >= 1),
    plan               TEXT    NOT NULL, -- the same text for the same plan; the steps themselves are in approval_step
    target_kind        TEXT    NOT NULL CHECK (target_kind IN ('address', 'network', 'other')),
    target             TEXT    NOT NULL,
    requester          TEXT    NOT NULL, -- PLATFORM:ACCOUNT, as everywhere below
    requester_name     TEXT    NOT NULL,
    reason             TEXT    NOT NULL,
    device             TEXT    NOT NULL CHECK (device IN ('PASSWORD_CHANGED', 'SWITCHED_OFF', 'NOT_YET', 'UNKNOWN')),
    requested_at       TEXT    NOT NULL,
    expires_at         TEXT    NOT NULL,
    life               TEXT    NOT NULL CHECK (life IN ('WAITING', 'MOVING', 'OVER')),
    stage              TEXT    NOT NULL
        CHECK (stage IN ('requested', 'approved', 'running', 'done', 'denied', 'expired', 'overtaken')),
    ended_at           TEXT,             -- done, expired, overtaken
    decided_by         TEXT,
    decided_by_name    TEXT,
    decided_at         TEXT,
    decision_kind      TEXT    CHECK (decision_kind IN ('BY_ANOTHER', 'SELF_APPROVED')),
    denied_why         TEXT,
    aftermath          TEXT
        CHECK (aftermath IN ('watching', 'logged in', 'banned again', 'quiet', 'not watched')),
    aftermath_at       TEXT,             -- until when, for watching
    aftermath_mailbox  TEXT,
    aftermath_protocol TEXT,
    aftermath_server   TEXT,
    aftermath_jail     TEXT
) STRICT;

-- Whatever a program may do wrong: never two requests at once for one plan.
CREATE UNIQUE INDEX approval_open_plan ON approval (plan) WHERE life <> 'OVER';
CREATE INDEX approval_open ON approval (requested_at, id) WHERE life <> 'OVER';

CREATE TABLE approval_step (
    approval TEXT    NOT NULL REFERENCES approval (id),
    position INTEGER NOT NULL,
    server   TEXT    NOT NULL,
    jail     TEXT    NOT NULL,
    PRIMARY KEY (approval, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE approval_result (
    approval TEXT    NOT NULL REFERENCES approval (id),
    position INTEGER NOT NULL,
    server   TEXT    NOT NULL,
    jail     TEXT    NOT NULL,
    outcome  TEXT    NOT NULL CHECK (outcome IN ('LIFTED', 'ALREADY_GONE', 'STILL_BANNED')),
    words    TEXT    NOT NULL,
    PRIMARY KEY (approval, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE posted_card (
    position INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    approval TEXT    NOT NULL,
    platform TEXT    NOT NULL,
    place    TEXT    NOT NULL,
    message  TEXT    NOT NULL,
    UNIQUE (approval, platform, place, message)
) STRICT;

-- Only ever added to, in one order without gaps: a later migration can chain the rows by a hash over their columns
-- in the order in which they stand here.
CREATE TABLE audit (
    number   INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    at       TEXT    NOT NULL,
    who      TEXT    NOT NULL,
    who_name TEXT    NOT NULL,
    act      TEXT    NOT NULL,
    subject  TEXT    NOT NULL,
    details  TEXT    NOT NULL
) STRICT;

CREATE TRIGGER audit_keeps_what_was_written BEFORE UPDATE ON audit
BEGIN
    SELECT RAISE(ABORT, 'the audit log is only added to');
END;

CREATE TRIGGER audit_keeps_every_entry BEFORE DELETE ON audit
BEGIN
    SELECT RAISE(ABORT, 'the audit log is only added to');
END;

-- INSERT OR REPLACE would delete without asking the trigger above.
CREATE TRIGGER audit_replaces_nothing BEFORE INSERT ON audit
WHEN EXISTS (SELECT 1 FROM audit WHERE number = NEW.number)
BEGIN
    SELECT RAISE(ABORT, 'the audit log is only added to');
END;

-- Last, and in the same transaction: a program reads this first, and asks for migrations only where it is behind.
PRAGMA user_version = 1;
