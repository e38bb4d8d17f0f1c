-- When the secrets of clients expire, in an order of its own: they stand in the clients' rows as JSON. Triggers keep it, so that
-- whoever writes a client need not know of it, a migration from another store included.
CREATE TABLE client_secret_expiries (
    client_id TEXT NOT NULL,
    secret_id TEXT NOT NULL,
    expires_at INTEGER NOT NULL,
    PRIMARY KEY (client_id, secret_id)
) WITHOUT ROWID;
CREATE INDEX client_secret_expiries_by_time ON client_secret_expiries (expires_at);
INSERT INTO client_secret_expiries (client_id, secret_id, expires_at)
SELECT clients.id, json_extract(secret.value, '$.id'), json_extract(secret.value, '$.expires_at')
FROM clients, json_each(clients.secrets) AS secret
WHERE json_extract(secret.value, '$.expires_at') IS NOT NULL;

CREATE TRIGGER client_secrets_added AFTER INSERT ON clients
BEGIN
    INSERT INTO client_secret_expiries (client_id, secret_id, expires_at)
    SELECT NEW.id, json_extract(secret.value, '$.id'), json_extract(secret.value, '$.expires_at')
    FROM json_each(NEW.secrets) AS secret
    WHERE json_extract(secret.value, '$.expires_at') IS NOT NULL;
END;

CREATE TRIGGER client_secrets_changed AFTER UPDATE OF secrets ON clients
WHEN NEW.secrets <> OLD.secrets
BEGIN
    DELETE FROM client_secret_expiries WHERE client_id = OLD.id;
    INSERT INTO client_secret_expiries (client_id, secret_id, expires_at)
    SELECT NEW.id, json_extract(secret.value, '$.id'), json_extract(secret.value, '$.expires_at')
    FROM json_each(NEW.secrets) AS secret
    WHERE json_extract(secret.value, '$.expires_at') IS NOT NULL;
END;

CREATE TRIGGER client_secrets_gone AFTER DELETE ON clients
BEGIN
    DELETE FROM client_secret_expiries WHERE client_id = OLD.id;
END;
