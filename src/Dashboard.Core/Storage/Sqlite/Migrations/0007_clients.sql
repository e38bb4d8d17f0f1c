-- Registrations of clients, and for a while what is left of those that ended. What is only ever read whole is JSON; when
-- secrets were used stands apart from them, so that a use changes no registration.
CREATE TABLE clients (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    origin TEXT NOT NULL,
    created_by TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER,
    state TEXT NOT NULL,
    terms TEXT NOT NULL,
    secrets TEXT NOT NULL,
    secret_uses TEXT NOT NULL,
    registration_token_hash BLOB,
    last_used_at INTEGER,
    ended_at INTEGER,
    ended_reason TEXT,
    ended_by TEXT,
    version INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX clients_by_time ON clients (created_at, id) WHERE ended_at IS NULL;
CREATE INDEX clients_ended_by_time ON clients (created_at, id) WHERE ended_at IS NOT NULL;
CREATE INDEX clients_by_expiry ON clients (expires_at) WHERE ended_at IS NULL AND expires_at IS NOT NULL;
CREATE INDEX clients_unused ON clients (created_at)
    WHERE ended_at IS NULL AND last_used_at IS NULL AND origin = 'SelfRegistered';
CREATE INDEX clients_by_end ON clients (ended_at) WHERE ended_at IS NOT NULL;
