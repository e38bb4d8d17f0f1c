-- When a family was granted: a cut-off covers all that comes of it, however late it is issued. Null for what has no family, and
-- for what was issued before this was kept.
ALTER TABLE ledger ADD COLUMN granted_at INTEGER;
ALTER TABLE refresh_tokens ADD COLUMN granted_at INTEGER;
