-- Who may register clients: one row once an administrator has decided it.
CREATE TABLE registration_policy (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    mode TEXT NOT NULL,
    client_lifetime INTEGER,
    scopes TEXT NOT NULL,
    version INTEGER NOT NULL
);

-- Tokens that let somebody register a client. Hashes only.
CREATE TABLE initial_access_tokens (
    id TEXT PRIMARY KEY,
    label TEXT NOT NULL,
    hash BLOB NOT NULL,
    created_by TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER,
    uses INTEGER,
    used INTEGER NOT NULL,
    last_used_at INTEGER
) WITHOUT ROWID;
