-- Every decision about a session is found by its name.
ALTER TABLE events ADD COLUMN session TEXT;
CREATE INDEX events_by_session ON events (session, number) WHERE session IS NOT NULL;

-- Lists of sessions, newest first: one way in for each filter, so that no page looks past the rows of others. Open ones are
-- few, and nearly all others have ended.
DROP INDEX sessions_by_operator;
CREATE INDEX sessions_by_time ON sessions (created_at, session);
CREATE INDEX sessions_by_kind ON sessions (kind, created_at, session);
CREATE INDEX sessions_by_operator ON sessions (operator_id, created_at, session);
CREATE INDEX sessions_by_operator_and_kind ON sessions (operator_id, kind, created_at, session);
CREATE INDEX sessions_open_by_time ON sessions (created_at, session) WHERE ended_at IS NULL;
CREATE INDEX sessions_open_by_operator ON sessions (operator_id, created_at, session) WHERE ended_at IS NULL;
