-- What lets agents register. Hashes only; what is only ever read whole is JSON.
CREATE TABLE agent_keys (
    id TEXT PRIMARY KEY,
    label TEXT NOT NULL,
    origin TEXT NOT NULL,
    created_by TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER,
    hash BLOB NOT NULL UNIQUE,
    secrets TEXT NOT NULL,
    allowed_types TEXT NOT NULL,
    is_enabled INTEGER NOT NULL,
    last_used_at INTEGER,
    last_used_by TEXT,
    version INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX agent_keys_by_expiry ON agent_keys (expires_at) WHERE expires_at IS NOT NULL;

-- The agents that are registered: one a key.
CREATE TABLE agents (
    id TEXT PRIMARY KEY,
    registration TEXT NOT NULL,
    key_id TEXT NOT NULL UNIQUE,
    temp_token_id TEXT,
    token_id TEXT NOT NULL,
    profile TEXT NOT NULL,
    registered_at INTEGER NOT NULL,
    last_seen_at INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX agents_by_last_seen ON agents (last_seen_at);

-- What happened to an agent is asked for by its own page.
ALTER TABLE events ADD COLUMN agent TEXT;
CREATE INDEX events_by_agent ON events (agent, number) WHERE agent IS NOT NULL;
