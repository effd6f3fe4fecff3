-- What chat platforms delivered within the last hour, so that what they deliver again is not done again.
CREATE TABLE delivery (
    platform TEXT NOT NULL,
    id       TEXT NOT NULL,
    at       TEXT NOT NULL,
    PRIMARY KEY (platform, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX delivery_at ON delivery (at);

PRAGMA user_version = 7;
