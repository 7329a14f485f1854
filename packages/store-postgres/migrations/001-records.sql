-- Everything that lives longer than a request: one row for each record of a Bailiwick server.
CREATE TABLE IF NOT EXISTS records (
  -- Ordered byte by byte, whatever the language of the database.
  kind text COLLATE "C" NOT NULL,
  id text COLLATE "C" NOT NULL,
  subject text,
  client_id text,
  session_id text,
  family text,
  -- Seconds since the epoch. From then on the record does not exist, whether or not its row does.
  expires_at double precision NOT NULL,
  version integer NOT NULL,
  -- JSON, given back character by character.
  data text NOT NULL,
  PRIMARY KEY (kind, id)
);

CREATE INDEX IF NOT EXISTS records_by_subject ON records (subject) WHERE subject IS NOT NULL;
CREATE INDEX IF NOT EXISTS records_by_client_id ON records (client_id) WHERE client_id IS NOT NULL;
CREATE INDEX IF NOT EXISTS records_by_session_id ON records (session_id) WHERE session_id IS NOT NULL;
CREATE INDEX IF NOT EXISTS records_by_family ON records (family) WHERE family IS NOT NULL;
CREATE INDEX IF NOT EXISTS records_by_expires_at ON records (expires_at);
