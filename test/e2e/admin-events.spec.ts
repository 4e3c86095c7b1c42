// GET /admin/events: what happens on the server, as it happens, for whoever watches.
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { startAdministration, type Administration } from '../support/administration.js';
import { adminEmail, adminPassword } from '../support/create-test-app.js';
import { watch } from '../support/http/watch.js';
import { eventually } from '../support/eventually.js';

let admin: Administration;
let token: string;
beforeAll(async () => {
  admin = await startAdministration();
  token = await admin.server.api.login(adminEmail, adminPassword);
});
afterAll(() => admin.close());

const open = (lastEventId?: string): ReturnType<typeof watch> =>
  watch(`${admin.server.url}/admin/events`, token, lastEventId);

it('tells of a suspension, with the acknowledgement of each node', async () => {
  const page = await open();
  const person = await admin.person();
  const { body } = await admin.post(`/users/${person.id}/suspend`, { reason: 'fraud' });
  await eventually(() => page.events.some(({ event }) => event === 'revocation'));
  expect(page.of('revocation')).toEqual([
    {
      ...body.revocation,
      action: 'user.suspend',
      actor: { type: 'user', id: admin.adminId },
      target: { type: 'user', id: person.id },
    },
  ]);
  await eventually(() => page.of('audit').length === 3);
  expect(page.of('audit').map(({ action }) => action)).toEqual([
    'user.create',
    'session.login',
    'user.suspend',
  ]);
  await page.close();
});

it('goes on where a reader was cut off, without a gap and without a repetition', async () => {
  const page = await open();
  const person = await admin.person();
  await eventually(() => page.of('audit').length === 2);
  await page.close();
  await admin.post(`/users/${person.id}/revoke`, {});
  const again = await open(page.lastEventId);
  await admin.post(`/users/${person.id}/suspend`, { reason: 'x' });
  await eventually(() => again.of('audit').length === 2);
  expect(again.of('audit').map(({ action }) => action)).toEqual(['user.revoke', 'user.suspend']);
  await again.close();
});
