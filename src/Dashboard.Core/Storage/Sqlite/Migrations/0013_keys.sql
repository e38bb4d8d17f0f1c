-- Of each algorithm one key signs and one waits, whatever races.
DROP INDEX one_signing_key;
CREATE UNIQUE INDEX one_signing_key ON signing_keys (algorithm, state) WHERE state IN ('current', 'next');

-- When a shared secret became known to somebody beside Signet, and whether a key was made elsewhere.
ALTER TABLE signing_keys ADD COLUMN shared_at INTEGER;
ALTER TABLE signing_keys ADD COLUMN is_imported INTEGER NOT NULL DEFAULT 0;

-- What keys were used for, apart from them: a use changes no key.
CREATE TABLE key_uses (
    key_id TEXT PRIMARY KEY,
    issued INTEGER NOT NULL,
    last_signed_at INTEGER,
    last_verified_at INTEGER
) WITHOUT ROWID;
INSERT INTO key_uses (key_id, issued, last_signed_at, last_verified_at)
SELECT key_id, COUNT(*), MAX(issued_at), MAX(last_presented_at) FROM ledger WHERE key_id <> '' GROUP BY key_id;
