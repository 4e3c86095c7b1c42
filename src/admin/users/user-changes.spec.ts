// Who may be taken out of office, judged on what the user is at the very version that is committed.
import { beforeEach, describe, expect, it, jest } from '@jest/globals';
import {
  Doorbell,
  type RevocationLog,
  Revoker,
  SystemNodeClock,
  UnavailableError,
  type RevocationNode,
} from '@portcullis/auth';
import { StorageUnavailableError } from '../../storage/storage.errors.js';
import { RevocationService } from '../../tokens/revocation/revocation.service.js';
import type { SessionEnder } from '../../tokens/revocation/session-ender.js';
import type { KeysService } from '../../tokens/keys/keys.service.js';
import type { User } from '../../users/user.js';
import type { UsersService } from '../../users/users.service.js';
import type { Operator } from '../operator.js';
import { UserChanges } from './user-changes.js';
import {
  changingRoles,
  deleting,
  endingSessions,
  reactivating,
  suspending,
} from './user-intents.js';

const cli: Operator = { actor: { type: 'cli', id: null } };
const suspend = suspending({ reason: 'left', by: 'cli', at: new Date(0) });

const user = (id: string, given: Partial<User> = {}): User => ({
  id,
  email: `${id}@example.org`,
  displayName: id,
  status: 'active',
  roles: [],
  tokenVersion: 1,
  createdAt: new Date(0),
  updatedAt: new Date(0),
  suspension: null,
  ...given,
});

let stored: Map<string, User>;
let calls: string[];
let mayLeave: boolean;
/** Runs before the next commit: what somebody else does in between. */
let meanwhile: () => void;
let users: UsersService;
let changes: UserChanges;

beforeEach(() => {
  stored = new Map();
  calls = [];
  mayLeave = true;
  meanwhile = () => {};
  users = fakeUsers();
  const log = {
    append: async () => ({ log: 'log', seq: 1, at: new Date(0), logAgeMs: null, nodes: [] }),
  } as unknown as RevocationLog;
  const revocations = new RevocationService(
    new Revoker(log, new Doorbell(), new SystemNodeClock()),
    { id: 'node' } as RevocationNode,
    {} as KeysService,
    { next: () => 'id' },
    { now: () => 0 },
  );
  const ender = { closeSessions: async () => {} } as unknown as SessionEnder;
  changes = new UserChanges(users, revocations, ender);
});

function fakeUsers(): UsersService {
  const atVersion = (id: string, version: number): User | null => {
    meanwhile();
    meanwhile = () => {};
    const found = stored.get(id);
    return found?.tokenVersion === version ? found : null;
  };
  const fake: Partial<UsersService> = {
    get: async (id) => {
      const found = stored.get(id);
      if (!found) throw new Error(`no user ${id}`);
      return found;
    },
    list: async ({ role }) => {
      const rows = [...stored.values()].filter(({ roles }) => roles.includes(role ?? ''));
      return { rows, total: rows.length, nextCursor: null };
    },
    commit: async (id, { version }, change) => {
      calls.push(`commit ${id}`);
      const found = atVersion(id, version);
      if (!found) return null;
      const next = { ...found, ...change, tokenVersion: version + 1 };
      stored.set(id, next);
      return next;
    },
    remove: async (id, { version }) => atVersion(id, version) !== null && stored.delete(id),
    claimAdminRemoval: async (id) => {
      calls.push(`claim ${id}`);
      return mayLeave;
    },
    releaseAdminRemoval: async (id) => void calls.push(`release ${id}`),
  };
  return fake as UsersService;
}

const admin = { roles: ['admin'] };

describe('an administrator', () => {
  beforeEach(() => void stored.set('ada', user('ada', admin)));

  it.each([
    ['suspended', suspend],
    ['deleted', deleting],
    ['demoted', changingRoles({ roles: ['editor'] })],
  ])('is %s under a claim, given back', async (_what, intent) => {
    const { before, revocation } = await changes.apply(cli, 'ada', intent, 'left');
    expect(before.roles).toEqual(['admin']);
    expect(revocation).toMatchObject({ scope: 'user', reason: 'left' });
    expect(calls.filter((call) => !call.startsWith('commit'))).toEqual([
      'claim ada',
      'release ada',
    ]);
  });

  it.each([
    ['signed out', endingSessions],
    ['reactivated', reactivating],
    ['given more roles', changingRoles({ roles: ['admin', 'editor'] })],
  ])('is %s without one', async (_what, intent) => {
    await changes.apply(cli, 'ada', intent, 'x');
    expect(calls).toEqual(['commit ada']);
  });

  it.each([suspend, deleting, changingRoles({ roles: [] })])(
    'who is the last stays: %j',
    async (intent) => {
      mayLeave = false;
      const applied = changes.apply(cli, 'ada', intent, 'x');
      await expect(applied).rejects.toMatchObject({ code: 'last_admin' });
      expect(stored.get('ada')?.tokenVersion).toBe(1);
      expect(calls).toEqual(['claim ada']);
    },
  );

  it('who is suspended holds no office', async () => {
    stored.set('ada', user('ada', { ...admin, status: 'suspended' }));
    await changes.apply(cli, 'ada', suspend, 'x');
    expect(calls).toEqual(['commit ada']);
  });

  it('made in between is found out: the version has moved on', async () => {
    stored.set('ada', user('ada'));
    meanwhile = () => stored.set('ada', user('ada', { ...admin, tokenVersion: 2 }));
    mayLeave = false;
    const applied = changes.apply(cli, 'ada', suspend, 'x');
    await expect(applied).rejects.toMatchObject({ code: 'last_admin' });
    expect(stored.get('ada')?.status).toBe('active');
  });

  it('keeps the claim when nobody knows whether the commit was done', async () => {
    const lost = new StorageUnavailableError('timed out');
    jest.spyOn(users, 'commit').mockRejectedValue(lost);
    await expect(changes.apply(cli, 'ada', suspend, 'x')).rejects.toThrow(UnavailableError);
    expect(calls).toEqual(['claim ada']);
  });

  it('is gone even where the claim cannot be given back', async () => {
    jest.spyOn(users, 'releaseAdminRemoval').mockRejectedValue(new Error('timed out'));
    const { user: suspended } = await changes.apply(cli, 'ada', suspend, 'x');
    expect(suspended.status).toBe('suspended');
  });
});

describe('one’s own account', () => {
  const ada: Operator = { actor: { type: 'user', id: 'ada' } };
  beforeEach(() => void stored.set('ada', user('ada', admin)));

  it.each([suspend, deleting, changingRoles({ roles: [] })])(
    'is not to be had, nor is a claim laid on it: %j',
    async (intent) => {
      stored.set('bob', user('bob', admin));
      const applied = changes.apply(ada, 'ada', intent, 'x');
      await expect(applied).rejects.toMatchObject({ code: 'conflict' });
      expect(calls).toEqual([]);
    },
  );

  it('of the last administrator is called so', async () => {
    const applied = changes.apply(ada, 'ada', suspend, 'x');
    await expect(applied).rejects.toMatchObject({ code: 'last_admin' });
  });

  it('may be signed out, and given more roles', async () => {
    await changes.apply(ada, 'ada', endingSessions, 'x');
    await changes.apply(ada, 'ada', changingRoles({ roles: ['admin', 'editor'] }), 'x');
    expect(stored.get('ada')?.roles).toEqual(['admin', 'editor']);
  });
});

it('takes administrators out one after the other', async () => {
  const ids = ['ada', 'bob', 'cyd'];
  for (const id of ids) stored.set(id, user(id, admin));
  await Promise.all(ids.map((id) => changes.apply(cli, id, suspend, 'x')));
  const inTurn = ids.flatMap((id) => [`claim ${id}`, `commit ${id}`, `release ${id}`]);
  expect(calls).toEqual(inTurn);
});
