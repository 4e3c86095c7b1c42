// The document is what programs are generated from: it says of every answer exactly what is in it.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  expectStatus,
  startAdministration,
  type Administration,
} from '../support/administration.js';
import { adminEmail, adminPassword } from '../support/create-test-app.js';
import type { Answer } from '../support/api-client.js';
import { faultsOf, resolve, type OpenApi, type Schema } from '../support/open-api.js';

let admin: Administration;
let document: OpenApi;
let ada: { id: string; email: string; token: string };
beforeAll(async () => {
  admin = await startAdministration();
  document = (await admin.server.api.get('/docs-json')).body;
  ada = await admin.person({ displayName: 'Ada', roles: ['editor'] });
});
afterAll(() => admin.close());

const schemaOf = (method: string, path: string, status: number): Schema => {
  const content = document.paths[path]?.[method.toLowerCase()]?.responses[String(status)]?.content;
  const schema = content?.['application/json']?.schema;
  if (schema === undefined) throw new Error(`${method} ${path} says nothing of its ${status}`);
  return schema;
};

describe('the document', () => {
  it('says of every answer with a body what is in it', () => {
    const silent: string[] = [];
    for (const [path, operations] of Object.entries(document.paths)) {
      for (const [method, { responses }] of Object.entries(operations)) {
        for (const [status, { content }] of Object.entries(responses)) {
          if (!status.startsWith('2') || status === '204') continue;
          const schemas = Object.values(content ?? {});
          // RFC 7009 §2.2: nothing is in it.
          if (path === '/oauth/revoke') continue;
          if (schemas.length === 0 || schemas.some(({ schema }) => schema === undefined)) {
            silent.push(`${method.toUpperCase()} ${path} ${status}`);
          }
        }
      }
    }
    expect(silent).toEqual([]);
  });

  it('says of every member of an answer whether it is always there, and of what type', () => {
    const vague: string[] = [];
    const seen = new Set<Schema>();
    const look = (given: Schema, path: string): void => {
      const schema = resolve(document, given);
      if (seen.has(schema)) return;
      seen.add(schema);
      for (const one of [...(schema.allOf ?? []), ...(schema.oneOf ?? [])]) look(one, path);
      if (schema.items) look(schema.items, `${path}[]`);
      const says = schema.properties ?? schema.additionalProperties ?? schema.allOf;
      if (schema.type === 'object' && !says) {
        vague.push(`${path} is an object of anything`);
      }
      for (const [name, member] of Object.entries(schema.properties ?? {})) {
        const { type, $ref, allOf, oneOf } = member;
        if (!type && !$ref && !allOf && !oneOf) vague.push(`${path}.${name} has no type`);
        look(member, `${path}.${name}`);
      }
    };
    for (const [path, operations] of Object.entries(document.paths)) {
      for (const [method, { responses }] of Object.entries(operations)) {
        for (const { content } of Object.values(responses)) {
          const schema = content?.['application/json']?.schema;
          if (schema) look(schema, `${method} ${path}`);
        }
      }
    }
    expect(vague).toEqual([]);
  });
});

describe('an answer is what the document says', () => {
  type Call = [method: string, path: string, ask: () => Promise<Answer>, status?: number];
  const reason = { reason: 'because' };
  const calls: Call[] = [
    ['GET', '/admin/users', () => admin.get('/users?sort=email')],
    [
      'POST',
      '/admin/users',
      () =>
        admin.post('/users', { email: 'new@example.com', password: 'a long enough passphrase' }),
      201,
    ],
    ['GET', '/admin/users/{id}', () => admin.get(`/users/${ada.id}`)],
    ['PATCH', '/admin/users/{id}', () => admin.patch(`/users/${ada.id}`, { roles: ['auditor'] })],
    ['PATCH', '/admin/users/{id}', () => admin.patch(`/users/${ada.id}`, { displayName: 'A' })],
    ['POST', '/admin/users/{id}/suspend', () => admin.post(`/users/${ada.id}/suspend`, reason)],
    ['GET', '/admin/users/{id}', () => admin.get(`/users/${ada.id}`)],
    ['POST', '/admin/users/{id}/reactivate', () => admin.post(`/users/${ada.id}/reactivate`, {})],
    ['POST', '/admin/users/{id}/revoke', () => admin.post(`/users/${ada.id}/revoke`, {})],
    ['GET', '/admin/users/{id}/sessions', () => admin.get(`/users/${ada.id}/sessions`)],
    [
      'POST',
      '/admin/users/bulk',
      () => admin.post('/users/bulk', { ids: [ada.id, 'x'], action: 'revoke', ...reason }),
    ],
    [
      'POST',
      '/admin/users/bulk',
      () => admin.post('/users/bulk', { ids: [ada.id, 'x'], action: 'revoke', dryRun: true }),
    ],
    ['GET', '/admin/sessions', () => admin.get('/sessions')],
    [
      'POST',
      '/admin/sessions/revoke',
      () => admin.post('/sessions/revoke', { filter: { user: ada.id }, dryRun: true }),
    ],
    [
      'POST',
      '/admin/sessions/revoke',
      () => admin.post('/sessions/revoke', { ids: ['x'], ...reason }),
    ],
    [
      'POST',
      '/admin/applications',
      () => admin.post('/applications', { id: 'shop', name: 'Shop' }),
      201,
    ],
    ['GET', '/admin/applications', () => admin.get('/applications')],
    ['GET', '/admin/applications/{id}', () => admin.get('/applications/shop')],
    [
      'PATCH',
      '/admin/applications/{id}',
      () => admin.patch('/applications/shop', { enabled: false }),
    ],
    ['POST', '/admin/applications/{id}/secret', () => admin.post('/applications/shop/secret', {})],
    [
      'POST',
      '/admin/applications/{id}/revoke',
      () => admin.post('/applications/shop/revoke', reason),
    ],
    [
      'POST',
      '/admin/applications/{id}/revoke',
      () => admin.post('/applications/shop/revoke', { dryRun: true }),
    ],
    ['DELETE', '/admin/applications/{id}', () => admin.remove('/applications/shop', {})],
    ['POST', '/admin/keys/rotate', () => admin.post('/keys/rotate', {})],
    ['GET', '/admin/keys', () => admin.get('/keys')],
    ['GET', '/admin/audit', () => admin.get('/audit?limit=200')],
    ['GET', '/admin/revocations', () => admin.get('/revocations')],
    ['GET', '/admin/overview', () => admin.get('/overview')],
    ['DELETE', '/admin/users/{id}', () => admin.remove(`/users/${ada.id}`, {})],
    [
      'POST',
      '/auth/login',
      () => admin.server.api.post('/auth/login', { email: adminEmail, password: adminPassword }),
    ],
    [
      'GET',
      '/auth/session',
      async () => admin.server.api.get('/auth/session', (await admin.person()).token),
    ],
    [
      'POST',
      '/auth/session/extend',
      async () => admin.server.api.post('/auth/session/extend', {}, (await admin.person()).token),
    ],
    [
      'GET',
      '/users/me',
      async () => admin.server.api.get('/users/me', (await admin.person()).token),
    ],
    [
      'GET',
      '/users/me/sessions',
      async () => admin.server.api.get('/users/me/sessions', (await admin.person()).token),
    ],
  ];

  it.each(calls)('%s %s', async (method, path, ask, status = 200) => {
    const { body } = expectStatus(status, await ask());
    expect(faultsOf(document, schemaOf(method, path, status), body)).toEqual([]);
  });
});
