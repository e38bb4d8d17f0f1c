-- Up to which alert webhooks were told.
CREATE TABLE alert_notices (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    number INTEGER NOT NULL
);
