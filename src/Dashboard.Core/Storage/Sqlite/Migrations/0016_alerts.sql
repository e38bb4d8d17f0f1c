-- What somebody should look at. Of each kind and key one is open at most. States are in the order in which they are listed.
CREATE TABLE alerts (
    id TEXT PRIMARY KEY,
    number INTEGER NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    key TEXT NOT NULL,
    severity INTEGER NOT NULL,
    title TEXT NOT NULL,
    detail TEXT NOT NULL,
    href TEXT NOT NULL,
    opened_at INTEGER NOT NULL,
    last_at INTEGER NOT NULL,
    count INTEGER NOT NULL,
    state INTEGER NOT NULL,
    is_muted INTEGER NOT NULL,
    acknowledged_at INTEGER,
    acknowledged_by TEXT,
    acknowledged_why TEXT,
    resolved_at INTEGER
) WITHOUT ROWID;
CREATE UNIQUE INDEX alerts_unresolved ON alerts (kind, key) WHERE state < 2;
CREATE INDEX alerts_by_key ON alerts (kind, key, number);
CREATE INDEX alerts_by_state ON alerts (state, number);
CREATE INDEX alerts_by_end ON alerts (resolved_at) WHERE resolved_at IS NOT NULL;

-- Who does not want to hear of which alerts for a while; an empty key stands for all of the kind.
CREATE TABLE alert_mutes (
    kind TEXT NOT NULL,
    key TEXT NOT NULL,
    until INTEGER NOT NULL,
    reason TEXT NOT NULL,
    muted_by TEXT NOT NULL,
    muted_at INTEGER NOT NULL,
    PRIMARY KEY (kind, key)
) WITHOUT ROWID;

-- Rules over counts of refusals, beside those that every store has until somebody changes them.
CREATE TABLE alert_rules (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    code TEXT,
    counted_by TEXT NOT NULL,
    threshold INTEGER NOT NULL,
    minutes INTEGER NOT NULL,
    severity INTEGER NOT NULL,
    is_enabled INTEGER NOT NULL,
    version INTEGER NOT NULL
) WITHOUT ROWID;
