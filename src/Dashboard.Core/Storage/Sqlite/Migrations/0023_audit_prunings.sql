-- The signed records of what was pruned from the log: which entry went last, and which entry tells of it.
CREATE TABLE audit_prunings (
    number INTEGER PRIMARY KEY,
    entry INTEGER NOT NULL,
    statement TEXT NOT NULL
);
CREATE TRIGGER audit_prunings_are_never_changed BEFORE UPDATE ON audit_prunings
    BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
CREATE TRIGGER audit_prunings_are_never_deleted BEFORE DELETE ON audit_prunings
    BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;

-- Entries go between a record that covers them and the entry that tells of it, both of one transaction, and never otherwise.
DROP TRIGGER audit_is_never_deleted;
CREATE TRIGGER audit_is_never_deleted BEFORE DELETE ON audit
    WHEN OLD.number > COALESCE(
        (SELECT MAX(number) FROM audit_prunings WHERE entry > (SELECT number FROM audit_head)), 0)
    BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
