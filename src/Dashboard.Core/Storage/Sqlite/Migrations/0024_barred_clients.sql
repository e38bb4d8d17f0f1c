-- Clients that people keep out, but for those that they never let in, of which strangers can make any number: APIs that validate
-- tokens by themselves are told of them.
CREATE INDEX clients_barred ON clients (id)
WHERE ended_at IS NULL AND (state = 'Disabled' OR (state = 'Pending' AND version > 0));
