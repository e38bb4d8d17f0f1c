CREATE INDEX audit_by_kind ON audit (object_kind, number);

-- Where the log stands, apart from its rows: without the newest of them the chain alone would still look whole.
CREATE TABLE audit_head (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    number INTEGER NOT NULL,
    at INTEGER NOT NULL,
    hash BLOB NOT NULL
);
INSERT INTO audit_head (id, number, at, hash) SELECT 1, number, at, hash FROM audit ORDER BY number DESC LIMIT 1;
CREATE TRIGGER audit_moves_its_head AFTER INSERT ON audit BEGIN
    INSERT INTO audit_head (id, number, at, hash) VALUES (1, NEW.number, NEW.at, NEW.hash)
    ON CONFLICT (id) DO UPDATE SET number = excluded.number, at = excluded.at, hash = excluded.hash;
END;
CREATE TRIGGER audit_head_never_goes_back BEFORE UPDATE ON audit_head WHEN NEW.number <= OLD.number
    BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
CREATE TRIGGER audit_head_is_never_deleted BEFORE DELETE ON audit_head
    BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;

CREATE TABLE audit_checkpoints (
    number INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    taken_by TEXT NOT NULL,
    statement TEXT NOT NULL
);
CREATE TRIGGER audit_checkpoints_are_never_changed BEFORE UPDATE ON audit_checkpoints
    BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
CREATE TRIGGER audit_checkpoints_are_never_deleted BEFORE DELETE ON audit_checkpoints
    BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
