// Records that nodes keep for each other: what is no record is a miss, whoever put it there.
import { beforeEach, describe, expect, it } from '@jest/globals';
import { RedisSecondLevel } from './redis-second-level.js';
import { SharedCache } from './shared-cache.js';

let cache: SharedCache;
let level: RedisSecondLevel;

const record = { version: 3, status: 'active', number: 17, at: 1_767_225_600_000 };

beforeEach(() => {
  cache = new SharedCache(null);
  level = new RedisSecondLevel(cache);
});

describe('the second level', () => {
  it('gives back what was stored, for this log and this subject alone', async () => {
    level.set('log', 'u:1', record);
    expect(await level.get('log', 'u:1')).toEqual(record);
    expect(await level.get('other', 'u:1')).toBeNull();
    expect(await level.get('log', 'u:2')).toBeNull();
  });

  it('holds the last that was stored, also when it is older: readers judge by its number', async () => {
    level.set('log', 'u:1', record);
    level.set('log', 'u:1', { ...record, version: 2, number: 5 });
    expect(await level.get('log', 'u:1')).toMatchObject({ version: 2, number: 5 });
  });

  it('keeps nothing but the record of what it was given', async () => {
    await cacheOf({ ...record, more: 'than that' });
    expect(await level.get('log', 'u:1')).toEqual(record);
  });

  it.each<[string, string | number | boolean | object]>([
    ['a text', 'active'],
    ['a number', 3],
    ['a truth', true],
    ['a list', [3, 'active', 17]],
    ['nothing of a record', {}],
    ['no version', { ...record, version: undefined }],
    ['a version that is a text', { ...record, version: '3' }],
    ['half a version', { ...record, version: 2.5 }],
    ['a version below nothing', { ...record, version: -1 }],
    ['no status', { ...record, status: undefined }],
    ['a status that is a number', { ...record, status: 1 }],
    ['no number', { ...record, number: undefined }],
    ['a number that proves nothing', { ...record, number: -1 }],
    ['a number too large to count by', { ...record, number: 2 ** 53 }],
    ['no time', { ...record, at: undefined }],
    ['a time that is a text', { ...record, at: '2026-01-01' }],
  ])('takes %s for a miss', async (_name, value) => {
    await cacheOf(value);
    expect(await level.get('log', 'u:1')).toBeNull();
  });

  const cacheOf = async (value: string | number | boolean | object): Promise<void> => {
    cache.set('log:u:1', value, 60_000);
    expect(await cache.get('log:u:1')).toBeDefined();
  };
});
