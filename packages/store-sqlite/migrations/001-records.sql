-- Everything that lives longer than a request: one row for each record of a Bailiwick server.
CREATE TABLE records (
  kind TEXT NOT NULL,
  id TEXT NOT NULL,
  subject TEXT,
  client_id TEXT,
  session_id TEXT,
  family TEXT,
  -- Seconds since the epoch. From then on the record does not exist, whether or not its row does.
  expires_at INTEGER NOT NULL,
  version INTEGER NOT NULL,
  -- JSON
  data TEXT NOT NULL,
  PRIMARY KEY (kind, id)
);

CREATE INDEX records_by_subject ON records (subject) WHERE subject IS NOT NULL;
CREATE INDEX records_by_client_id ON records (client_id) WHERE client_id IS NOT NULL;
CREATE INDEX records_by_session_id ON records (session_id) WHERE session_id IS NOT NULL;
CREATE INDEX records_by_family ON records (family) WHERE family IS NOT NULL;
CREATE INDEX records_by_expires_at ON records (expires_at);
