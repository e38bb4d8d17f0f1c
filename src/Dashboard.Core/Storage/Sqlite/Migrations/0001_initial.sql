CREATE TABLE secrets (
    name TEXT PRIMARY KEY,
    value BLOB NOT NULL
) WITHOUT ROWID;

CREATE TABLE data_protection_keys (
    name TEXT PRIMARY KEY,
    xml TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE audit (
    number INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    who TEXT NOT NULL,
    role TEXT,
    ip TEXT,
    session TEXT,
    action TEXT NOT NULL,
    object_kind TEXT NOT NULL,
    object_id TEXT NOT NULL,
    reason TEXT,
    before TEXT,
    after TEXT,
    previous_hash BLOB NOT NULL,
    hash BLOB NOT NULL
);
CREATE INDEX audit_by_who ON audit (who, number);
CREATE INDEX audit_by_action ON audit (action, number);
CREATE INDEX audit_by_object ON audit (object_id, number);
CREATE TRIGGER audit_is_never_changed BEFORE UPDATE ON audit
    BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
CREATE TRIGGER audit_is_never_deleted BEFORE DELETE ON audit
    BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;

CREATE TABLE signing_keys (
    key_id TEXT PRIMARY KEY,
    algorithm TEXT NOT NULL,
    state TEXT NOT NULL,
    public_part BLOB NOT NULL,
    sealed_private_part BLOB NOT NULL,
    created_at INTEGER NOT NULL,
    current_since INTEGER,
    previous_since INTEGER,
    retired_at INTEGER,
    revoked_at INTEGER
) WITHOUT ROWID;
-- At most one key signs and one waits, whatever races.
CREATE UNIQUE INDEX one_signing_key ON signing_keys (state) WHERE state IN ('current', 'next');

-- Rows in order of issuing, not of their random ids: a new row goes to the end.
CREATE TABLE ledger (
    token_id TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    client TEXT,
    session TEXT,
    scope TEXT NOT NULL,
    audience TEXT NOT NULL,
    key_id TEXT NOT NULL,
    issued_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    issued_by TEXT NOT NULL,
    claims TEXT NOT NULL,
    defect TEXT,
    first_presented_at INTEGER,
    first_presented_ip TEXT,
    first_presented_agent TEXT,
    first_presented_to TEXT,
    last_presented_at INTEGER,
    last_presented_ip TEXT,
    last_presented_agent TEXT,
    last_presented_to TEXT,
    revoked_at INTEGER,
    revoked_by TEXT,
    revoked_reason TEXT
);
-- Carries what decides a token's status, so that a filter by status reads no row it does not show.
CREATE INDEX ledger_by_time ON ledger (issued_at, token_id, expires_at, revoked_at);
CREATE INDEX ledger_by_subject ON ledger (subject, issued_at, token_id);
CREATE INDEX ledger_by_client ON ledger (client, issued_at, token_id) WHERE client IS NOT NULL;
CREATE INDEX ledger_by_session ON ledger (session, issued_at, token_id) WHERE session IS NOT NULL;
CREATE INDEX ledger_by_key ON ledger (key_id, issued_at, token_id);
CREATE INDEX ledger_by_kind ON ledger (kind, issued_at, token_id);
CREATE INDEX ledger_by_scope ON ledger (scope, issued_at, token_id);
CREATE INDEX ledger_by_expiry ON ledger (expires_at, issued_at, token_id);
CREATE INDEX ledger_by_key_expiry ON ledger (key_id, expires_at);
CREATE INDEX ledger_revoked ON ledger (issued_at, token_id) WHERE revoked_at IS NOT NULL;
CREATE INDEX ledger_revoked_by_expiry ON ledger (expires_at) WHERE revoked_at IS NOT NULL;
CREATE INDEX ledger_by_revocation ON ledger (revoked_at) WHERE revoked_at IS NOT NULL;
CREATE INDEX ledger_never_presented ON ledger (issued_at, token_id) WHERE first_presented_at IS NULL;

CREATE TABLE revocations (
    id TEXT PRIMARY KEY,
    scope TEXT NOT NULL,
    value TEXT NOT NULL,
    filter TEXT NOT NULL,
    issued_before INTEGER NOT NULL,
    revoked_at INTEGER NOT NULL,
    revoked_by TEXT NOT NULL,
    reason TEXT NOT NULL,
    state TEXT NOT NULL,
    progress_cursor TEXT,
    revoked_tokens INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;
CREATE INDEX revocations_by_time ON revocations (revoked_at, id);
CREATE INDEX revocations_running ON revocations (state) WHERE state = 'running';

CREATE TABLE events (
    number INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    kind TEXT NOT NULL,
    outcome TEXT NOT NULL,
    code TEXT,
    subject TEXT,
    client TEXT,
    token_id TEXT,
    ip TEXT,
    user_agent TEXT,
    endpoint TEXT,
    request_id TEXT,
    detail TEXT,
    report TEXT
);
CREATE INDEX events_by_request ON events (request_id) WHERE request_id IS NOT NULL;
CREATE INDEX events_by_token ON events (token_id, number) WHERE token_id IS NOT NULL;
CREATE INDEX events_by_time ON events (at);
CREATE INDEX events_by_kind ON events (kind, at);

CREATE TABLE operators (
    id TEXT PRIMARY KEY,
    user_name TEXT NOT NULL,
    normalized_name TEXT NOT NULL UNIQUE,
    password_hash TEXT NOT NULL,
    security_stamp TEXT NOT NULL,
    role TEXT NOT NULL,
    enabled INTEGER NOT NULL,
    must_change_password INTEGER NOT NULL,
    created_at INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE sessions (
    session TEXT PRIMARY KEY,
    secret_hash BLOB UNIQUE,
    kind TEXT NOT NULL,
    operator_id TEXT NOT NULL,
    user_name TEXT NOT NULL,
    role TEXT NOT NULL,
    operator_stamp TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    last_seen_at INTEGER NOT NULL,
    ends_at INTEGER NOT NULL,
    ip TEXT,
    user_agent TEXT,
    binding TEXT NOT NULL,
    failed_proofs INTEGER NOT NULL DEFAULT 0,
    ended_at INTEGER,
    ended_reason TEXT
) WITHOUT ROWID;
CREATE INDEX sessions_by_operator ON sessions (operator_id, created_at);
CREATE INDEX sessions_open ON sessions (ends_at) WHERE ended_at IS NULL;
CREATE INDEX sessions_ended ON sessions (ended_at) WHERE ended_at IS NOT NULL;
