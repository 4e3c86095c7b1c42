// A list as a file: exactly its filter, and nothing that a spreadsheet would run.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AuditService } from '../../src/audit/audit.service.js';
import {
  expectRefusal,
  expectStatus,
  startAdministration,
  type Administration,
  type Person,
} from '../support/administration.js';

let admin: Administration;
let mallory: Person;
const csv = { accept: 'text/csv' };

beforeAll(async () => {
  admin = await startAdministration();
  const displayName = '=HYPERLINK("http://evil.example";"Zoë, 名前")';
  mallory = await admin.person({ displayName, roles: ['a', 'b'] });
  await admin.person();
});
afterAll(() => admin.close());

const linesOf = (text: string): string[] => text.split('\r\n');

describe('an export', () => {
  it('is a file of the filter, whatever page was looked at', async () => {
    const answer = expectStatus(200, await admin.get('/users?limit=1&sort=email', csv));
    expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8; header=present');
    expect(answer.headers.get('content-disposition')).toBe('attachment; filename="users.csv"');
    expect(answer.headers.get('x-total-count')).toBe('3');
    expect(answer.headers.get('x-row-limit')).toBeNull();
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(answer.headers.get('vary')).toMatch(/\bAccept\b/);
    expect(answer.token).not.toBeNull();
    const [header, ...rows] = linesOf(answer.body);
    expect(header).toBe(
      'id,email,displayName,status,roles,createdAt,updatedAt,suspendedAt,suspendedBy,suspensionReason,liveSessions,lastSeenAt',
    );
    const addresses = rows.map((row) => row.split(',')[1]);
    expect(addresses.pop()).toBeUndefined();
    expect(addresses.toSorted()).toEqual(['admin@localhost', mallory.email, 'person2@example.com']);
  });

  it('disarms formulas and keeps every other character', async () => {
    const { body } = await admin.get(`/users?search=${mallory.id}`, csv);
    expect(linesOf(body)[1]).toBe(
      `${mallory.id},${mallory.email},"'=HYPERLINK(""http://evil.example"";""Zoë, 名前"")",active,a b,` +
        '2026-01-01T00:00:00.000Z,2026-01-01T00:00:00.000Z,,,,1,2026-01-01T00:00:00.000Z',
    );
  });

  it('of sessions and of the audit log is there as well', async () => {
    const sessions = expectStatus(200, await admin.get(`/sessions?user=${mallory.id}`, csv));
    expect(sessions.headers.get('content-disposition')).toContain('"sessions.csv"');
    expect(linesOf(sessions.body)[1]).toMatch(
      new RegExp(
        `^\\w{24},${mallory.id},${mallory.email},default,live,2026-.*,127\\.0\\.0\\.1,node,,,$`,
      ),
    );
    const audit = expectStatus(200, await admin.get('/audit?action=user.create', csv));
    expect(audit.headers.get('content-disposition')).toContain('"audit.csv"');
    expect(audit.headers.get('x-total-count')).toBe('3');
    expect(linesOf(audit.body)).toHaveLength(5);
    expect(audit.body).toContain(`user,${mallory.id},success`);
  });

  it('is written down: personal data left the server', async () => {
    await admin.get('/users', csv);
    const { entries } = (await admin.get('/audit?action=user.export&limit=1')).body;
    expect(entries[0]).toMatchObject({ actor: { id: admin.adminId }, result: 'success' });
  });

  it('goes to whom likes it better than JSON', async () => {
    const typeOf = async (accept: string): Promise<string | null> =>
      (await admin.get('/users', { accept })).headers.get('content-type');
    expect(await typeOf('text/csv, application/json;q=0.9')).toContain('text/csv');
    expect(await typeOf('application/json, text/csv;q=0.9')).toContain('application/json');
    expect(await typeOf('*/*')).toContain('application/json');
    expect(await typeOf('image/png')).toContain('application/problem+json');
  });

  it('is nothing that every list has', async () => {
    expectRefusal(await admin.get('/applications', csv), 406, 'not_acceptable');
  });

  it('of a wrong filter is a proper problem', async () => {
    expectRefusal(await admin.get('/users?status=gone', csv), 400, 'validation_failed');
  });

  it('is for administrators', async () => {
    const answer = await admin.server.api.get('/admin/users', mallory.token, csv);
    expectRefusal(answer, 403, 'forbidden');
  });
});

describe('a long export', () => {
  it('goes on over many pages without a gap', async () => {
    const audit = admin.server.app.get(AuditService);
    const actor = { type: 'system', id: null } as const;
    for (let n = 0; n < 2500; n++)
      await audit.record({ actor, action: 'test.line', reason: `#${n}` });
    const { body } = expectStatus(200, await admin.get('/audit?action=test.line', csv));
    const reasons = linesOf(body)
      .slice(1, -1)
      .map((line) => line.split(',')[8]);
    expect(reasons).toEqual(Array.from({ length: 2500 }, (_, index) => `#${2499 - index}`));
  });

  it('that fails half-way breaks off: half a file must not pass for the whole', async () => {
    const audit = admin.server.app.get(AuditService);
    const list = audit.list.bind(audit);
    audit.list = (query) =>
      query.cursor === undefined ? list(query) : Promise.reject(new Error('the disk is gone'));
    try {
      await expect(admin.get('/audit?action=test.line', csv)).rejects.toThrow();
    } finally {
      audit.list = list;
    }
  });
});

describe('a file of users', () => {
  it.each(['updatedAt', '-updatedAt', 'displayName', 'email'])(
    'whose list is sorted by %s is in the order of creation, in which nobody moves meanwhile',
    async (sort) => {
      const made: string[] = [];
      for (const displayName of ['Moving Zoe', 'Moving Ada', 'Moving Mia']) {
        admin.server.clock.advance(1_000);
        const { id } = await admin.person({ displayName });
        made.unshift(id);
      }
      admin.server.clock.advance(1_000);
      expectStatus(200, await admin.patch(`/users/${made[2]}`, { displayName: 'Moving Eve' }));
      const { body } = await admin.get(`/users?search=moving&sort=${sort}`, csv);
      const ids = linesOf(body)
        .slice(1, -1)
        .map((row) => row.split(',')[0]);
      expect(ids.slice(0, 3)).toEqual(made);
    },
  );
});
