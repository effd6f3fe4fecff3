-- Requests that take several people, that can be withdrawn, tried again, or asked anew, and that exempt instead of lift.
-- SQLite changes no CHECK in place: the tables are made anew, and what was in them is copied.

ALTER TABLE approval_result RENAME TO approval_result_1;
ALTER TABLE approval_step RENAME TO approval_step_1;
ALTER TABLE approval RENAME TO approval_1;
DROP INDEX approval_open_plan;
DROP INDEX approval_open;

CREATE TABLE approval (
    id                 TEXT    NOT NULL PRIMARY KEY,
    version            INTEGER NOT NULL CHECK (version >= 1),
    plan               TEXT    NOT NULL, -- the same text for plans that ask for the same; the steps are in approval_step
    kind               TEXT    NOT NULL CHECK (kind IN ('unban', 'exempt')),
    length             TEXT,             -- of an exemption, ISO 8601: PT2H
    target_kind        TEXT    NOT NULL CHECK (target_kind IN ('address', 'network', 'other')),
    target             TEXT    NOT NULL,
    requester          TEXT    NOT NULL, -- PLATFORM:ACCOUNT, as everywhere below
    requester_name     TEXT    NOT NULL,
    reason             TEXT    NOT NULL,
    device             TEXT    NOT NULL CHECK (device IN ('PASSWORD_CHANGED', 'SWITCHED_OFF', 'NOT_YET', 'UNKNOWN')),
    requested_at       TEXT    NOT NULL,
    expires_at         TEXT    NOT NULL,
    needed             INTEGER NOT NULL CHECK (needed >= 1), -- how many people have to say yes; who did: approval_vote
    follows            TEXT,             -- the request in whose place this one was opened; it may be erased by now
    life               TEXT    NOT NULL CHECK (life IN ('WAITING', 'MOVING', 'OVER')),
    stage              TEXT    NOT NULL
        CHECK (stage IN ('requested', 'approved', 'running', 'retrying', 'done', 'denied', 'expired', 'withdrawn',
                         'overtaken', 'replaced', 'revoked')),
    ended_at           TEXT,             -- done, expired, withdrawn, overtaken, replaced, revoked
    decided_by         TEXT,
    decided_by_name    TEXT,
    decided_at         TEXT,
    decision_kind      TEXT    CHECK (decision_kind IN ('BY_ANOTHER', 'SELF_APPROVED', 'EMERGENCY')),
    denied_why         TEXT,
    ended_by           TEXT,             -- who withdrew it
    ended_by_name      TEXT,
    tries              INTEGER,          -- running, retrying: how often the plan was tried before
    retry_at           TEXT,
    replaced_by        TEXT,             -- the request that was opened in the place of this one
    replaced_why       TEXT    CHECK (replaced_why IN ('MORE_THAN_APPROVED', 'EMERGENCY')),
    lost_by            TEXT,             -- who has lost the right that this took
    lost_by_name       TEXT,
    lost_role          TEXT    CHECK (lost_role IN ('READER', 'HELPER', 'REQUESTER', 'APPROVER')),
    aftermath          TEXT
        CHECK (aftermath IN ('watching', 'logged in', 'banned again', 'quiet', 'not watched')),
    aftermath_at       TEXT,             -- until when, for watching
    aftermath_mailbox  TEXT,
    aftermath_protocol TEXT,
    aftermath_server   TEXT,
    aftermath_jail     TEXT
) STRICT;

INSERT INTO approval (id, version, plan, kind, target_kind, target, requester, requester_name, reason, device,
    requested_at, expires_at, needed, life, stage, ended_at, decided_by, decided_by_name, decided_at, decision_kind,
    denied_why, tries, aftermath, aftermath_at, aftermath_mailbox, aftermath_protocol, aftermath_server, aftermath_jail)
SELECT id, version, 'unban' || char(10) || plan, 'unban', target_kind, target, requester, requester_name, reason, device,
    requested_at, expires_at, 1, life, stage, ended_at, decided_by, decided_by_name, decided_at, decision_kind,
    denied_why, CASE stage WHEN 'running' THEN 0 END,
    aftermath, aftermath_at, aftermath_mailbox, aftermath_protocol, aftermath_server, aftermath_jail
FROM approval_1;

-- Whatever a program may do wrong: never two requests at once for one plan.
CREATE UNIQUE INDEX approval_open_plan ON approval (plan) WHERE life <> 'OVER';
CREATE INDEX approval_open ON approval (requested_at, id) WHERE life <> 'OVER';

CREATE TABLE approval_step (
    approval TEXT    NOT NULL REFERENCES approval (id),
    position INTEGER NOT NULL,
    server   TEXT    NOT NULL,
    jail     TEXT    NOT NULL,
    origin   TEXT    NOT NULL CHECK (origin IN ('NO_BAN', 'FAIL2BAN', 'BY_HAND', 'UNKNOWN')),
    since    TEXT,                       -- when the ban began that was seen when the plan was made
    PRIMARY KEY (approval, position)
) STRICT, WITHOUT ROWID;

INSERT INTO approval_step (approval, position, server, jail, origin)
SELECT approval, position, server, jail, 'UNKNOWN' FROM approval_step_1;

CREATE TABLE approval_result (
    approval TEXT    NOT NULL REFERENCES approval (id),
    position INTEGER NOT NULL,
    server   TEXT    NOT NULL,
    jail     TEXT    NOT NULL,
    outcome  TEXT    NOT NULL
        CHECK (outcome IN ('LIFTED', 'ALREADY_GONE', 'STILL_BANNED', 'EXEMPTED', 'NOT_EXEMPTED', 'UNCHECKED',
                           'NOT_TOLD')),
    words    TEXT    NOT NULL,
    PRIMARY KEY (approval, position)
) STRICT, WITHOUT ROWID;

INSERT INTO approval_result SELECT * FROM approval_result_1;

-- Who said yes, and who joined the request.
CREATE TABLE approval_vote (
    approval TEXT    NOT NULL REFERENCES approval (id),
    position INTEGER NOT NULL,
    who      TEXT    NOT NULL,
    who_name TEXT    NOT NULL,
    at       TEXT    NOT NULL,
    PRIMARY KEY (approval, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE approval_joiner (
    approval TEXT    NOT NULL REFERENCES approval (id),
    position INTEGER NOT NULL,
    who      TEXT    NOT NULL,
    who_name TEXT    NOT NULL,
    at       TEXT    NOT NULL,
    PRIMARY KEY (approval, position)
) STRICT, WITHOUT ROWID;

-- A request that was approved under the first schema had one approver.
INSERT INTO approval_vote (approval, position, who, who_name, at)
SELECT id, 0, decided_by, decided_by_name, decided_at FROM approval_1
WHERE stage IN ('approved', 'running', 'done');

DROP TABLE approval_result_1;
DROP TABLE approval_step_1;
DROP TABLE approval_1;

PRAGMA user_version = 2;
