/**
 * Writes to the embedded store without end, and says a line on its standard output for each write
 * that was acknowledged. It is there to be killed.
 */
import { randomBytes } from 'node:crypto';
import { writeSync } from 'node:fs';
import { SqliteAuditStore } from '../../dist/audit/audit.store.sqlite.js';
import { SqliteDatabase } from '../../dist/storage/sqlite/database.js';
import { FileKeysStore } from '../../dist/tokens/keys/keys.store.file.js';
import { SqliteIssuerVersionStore } from '../../dist/tokens/revocation/issuer-version.store.sqlite.js';
import { SqliteRevocationLog } from '../../dist/tokens/revocation/log/revocation-log.sqlite.js';
import { SqliteSessionsStore } from '../../dist/tokens/sessions/sessions.store.sqlite.js';
import { SqliteUsersStore } from '../../dist/users/users.store.sqlite.js';

const folder = process.argv[2];
const database = new SqliteDatabase(folder);
const users = new SqliteUsersStore(database);
const sessions = new SqliteSessionsStore(database);
const audit = new SqliteAuditStore(database);
const issuer = new SqliteIssuerVersionStore(database);
const keys = new FileKeysStore(folder);
const revocations = new SqliteRevocationLog(database);

const at = new Date(0);
const inTime = (version) => ({ version, notAfter: new Date('2200-01-01') });
const newId = () => randomBytes(12).toString('hex');

/** Not `process.stdout`, which may still hold the line when the process is killed. */
const acknowledge = (...words) => writeSync(1, `${words.join(' ')}\n`);

async function addUser() {
  const id = newId();
  await users.insert({
    ...{ id, email: `${id}@example.org`, displayName: id, status: 'active', roles: ['role1'] },
    ...{ tokenVersion: 1, createdAt: at, updatedAt: at, suspension: null, passwordHash: 'hash' },
  });
  acknowledge('user', id, 1);
  return id;
}

/** The role names the version, so that half a write shows. */
async function revoke(id, version) {
  const user = await users.commit(id, inTime(version), { roles: [`role${version + 1}`] }, at);
  acknowledge('user', id, user.tokenVersion);
}

async function logInAndOut(userId) {
  const id = newId();
  await sessions.insert({
    ...{ id, userId, application: 'default', createdAt: at, expiresAt: at, idleExpiresAt: at },
    ...{ lastSeenAt: at, ip: '', userAgent: '', end: null },
    openedWith: { user: 1, application: 1, issuer: 1 },
  });
  acknowledge('session', id, 1);
  await sessions.end(id, inTime(1), { at, reason: 'logout', by: userId });
  acknowledge('session', id, 2);
}

async function log() {
  const id = newId();
  const none = { target: null, reason: null, ip: null, requestId: null, revocation: null };
  const actor = { type: 'cli', id: null };
  const changes = { filler: ['', 'x'.repeat(2000)] };
  await audit.append({ ...none, id, at, actor, action: 'x', result: 'success', changes });
  acknowledge('entry', id, 1);
}

async function revokeEverybody() {
  const version = await issuer.read();
  await issuer.commit(inTime(version));
  acknowledge('issuer', 'issuer', version + 1);
}

/** Numbers, and a node that a revoke must wait for: neither may be forgotten. */
async function announce(id) {
  const event = { subject: `u:${id}`, version: 2 };
  const appended = await revocations.append([event, event]);
  acknowledge('log', appended.log, appended.seq);
  const request = { node: `app/${id}`, kind: 'service', log: appended.log, leaseMs: 5000 };
  await revocations.poll({ ...request, acked: 0, polls: 1, after: appended.seq });
  acknowledge('node', request.node, 1);
}

async function rotate() {
  const { revision } = await keys.load();
  await keys.save(revision, []);
  acknowledge('keys', 'keys', revision + 1);
}

for (;;) {
  const id = await addUser();
  for (const version of [1, 2, 3]) await revoke(id, version);
  await logInAndOut(id);
  await log();
  await revokeEverybody();
  await announce(id);
  await rotate();
}
