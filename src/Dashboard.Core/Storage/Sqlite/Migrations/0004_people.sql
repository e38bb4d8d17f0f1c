-- Operators change as a whole, from one version to the next.
ALTER TABLE operators ADD COLUMN version INTEGER NOT NULL DEFAULT 0;
ALTER TABLE operators ADD COLUMN second_factors TEXT NOT NULL DEFAULT '{}';

-- What a session's person has proved, and what they are asked to confirm.
ALTER TABLE sessions ADD COLUMN proven_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE sessions ADD COLUMN second_factor TEXT;
ALTER TABLE sessions ADD COLUMN second_factor_at INTEGER;
ALTER TABLE sessions ADD COLUMN challenge TEXT;
ALTER TABLE sessions ADD COLUMN challenged_at INTEGER;
ALTER TABLE sessions DROP COLUMN failed_proofs;
