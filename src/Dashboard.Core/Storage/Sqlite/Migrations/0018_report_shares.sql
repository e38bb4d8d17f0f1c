-- Reports that colleagues may read for a while. Redacted before they are written; the link is kept as a hash.
CREATE TABLE report_shares (
    id TEXT PRIMARY KEY,
    hash BLOB NOT NULL,
    source TEXT NOT NULL,
    reference TEXT,
    code TEXT,
    created_by TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    report TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX report_shares_by_expiry ON report_shares (expires_at);
