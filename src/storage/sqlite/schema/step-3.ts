/** An index in its own order for each filter and sort that lists have besides the first ones; the search. */
export const listIndexes = `
  -- With what says whether one is live: so lists of one state skip the others without reading them.
  DROP INDEX sessions_by_created_at;
  DROP INDEX sessions_by_application;
  DROP INDEX sessions_not_ended;
  CREATE INDEX sessions_by_created_at
    ON sessions (created_at, id, ended_at, idle_expires_at, expires_at);
  CREATE INDEX sessions_by_last_seen_at
    ON sessions (last_seen_at, id, ended_at, idle_expires_at, expires_at);
  CREATE INDEX sessions_by_application
    ON sessions (application, created_at, id, ended_at, idle_expires_at, expires_at);
  CREATE INDEX sessions_by_application_seen
    ON sessions (application, last_seen_at, id, ended_at, idle_expires_at, expires_at);
  CREATE INDEX sessions_by_user_seen ON sessions (user_id, last_seen_at, id);
  CREATE INDEX sessions_by_ip_seen ON sessions (ip, last_seen_at, id);
  CREATE INDEX sessions_not_ended
    ON sessions (idle_expires_at, ended_at, expires_at, last_seen_at, user_id) WHERE ended_at IS NULL;

  CREATE INDEX audit_by_outcome ON audit (action, result, at, sequence);
  CREATE INDEX audit_by_result ON audit (result, at, sequence);
  CREATE INDEX audit_by_ip ON audit (ip, at, sequence);
  CREATE INDEX audit_by_request ON audit (request_id, at, sequence);

  -- What a search for users compares; made by the code, as SQL cannot fold text.
  CREATE TABLE user_terms (
    term TEXT NOT NULL,
    user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    PRIMARY KEY (term, user_id)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX user_terms_by_user ON user_terms (user_id);
`;
