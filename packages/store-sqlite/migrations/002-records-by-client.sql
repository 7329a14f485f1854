-- The records of one client may be most of the table, so they have to come out of their index in the order in which they
-- are listed.
CREATE INDEX records_by_client ON records (client_id, kind, id) WHERE client_id IS NOT NULL;
DROP INDEX records_by_client_id;
