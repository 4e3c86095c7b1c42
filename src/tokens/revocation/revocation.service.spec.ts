/** What is written down beside a revoke may fail; the revoke and the process go on. */
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import type { RevocationNode, Revoker, RevokingChange } from '@portcullis/auth';
import { setTimeout as sleep } from 'node:timers/promises';
import { StorageUnavailableError } from '../../storage/storage.errors.js';
import type { KeysService } from '../keys/keys.service.js';
import { RevocationService } from './revocation.service.js';

const unhandled: unknown[] = [];
const note = (reason: unknown): void => void unhandled.push(reason);

beforeEach(() => {
  unhandled.length = 0;
  process.on('unhandledRejection', note);
});
afterEach(() => {
  process.off('unhandledRejection', note);
});

/** Commits, and then waits for its nodes, as the real one does. */
const revoker = {
  async revoke([change]: readonly RevokingChange<string>[]) {
    const value = await change!.commit({ version: 1, notAfter: new Date(0) });
    await sleep(30);
    return { results: [{ status: 'fulfilled', value }], nodes: [], durationMs: 30 };
  },
} as unknown as Revoker;

const service = new RevocationService(
  revoker,
  {} as RevocationNode,
  {} as KeysService,
  { next: () => 'r1' },
  { now: () => 0 },
);

it('a list that cannot be kept ends neither the revoke nor the process', async () => {
  const change = {
    subject: 'u:ada' as const,
    readVersion: async () => 1,
    commit: async () => 'ada',
  };
  const { result } = await service.revoke({ scope: 'user', reason: 'test' }, change, async () => {
    throw new StorageUnavailableError('the database did not confirm');
  });
  expect(result).toBe('ada');
  expect(unhandled).toEqual([]);
});
