/**
 * Times are milliseconds since 1970, lists are JSON. Each list has an index in its own order, for
 * each of its filters.
 */
export const firstSchema = `
  CREATE TABLE users (
    id TEXT PRIMARY KEY NOT NULL,
    email TEXT NOT NULL,
    email_key TEXT NOT NULL UNIQUE,
    folded_email TEXT NOT NULL,
    display_name TEXT NOT NULL,
    folded_display_name TEXT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('active', 'suspended')),
    token_version INTEGER NOT NULL,
    password_hash TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    suspension_reason TEXT,
    suspended_by TEXT,
    suspended_at INTEGER
  ) STRICT;
  CREATE INDEX users_by_created_at ON users (created_at, id);
  CREATE INDEX users_by_updated_at ON users (updated_at, id);
  CREATE INDEX users_by_email ON users (folded_email, id);
  CREATE INDEX users_by_display_name ON users (folded_display_name, id);
  CREATE INDEX users_by_status ON users (status, created_at, id);

  CREATE TABLE user_roles (
    user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    role TEXT NOT NULL,
    PRIMARY KEY (user_id, position)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX user_roles_by_role ON user_roles (role, user_id);

  CREATE TABLE admin_removal_claims (
    sequence INTEGER PRIMARY KEY,
    user_id TEXT NOT NULL,
    claimed_at INTEGER NOT NULL
  ) STRICT;

  CREATE TABLE sessions (
    id TEXT PRIMARY KEY NOT NULL,
    user_id TEXT NOT NULL,
    application TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    idle_expires_at INTEGER NOT NULL,
    last_seen_at INTEGER NOT NULL,
    ip TEXT NOT NULL,
    user_agent TEXT NOT NULL,
    ended_at INTEGER,
    end_reason TEXT,
    ended_by TEXT
  ) STRICT;
  CREATE INDEX sessions_by_created_at ON sessions (created_at, id);
  CREATE INDEX sessions_by_user ON sessions (user_id, created_at, id);
  CREATE INDEX sessions_by_application ON sessions (application, created_at, id);
  CREATE INDEX sessions_by_ip ON sessions (ip, created_at, id);
  CREATE INDEX sessions_by_expires_at ON sessions (expires_at);
  CREATE INDEX sessions_not_ended ON sessions (idle_expires_at) WHERE ended_at IS NULL;

  CREATE TABLE applications (
    id TEXT PRIMARY KEY NOT NULL,
    name TEXT NOT NULL,
    audience TEXT NOT NULL,
    allowed_origins TEXT NOT NULL,
    access_token_ttl INTEGER NOT NULL,
    refresh_after INTEGER NOT NULL,
    session_ttl INTEGER NOT NULL,
    warn_before INTEGER NOT NULL,
    resource_server INTEGER NOT NULL,
    enabled INTEGER NOT NULL,
    version INTEGER NOT NULL,
    secret_hash TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
  ) STRICT;

  CREATE TABLE issuer (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    version INTEGER NOT NULL
  ) STRICT;
  INSERT INTO issuer (id, version) VALUES (1, 1);

  -- Nothing goes from here, so what came later has the higher sequence.
  CREATE TABLE audit (
    sequence INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    at INTEGER NOT NULL,
    actor_type TEXT NOT NULL,
    actor_id TEXT,
    action TEXT NOT NULL,
    target_type TEXT,
    target_id TEXT,
    result TEXT NOT NULL,
    reason TEXT,
    ip TEXT,
    request_id TEXT,
    changes TEXT,
    revocation TEXT
  ) STRICT;
  CREATE INDEX audit_by_at ON audit (at, sequence);
  CREATE INDEX audit_by_actor ON audit (actor_id, at, sequence);
  CREATE INDEX audit_by_target ON audit (target_id, at, sequence);
  CREATE INDEX audit_by_action ON audit (action, at, sequence);
  CREATE INDEX audit_of_revocations ON audit (at, sequence) WHERE revocation IS NOT NULL;

  -- A version that is lowered brings tokens back to life; an audit log that is edited is none.
  CREATE TRIGGER users_version_grows BEFORE UPDATE OF token_version ON users
    WHEN NEW.token_version <> OLD.token_version + 1
    BEGIN SELECT RAISE(ABORT, 'token_version only grows, by one'); END;
  CREATE TRIGGER applications_version_grows BEFORE UPDATE OF version ON applications
    WHEN NEW.version <> OLD.version + 1
    BEGIN SELECT RAISE(ABORT, 'version only grows, by one'); END;
  CREATE TRIGGER issuer_version_grows BEFORE UPDATE OF version ON issuer
    WHEN NEW.version <> OLD.version + 1
    BEGIN SELECT RAISE(ABORT, 'version only grows, by one'); END;
  CREATE TRIGGER audit_is_not_changed BEFORE UPDATE ON audit
    BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
  CREATE TRIGGER audit_is_not_shortened BEFORE DELETE ON audit
    BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
`;
