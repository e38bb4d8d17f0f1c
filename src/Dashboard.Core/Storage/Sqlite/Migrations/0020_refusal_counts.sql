-- How many requests were refused, in steps of a minute (0), an hour (1) and a day (2), by code and one more thing: none (0), client
-- (1), endpoint (2), address (3), subject (4), or all of these (5).
CREATE TABLE refusal_counts (
    grain INTEGER NOT NULL,
    facet INTEGER NOT NULL,
    value TEXT NOT NULL,
    at INTEGER NOT NULL,
    code TEXT NOT NULL,
    count INTEGER NOT NULL,
    PRIMARY KEY (grain, facet, value, at, code)
) WITHOUT ROWID;
CREATE INDEX refusal_counts_by_time ON refusal_counts (grain, facet, at, code, value, count);

CREATE INDEX events_by_outcome ON events (outcome, number);
CREATE INDEX events_by_code ON events (code, number) WHERE code IS NOT NULL;
CREATE INDEX events_by_address ON events (ip, number) WHERE ip IS NOT NULL;
CREATE INDEX events_by_subject ON events (subject, number) WHERE subject IS NOT NULL;
CREATE INDEX events_by_endpoint ON events (endpoint, number) WHERE endpoint IS NOT NULL;
