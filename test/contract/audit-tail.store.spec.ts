/** What every AuditStore tells whoever follows it, and counts over time. */
import { beforeEach, describe, expect, it } from '@jest/globals';
import type { AuditReader, AuditStore } from '../../src/audit/audit.store.js';
import { InvalidCursorError } from '../../src/storage/page.js';
import { at, newEntry } from '../support/rows.js';
import { describeStores } from '../support/stores.js';
import { repeat } from '../support/together.js';

describeStores('AuditStore', (open) => {
  let audit: AuditStore;
  let elsewhere: AuditStore;

  beforeEach(async () => {
    const stores = await open();
    audit = stores.audit;
    elsewhere = (await stores.otherNode()).audit;
  });

  const nextOf = async (reader: AuditReader, limit = 100): Promise<string[]> =>
    (await reader.next(limit)).map(({ entry }) => entry.id);

  describe('read on from now', () => {
    it('tells what any node adds, once, in the order in which it was stored', async () => {
      await audit.append(newEntry('before'));
      const reader = await elsewhere.readFrom(null);
      expect(await nextOf(reader)).toEqual([]);
      // Of another day, and of a clock that is behind: the order is that of the database.
      await audit.append(newEntry('e1', { at: at(86_400) }));
      await elsewhere.append(newEntry('e2', { at: at(-86_400) }));
      expect(await nextOf(reader)).toEqual(['e1', 'e2']);
      expect(await nextOf(reader)).toEqual([]);
      await audit.append(newEntry('e3'));
      expect(await nextOf(reader)).toEqual(['e3']);
    });

    it('tells no more than it is asked for, and then the rest', async () => {
      const reader = await audit.readFrom(null);
      for (let n = 0; n < 7; n += 1) await audit.append(newEntry(`e${n}`));
      const told = [await nextOf(reader, 3), await nextOf(reader, 3), await nextOf(reader, 3)];
      expect(told).toEqual([['e0', 'e1', 'e2'], ['e3', 'e4', 'e5'], ['e6']]);
    });

    it('leaves nothing out when many nodes add at once', async () => {
      const reader = await audit.readFrom(null);
      const told: string[] = [];
      const adding = Promise.all(
        repeat(60, (n) => (n % 2 === 0 ? audit : elsewhere).append(newEntry(`e${n}`))),
      );
      for (let turn = 0; turn < 10; turn += 1) told.push(...(await nextOf(reader, 5)));
      await adding;
      for (let rest = await nextOf(reader); rest.length > 0; rest = await nextOf(reader)) {
        told.push(...rest);
      }
      expect([...told].sort()).toEqual(repeat(60, (n) => `e${n}`).sort());
    });
  });

  describe('read on from a position', () => {
    it('tells what was added since, on another node too', async () => {
      const reader = await audit.readFrom(null);
      for (const id of ['e1', 'e2']) await audit.append(newEntry(id));
      const told = await reader.next(100);
      for (const id of ['e3', 'e4']) await elsewhere.append(newEntry(id));
      const again = await nextOf(await elsewhere.readFrom(told.at(-1)!.position));
      // Where several nodes write, what is young may come once more; nothing may be missing.
      expect(again.slice(-2)).toEqual(['e3', 'e4']);
      expect(['e1', 'e2', 'e3', 'e4']).toEqual(expect.arrayContaining(again));
      expect(await nextOf(await audit.readFrom(reader.position))).toEqual(again);
    });

    it('begins at the beginning, and refuses what is no position', async () => {
      for (const id of ['e1', 'e2']) await audit.append(newEntry(id));
      expect(await nextOf(await audit.readFrom('0'))).toEqual(['e1', 'e2']);
      for (const position of ['', 'x', '-1', '1e3', '1.5', '9'.repeat(16), '{"$gt":0}']) {
        await expect(audit.readFrom(position)).rejects.toThrow(InvalidCursorError);
      }
    });
  });

  it('counts entries of one kind in stretches of time', async () => {
    const kinds = [
      [at(0), 'session.login', 'failure'],
      [at(9.999), 'session.login', 'failure'],
      [at(10), 'session.login', 'failure'],
      [at(12), 'session.login', 'success'],
      [at(13), 'user.password', 'failure'],
      [at(29.999), 'session.login', 'failure'],
      [at(30), 'session.login', 'failure'],
      [at(-0.001), 'session.login', 'failure'],
    ] as const;
    for (const [n, [moment, action, result]] of kinds.entries()) {
      await audit.append(newEntry(`e${n}`, { at: moment, action, result }));
    }
    const query = { action: 'session.login', result: 'failure', stretchMs: 10_000 } as const;
    expect(await audit.count({ ...query, from: at(0), stretches: 3 })).toEqual([2, 1, 1]);
    expect(await audit.count({ ...query, from: at(-10), stretches: 5 })).toEqual([1, 2, 1, 1, 1]);
    expect(await audit.count({ ...query, from: at(100), stretches: 2 })).toEqual([0, 0]);
  });
});
