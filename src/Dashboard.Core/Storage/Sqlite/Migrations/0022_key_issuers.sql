-- Whose tokens a key verifies that name no key: those of a system that was taken over. Null for all others.
ALTER TABLE signing_keys ADD COLUMN issuer TEXT;
