-- What happened to a client is asked for by its own page.
CREATE INDEX events_by_client ON events (client, number) WHERE client IS NOT NULL;
