-- When a person last decided about a client: from then on it is counted how long it was not used.
ALTER TABLE clients ADD COLUMN decided_at INTEGER;
DROP INDEX clients_unused;
CREATE INDEX clients_unused ON clients (coalesce(decided_at, created_at))
    WHERE ended_at IS NULL AND last_used_at IS NULL AND origin = 'SelfRegistered';

-- When a client ended, while what it was given is still to be revoked: that is another write, and is made up for where it failed.
ALTER TABLE clients ADD COLUMN uncut_since INTEGER;
CREATE INDEX clients_uncut ON clients (uncut_since) WHERE uncut_since IS NOT NULL;
UPDATE clients SET uncut_since = ended_at
WHERE ended_at IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM revocations WHERE scope = 'client' AND value = clients.id);
