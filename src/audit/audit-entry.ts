import type { Revocation } from '@portcullis/auth';

/** One line of the audit log: who did what to whom, and with what result. Never a token, never a password. */
export interface AuditEntry {
  readonly id: string;
  readonly at: Date;
  readonly actor: AuditActor;
  /** `user.suspend`, `session.login` … the field's own words, dotted. */
  readonly action: string;
  readonly target: AuditTarget | null;
  readonly result: 'success' | 'failure';
  /** For a failure its `code`; for an action the reason its author gave. */
  readonly reason: string | null;
  readonly ip: string | null;
  readonly requestId: string | null;
  /** What changed, by field: `[before, after]`. */
  readonly changes: Readonly<Record<string, readonly [unknown, unknown]>> | null;
  readonly revocation: Revocation | null;
}

export interface AuditActor {
  readonly type: 'user' | 'application' | 'cli' | 'system' | 'anonymous';
  /** User id or client_id; null for the rest. */
  readonly id: string | null;
}

export interface AuditTarget {
  readonly type: 'user' | 'session' | 'application' | 'key' | 'everybody';
  readonly id: string;
}
