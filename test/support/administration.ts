/** A server with an administrator at work, and users to be administered. */
import { expect } from '@jest/globals';
import { StorageUnavailableError } from '../../src/storage/storage.errors.js';
import type { Answer } from './api-client.js';
import {
  adminEmail,
  adminPassword,
  createTestApp,
  type TestApp,
  type TestAppOptions,
} from './create-test-app.js';

export interface Person {
  readonly id: string;
  readonly email: string;
  /** Of one session. */
  readonly token: string;
}

export interface Administration {
  readonly server: TestApp;
  /** The administrator's id. */
  readonly adminId: string;
  /** As the administrator; the path is below `/admin`. */
  readonly get: (path: string, headers?: Record<string, string>) => Promise<Answer>;
  readonly post: (path: string, body?: unknown) => Promise<Answer>;
  readonly patch: (path: string, body: unknown) => Promise<Answer>;
  readonly remove: (path: string, body?: unknown) => Promise<Answer>;
  /** A new user who is logged in, to the default application or another. */
  readonly person: (given?: PersonOptions) => Promise<Person>;
  readonly login: (person: Pick<Person, 'email'>, application?: string) => Promise<string>;
  readonly close: () => Promise<void>;
}

export interface PersonOptions {
  readonly roles?: readonly string[];
  readonly displayName?: string;
  readonly application?: string;
}

const password = 'a long enough passphrase';

export async function startAdministration(options?: TestAppOptions): Promise<Administration> {
  const server = await createTestApp(options);
  const { api } = server;
  const signedIn = await api.post('/auth/login', { email: adminEmail, password: adminPassword });
  const token = signedIn.body.accessToken as string;
  let people = 0;

  const person = async ({ application, ...given }: PersonOptions = {}): Promise<Person> => {
    const email = `person${String(++people)}@example.com`;
    const body = { email, password, ...given };
    const { body: created } = expectStatus(201, await api.post('/admin/users', body, token));
    return { id: created.user.id, email, token: await api.login(email, password, application) };
  };

  return {
    server,
    adminId: signedIn.body.user.id,
    get: (path, headers) => api.get(`/admin${path}`, token, headers),
    post: (path, body) => api.post(`/admin${path}`, body, token),
    patch: (path, body) => api.patch(`/admin${path}`, body, token),
    remove: (path, body) => api.delete(`/admin${path}`, token, body),
    person,
    login: ({ email }, application) => api.login(email, password, application),
    close: () => server.close(),
  };
}

export function expectStatus(status: number, answer: Answer): Answer {
  expect([answer.status, answer.status === status ? '' : answer.body]).toEqual([status, '']);
  return answer;
}

export function expectRefusal(answer: Answer, status: number, code: string): void {
  expect([answer.status, answer.body.code]).toEqual([status, code]);
  expect(answer.token).toBeNull();
}

/** An action on many that cannot `list` what it is about, for the database is down, leaves one entry. */
export async function expectOutageRecorded(
  admin: Administration,
  down: { list: (query: never) => Promise<unknown> },
  { path, body, action }: { path: string; body: object; action: string },
): Promise<void> {
  const { list } = down;
  down.list = () => Promise.reject(new StorageUnavailableError('down'));
  const answer = await admin.post(path, body);
  down.list = list;
  expectRefusal(answer, 503, 'unavailable');
  const { entries } = (await admin.get(`/audit?action=${action}`)).body;
  expect(entries).toEqual([
    expect.objectContaining({ result: 'failure', reason: 'unavailable', revocation: null }),
  ]);
}

/** The token of a session that was ended is refused, for this reason. */
export async function expectEnded(server: TestApp, token: string, code: string): Promise<void> {
  const answer = await server.api.get('/users/me', token);
  expectRefusal(answer, 401, code);
  expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer error="invalid_token"/);
}

export async function expectAlive(server: TestApp, token: string): Promise<void> {
  expectStatus(200, await server.api.get('/users/me', token));
}

const uuidLike: unknown = expect.stringMatching(/^[A-Za-z0-9]{24}$/);

/** What every revoke answers: it holds on every node there is, and how long that took. */
export const aRevocation = (scope: string, reason: string): Record<string, unknown> => ({
  id: uuidLike,
  scope,
  reason,
  effectiveAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
  durationMs: expect.any(Number),
  nodes: [{ id: uuidLike, kind: 'server', acknowledgedAfterMs: expect.any(Number) }],
});
