-- What the store says of itself: its random id, and what a migration into it has left to do.
CREATE TABLE store (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;
INSERT INTO store (name, value) VALUES ('id', lower(hex(randomblob(16))));
