-- Who leads. One row; the term stays when nobody holds the lease.
CREATE TABLE lease (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    node TEXT,
    term INTEGER NOT NULL,
    until INTEGER NOT NULL
);

CREATE TABLE last_purge (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    run TEXT NOT NULL
);

-- What can be used once and was. Only hashes of it.
CREATE TABLE used_once (
    hash BLOB PRIMARY KEY,
    expires_at INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX used_once_by_expiry ON used_once (expires_at);

-- Requests with an Idempotency-Key. The id is a hash of the caller and the key.
CREATE TABLE idempotency (
    id TEXT PRIMARY KEY,
    request_hash BLOB NOT NULL,
    attempt TEXT NOT NULL,
    made_id TEXT,
    expires_at INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX idempotency_by_expiry ON idempotency (expires_at);
