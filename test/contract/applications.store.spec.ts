/** What every ApplicationsStore keeps to: rows, secrets apart, and versions that only a commit raises. */
import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Application, SessionPolicy } from '../../src/applications/application.js';
import type {
  ApplicationChange,
  ApplicationsStore,
} from '../../src/applications/applications.store.js';
import { DuplicateError } from '../../src/storage/storage.errors.js';
import { when } from '../support/conditions.js';
import { at, newApplication } from '../support/rows.js';
import { describeStores } from '../support/stores.js';
import { repeat, together } from '../support/together.js';

describeStores('ApplicationsStore', (open) => {
  let applications: ApplicationsStore;
  let elsewhere: ApplicationsStore;

  beforeEach(async () => {
    const stores = await open();
    applications = stores.applications;
    elsewhere = (await stores.otherNode()).applications;
  });

  describe('rows', () => {
    it('gives back what was put in, sorted by id, and no secret', async () => {
      const all = [
        newApplication('web', { name: 'Wéb "x" \' 名前 $y', version: 9, enabled: false }),
        newApplication('Api', { allowedOrigins: [], resourceServer: true, updatedAt: at(0.001) }),
        newApplication('default', {
          policy: { accessTokenTtl: 10, refreshAfter: 0, sessionTtl: 10, warnBefore: 0 },
        }),
      ];
      for (const application of all) {
        await applications.insert(application, `hash of ${application.id}`);
        expect(await elsewhere.findById(application.id)).toEqual(application);
        const hash = await elsewhere.findSecretHash(application.id);
        expect(hash).toBe(`hash of ${application.id}`);
      }
      const list = await elsewhere.list();
      expect(list).toEqual([all[1], all[2], all[0]]);
      expect(JSON.stringify(list)).not.toMatch(/hash/i);
    });

    it('finds nothing that is not there', async () => {
      expect(await applications.list()).toEqual([]);
      await applications.insert(newApplication('web'), 'h');
      expect(await applications.findById('WEB')).toBeNull();
      expect(await applications.findSecretHash('other')).toBeNull();
      expect(await applications.readVersion('other')).toBeNull();
      expect(await applications.update('other', { name: 'x' }, at(1))).toBeNull();
    });

    it.each([{ $ne: null }, ['web'], null])('takes %j for no id', async (forged) => {
      await applications.insert(newApplication('web'), 'h');
      const id = forged as unknown as string;
      const { values } = await together<unknown>([
        () => applications.findById(id),
        () => applications.findSecretHash(id),
        () => applications.readVersion(id),
        () => applications.update(id, { name: 'x' }, at(1)),
        () => applications.commit(id, when(1), { enabled: false }, at(1)),
        () => applications.remove(id, when(1)),
      ]);
      expect(values.filter(Boolean)).toEqual([]);
      expect(await applications.list()).toEqual([newApplication('web')]);
    });

    it('gives an id to exactly one of those who ask at the same moment', async () => {
      const { values, errors } = await together(
        repeat(10, (n) => () => {
          const store = n % 2 === 0 ? applications : elsewhere;
          return store.insert(newApplication('web', { name: `by ${n}` }), `hash ${n}`);
        }),
      );
      expect(values).toHaveLength(1);
      expect(errors).toEqual(repeat(9, () => new DuplicateError('id')));
      const { name } = (await applications.findById('web'))!;
      expect(await applications.findSecretHash('web')).toBe(name.replace('by', 'hash'));
    });

    it('lists a thousand', async () => {
      const ids = repeat(1000, (n) => `app-${String(n).padStart(4, '0')}`);
      for (let n = 0; n < ids.length; n += 50) {
        const some = ids.slice(n, n + 50);
        await Promise.all(some.map((id) => applications.insert(newApplication(id), 'h')));
      }
      expect((await applications.list()).map((application) => application.id)).toEqual(ids);
    });
  });

  const { policy: from } = newApplication('web');
  const to = { accessTokenTtl: 60, refreshAfter: 5, sessionTtl: 600, warnBefore: 30 };
  const policy = { from, to };
  const changes: [string, ApplicationChange][] = [
    ['nothing', {}],
    ['the name', { name: '$name' }],
    ['the origins', { allowedOrigins: ['https://x.example.org'] }],
    ['no origins', { allowedOrigins: [] }],
    ['the policy', { policy }],
    ['all of it', { name: 'n', audience: 'a', policy, resourceServer: true, enabled: false }],
  ];

  const changed = ({ policy: replaced, ...others }: ApplicationChange): Partial<Application> => ({
    ...others,
    ...(replaced && { policy: replaced.to }),
  });
  /** Of somebody who looked before another change. */
  const stale = (Object.keys(from) as (keyof SessionPolicy)[]).map(
    (field): [string, ApplicationChange] => [
      field,
      { name: 'x', policy: { from: { ...from, [field]: from[field] + 1 }, to } },
    ],
  );

  describe('update', () => {
    beforeEach(() => applications.insert(newApplication('web'), 'hash'));

    it.each(changes)('sets %s and leaves the version', async (_, change) => {
      const expected = { ...newApplication('web'), ...changed(change), updatedAt: at(5) };
      expect(await applications.update('web', change, at(5))).toEqual(expected);
      expect(await elsewhere.findById('web')).toEqual(expected);
      expect(await elsewhere.findSecretHash('web')).toBe('hash');
    });

    it.each(stale)('changes nothing where %s is not what it was', async (_, change) => {
      expect(await applications.update('web', change, at(5))).toBeNull();
      expect(await elsewhere.findById('web')).toEqual(newApplication('web'));
    });

    it('sets a new secret, which is in no answer', async () => {
      const updated = await applications.update('web', { secretHash: 'new' }, at(5));
      expect(updated).toEqual(newApplication('web', { updatedAt: at(5) }));
      expect(await elsewhere.findSecretHash('web')).toBe('new');
    });
  });

  describe('commit', () => {
    beforeEach(() => applications.insert(newApplication('web', { version: 3 }), 'hash'));

    it.each(changes)('sets %s and raises the version by one, in one write', async (_, change) => {
      const before = newApplication('web', { version: 3 });
      const expected = { ...before, ...changed(change), version: 4, updatedAt: at(5) };
      expect(await applications.commit('web', when(3), change, at(5))).toEqual(expected);
      expect(await elsewhere.findById('web')).toEqual(expected);
      const { enabled } = expected;
      expect(await elsewhere.readVersion('web')).toEqual({ version: 4, enabled });
    });

    it.each(stale)('changes nothing where %s is not what it was', async (_, change) => {
      expect(await applications.commit('web', when(3), change, at(5))).toBeNull();
      expect(await elsewhere.findById('web')).toEqual(newApplication('web', { version: 3 }));
    });

    it.each([2, 4, 0, Number.NaN])('changes nothing at version %d', async (version) => {
      const commit = applications.commit('web', when(version), { name: 'x' }, at(5));
      expect(await commit.catch(() => null)).toBeNull();
      expect(await applications.remove('web', when(version)).catch(() => false)).toBe(false);
      expect(await applications.findById('web')).toEqual(newApplication('web', { version: 3 }));
    });

    it('lets exactly one of ten win', async () => {
      const { values, errors } = await together(
        repeat(10, (n) => () => {
          const store = n % 2 === 0 ? applications : elsewhere;
          return store.commit('web', when(3), { name: `by ${n}` }, at(5));
        }),
      );
      expect(errors).toEqual([]);
      const won = values.filter((value) => value !== null);
      expect(won).toHaveLength(1);
      expect(await applications.findById('web')).toEqual(won[0]);
      expect(won[0]!.version).toBe(4);
    });

    it('does not bring back what is removed', async () => {
      expect(await applications.remove('web', when(3))).toBe(true);
      expect(await applications.commit('web', when(3), {}, at(5))).toBeNull();
      expect(await applications.remove('web', when(3))).toBe(false);
      expect(await elsewhere.findById('web')).toBeNull();
      expect(await elsewhere.findSecretHash('web')).toBeNull();
    });
  });
});
