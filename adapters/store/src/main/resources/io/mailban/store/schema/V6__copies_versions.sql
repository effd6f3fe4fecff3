-- Which state of its request each copy shows, so that one that was left behind is found. 0: nobody wrote it down.

ALTER TABLE posted_card ADD COLUMN version INTEGER NOT NULL DEFAULT 0 CHECK (version >= 0);
ALTER TABLE posted_card ADD COLUMN chapter INTEGER NOT NULL DEFAULT 0 CHECK (chapter >= 0); -- the last told beside it

CREATE INDEX approval_requested ON approval (requested_at, id);

PRAGMA user_version = 6;
