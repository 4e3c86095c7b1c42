/** Rows as stores take them, whole and valid; a test says only what it is about. */
import type { Application } from '../../src/applications/application.js';
import type { AuditEntry } from '../../src/audit/audit-entry.js';
import type { SigningKey } from '../../src/tokens/keys/signing-key.js';
import type { Session } from '../../src/tokens/sessions/session.js';
import type { User } from '../../src/users/user.js';
import type { NewUser } from '../../src/users/users.store.js';

/** Far ahead: sessions that are long over are deleted, some of them by the database's own clock. */
const start = Date.UTC(2100, 0, 2, 3, 4, 5, 678);

/** A moment, so many seconds after the first. */
export const at = (seconds: number): Date => new Date(start + seconds * 1000);

/** As it is stored; `name` is its id and makes its address. */
export const newUser = (name: string, given: Partial<NewUser> = {}): NewUser => ({
  id: name,
  email: `${name}@example.org`,
  displayName: name,
  status: 'active',
  roles: [],
  tokenVersion: 1,
  createdAt: at(0),
  updatedAt: at(0),
  suspension: null,
  passwordHash: `hash of ${name}`,
  ...given,
});

/** As it is read. */
export const toUser = ({ passwordHash: _, ...user }: NewUser): User => user;

export const newSession = (id: string, given: Partial<Session> = {}): Session => ({
  id,
  userId: 'ada',
  application: 'default',
  createdAt: at(0),
  openedWith: { user: 1, application: 1, issuer: 1 },
  expiresAt: at(28_800),
  idleExpiresAt: at(600),
  lastSeenAt: at(0),
  ip: '203.0.113.7',
  userAgent: 'Mozilla/5.0',
  end: null,
  ...given,
});

export const newApplication = (id: string, given: Partial<Application> = {}): Application => ({
  id,
  name: `The ${id}`,
  audience: `https://${id}.example.org`,
  allowedOrigins: [`https://${id}.example.org`, 'http://localhost:5173'],
  policy: { accessTokenTtl: 600, refreshAfter: 10, sessionTtl: 28_800, warnBefore: 120 },
  resourceServer: false,
  enabled: true,
  version: 1,
  createdAt: at(0),
  updatedAt: at(0),
  ...given,
});

export const newEntry = (id: string, given: Partial<AuditEntry> = {}): AuditEntry => ({
  id,
  at: at(0),
  actor: { type: 'user', id: 'ada' },
  action: 'user.suspend',
  target: { type: 'user', id: 'bob' },
  result: 'success',
  reason: null,
  ip: null,
  requestId: null,
  changes: null,
  revocation: null,
  ...given,
});

/** Not a real key: stores do not look inside. */
export const newKey = (kid: string, given: Partial<SigningKey> = {}): SigningKey => ({
  kid,
  state: 'active',
  publicJwk: { kty: 'EC', crv: 'P-256', x: `x of ${kid}`, y: `y of ${kid}` },
  privateKey: Buffer.from(`private key of ${kid}`).toString('base64'),
  createdAt: at(0),
  activatedAt: at(1),
  retiredAt: null,
  publishedUntil: null,
  revokedAt: null,
  ...given,
});
