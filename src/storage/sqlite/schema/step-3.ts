/** An index in its own order for each filter and sort that lists have besides the first ones. */
export const listIndexes = `
  CREATE INDEX sessions_by_last_seen_at ON sessions (last_seen_at, id);
  CREATE INDEX sessions_by_user_seen ON sessions (user_id, last_seen_at, id);
  CREATE INDEX sessions_by_application_seen ON sessions (application, last_seen_at, id);
  CREATE INDEX sessions_by_ip_seen ON sessions (ip, last_seen_at, id);

  CREATE INDEX audit_by_outcome ON audit (action, result, at, sequence);
  CREATE INDEX audit_by_result ON audit (result, at, sequence);
  CREATE INDEX audit_by_ip ON audit (ip, at, sequence);
  CREATE INDEX audit_by_request ON audit (request_id, at, sequence);
`;
