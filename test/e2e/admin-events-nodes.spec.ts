// Two dashboards on two nodes: what is done on one is seen on the other within a second, Redis or not.
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import {
  adminEmail,
  adminPassword,
  createTestApp,
  type TestApp,
} from '../support/create-test-app.js';
import { eventually } from '../support/eventually.js';
import { watch, type Watched } from '../support/http/watch.js';
import { randomMongoUri } from '../support/random-mongo-uri.js';
import { describeWithMongo } from '../support/services/describe-with.js';

describeWithMongo('two dashboards on two nodes', () => {
  const redis = process.env['TEST_REDIS_URL'];
  const kinds = [['without Redis', {}], ...(redis ? [['with Redis', { REDIS_URL: redis }]] : [])];

  describe.each(kinds as [string, Record<string, string>][])('%s', (_name, given) => {
    let nodes: [TestApp, TestApp];
    let drop: () => Promise<void>;
    let pages: Watched[] = [];

    beforeAll(async () => {
      const database = randomMongoUri();
      drop = database.drop;
      const env = { MONGODB_URI: database.uri, KEYS_SECRET: 'k'.repeat(32), ...given };
      nodes = await Promise.all([createTestApp({ env }), createTestApp({ env })]);
    });
    afterEach(async () => {
      for (const page of pages) await page.close();
      pages = [];
    });
    afterAll(async () => {
      await Promise.all(nodes.map((node) => node.close()));
      await drop();
    });

    async function dashboard(node: TestApp, lastEventId?: string): Promise<Watched> {
      const token = await node.api.login(adminEmail, adminPassword);
      const page = await watch(`${node.url}/admin/events`, token, lastEventId);
      pages.push(page);
      return page;
    }

    it('the other shows a suspension within a second, with the time of each node', async () => {
      const [one, other] = nodes;
      const id = await one.api.register('mia@example.com');
      const admin = await one.api.login(adminEmail, adminPassword);
      const [mine, theirs] = [await dashboard(one), await dashboard(other)];
      const { body } = await one.api.post(`/admin/users/${id}/suspend`, { reason: 'fraud' }, admin);
      const answered = performance.now();
      for (const page of [mine, theirs]) {
        await eventually(() => page.of('revocation').length === 1);
        expect(page.of('revocation')[0]).toMatchObject({
          ...body.revocation,
          action: 'user.suspend',
          target: { type: 'user', id },
        });
      }
      expect(performance.now() - answered).toBeLessThan(1_000);
      const [revocation] = theirs.of('revocation');
      expect(revocation.nodes).toHaveLength(2);
      for (const node of revocation.nodes) {
        expect(node).toMatchObject({ kind: 'server', acknowledgedAfterMs: expect.any(Number) });
      }
    });

    it('one goes on from the other, when its node is gone', async () => {
      const [one, other] = nodes;
      const page = await dashboard(one);
      const id = await one.api.register('ben@example.com');
      await eventually(() => page.of('audit').some(({ action }) => action === 'user.register'));
      await page.close();
      const admin = await other.api.login(adminEmail, adminPassword);
      await other.api.post(`/admin/users/${id}/revoke`, {}, admin);
      const again = await dashboard(other, page.lastEventId);
      const ofBen = (): unknown[] =>
        again.of('revocation').filter(({ target }) => target.id === id);
      await eventually(() => ofBen().length === 1);
      // What is young may come once more; it is told by its id, and nothing is missing.
      const known = new Set(page.of('audit').map((entry) => entry.id));
      const fresh = again.of('audit').filter((entry) => !known.has(entry.id));
      expect(fresh.map(({ action }) => action)).toEqual(
        expect.arrayContaining(['session.login', 'user.revoke']),
      );
    });

    it('the other’s stream ends at once, when its administrator is signed out', async () => {
      const [one, other] = nodes;
      const page = await dashboard(other);
      const admin = await one.api.login(adminEmail, adminPassword);
      expect((await one.api.post('/admin/revoke-all', { reason: 'x' }, admin)).status).toBe(200);
      await page.closed;
      expect(page.events.at(-1)).toMatchObject({ event: 'ended', data: { code: 'token_revoked' } });
    });
  });
});
