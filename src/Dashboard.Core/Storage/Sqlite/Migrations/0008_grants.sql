-- A refresh token and all that came of it.
ALTER TABLE ledger ADD COLUMN family TEXT;
CREATE INDEX ledger_by_family ON ledger (family, issued_at, token_id) WHERE family IS NOT NULL;

-- Families of refresh tokens. Also one that has no token, where it was revoked before it got its first.
CREATE TABLE refresh_families (
    family TEXT PRIMARY KEY,
    expires_at INTEGER NOT NULL,
    revoked_at INTEGER
) WITHOUT ROWID;
CREATE INDEX refresh_families_by_expiry ON refresh_families (expires_at);

-- Refresh tokens, used ones too: only their hashes. The successor is sealed with the token that it follows.
CREATE TABLE refresh_tokens (
    hash BLOB PRIMARY KEY,
    token_id TEXT NOT NULL,
    family TEXT NOT NULL,
    client TEXT NOT NULL,
    subject TEXT NOT NULL,
    scope TEXT NOT NULL,
    resource TEXT,
    issued_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    predecessor BLOB,
    used_at INTEGER,
    sealed_successor BLOB
) WITHOUT ROWID;
CREATE INDEX refresh_tokens_by_expiry ON refresh_tokens (expires_at);

-- Authorization codes, used ones too: only their hashes.
CREATE TABLE authorization_codes (
    hash BLOB PRIMARY KEY,
    client TEXT NOT NULL,
    redirect_uri TEXT NOT NULL,
    challenge TEXT NOT NULL,
    subject TEXT NOT NULL,
    user_name TEXT NOT NULL,
    scope TEXT NOT NULL,
    resource TEXT,
    issued_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    used_at INTEGER,
    family TEXT
) WITHOUT ROWID;
CREATE INDEX authorization_codes_by_expiry ON authorization_codes (expires_at);
