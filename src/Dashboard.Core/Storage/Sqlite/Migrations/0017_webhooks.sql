-- Addresses that are told of alerts. Their signing secrets are sealed.
CREATE TABLE webhooks (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    url TEXT NOT NULL,
    minimum_severity TEXT NOT NULL,
    kinds TEXT NOT NULL,
    is_enabled INTEGER NOT NULL,
    disabled_because TEXT,
    may_be_private INTEGER NOT NULL,
    secret BLOB NOT NULL,
    secret_created_at INTEGER NOT NULL,
    previous_secret BLOB,
    previous_created_at INTEGER,
    previous_ends_at INTEGER,
    created_by TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    version INTEGER NOT NULL
) WITHOUT ROWID;

-- What is on its way to them, and what became of it: the attempts are only ever read with it, and are JSON.
CREATE TABLE webhook_deliveries (
    id TEXT PRIMARY KEY,
    webhook_id TEXT NOT NULL,
    message_id TEXT NOT NULL,
    type TEXT NOT NULL,
    kind TEXT NOT NULL,
    severity TEXT NOT NULL,
    message_at INTEGER NOT NULL,
    body TEXT NOT NULL,
    state TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    queued_at INTEGER NOT NULL,
    due_at INTEGER,
    tries INTEGER NOT NULL,
    attempts TEXT NOT NULL,
    ended_at INTEGER,
    given_up_because TEXT,
    version INTEGER NOT NULL
);
CREATE INDEX webhook_deliveries_by_webhook ON webhook_deliveries (webhook_id, created_at, id);
CREATE INDEX webhook_deliveries_by_due ON webhook_deliveries (webhook_id, due_at) WHERE due_at IS NOT NULL;
CREATE INDEX webhook_deliveries_by_time ON webhook_deliveries (created_at);
