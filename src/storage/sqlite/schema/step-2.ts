/** The revocation log: one head, the events it keeps, and the nodes that follow it. */
export const revocationLogSchema = `
  CREATE TABLE revocation_log (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    log TEXT NOT NULL,
    seq INTEGER NOT NULL,
    born_at INTEGER NOT NULL,
    is_first INTEGER NOT NULL
  ) STRICT;

  CREATE TABLE revocation_events (
    number INTEGER PRIMARY KEY,
    subject TEXT NOT NULL,
    version INTEGER NOT NULL,
    at INTEGER NOT NULL
  ) STRICT;

  CREATE TABLE revocation_nodes (
    id TEXT PRIMARY KEY NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('server', 'service')),
    acked INTEGER NOT NULL,
    polls INTEGER NOT NULL,
    lease_ms INTEGER NOT NULL,
    polled_at INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;

  -- A log that goes back, or changes under its own name, hides a revoke from whoever follows it.
  CREATE TRIGGER revocation_log_grows BEFORE UPDATE ON revocation_log
    WHEN NEW.seq < OLD.seq OR NEW.log <> OLD.log
    BEGIN SELECT RAISE(ABORT, 'the revocation log only grows'); END;
  CREATE TRIGGER revocation_events_stay BEFORE UPDATE ON revocation_events
    BEGIN SELECT RAISE(ABORT, 'the revocation log only grows'); END;
`;
