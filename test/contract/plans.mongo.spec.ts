/** Every filter of every list begins with an index in MongoDB, as its own plan says. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Connection, Model, QueryFilter } from 'mongoose';
import { randomBytes } from 'node:crypto';
import { MongoAuditStore } from '../../src/audit/audit.store.mongo.js';
import { auditModel, toPrefix } from '../../src/audit/mongo/audit.schema.js';
import { toFilter as toAuditFilter } from '../../src/audit/mongo/audit.filter.js';
import { connectMongo } from '../../src/storage/mongo/connection.js';
import {
  toFilter as toSessionFilter,
  toLiveFilter,
} from '../../src/tokens/sessions/mongo/session.filter.js';
import { sessionModel } from '../../src/tokens/sessions/mongo/session.schema.js';
import { MongoSessionsStore } from '../../src/tokens/sessions/sessions.store.mongo.js';
import { toFilter as toUserFilter } from '../../src/users/mongo/user.filter.js';
import { toUserRow, userModel } from '../../src/users/mongo/user.schema.js';
import { MongoUsersStore } from '../../src/users/users.store.mongo.js';
import { at, newEntry, newSession, newUser } from '../support/rows.js';
import { describeWithMongo, getMongoUri } from '../support/services/describe-with.js';
import { repeat } from '../support/together.js';

/** Enough for a planner to look for an index. */
const count = 2_000;

describeWithMongo('the plan of a list', () => {
  let connection: Connection;

  beforeAll(async () => {
    const name = `portcullis-test-${randomBytes(8).toString('hex')}`;
    connection = await connectMongo(getMongoUri(), name);
    const stores = [MongoUsersStore, MongoSessionsStore, MongoAuditStore];
    for (const Store of stores) await new Store(connection).ensureIndexes();
    await insert('users', (n) =>
      toUserRow(
        newUser(`user${n}`, {
          displayName: `Name${n}`,
          status: n % 20 === 0 ? 'suspended' : 'active',
          roles: n % 50 === 0 ? ['editor'] : [],
          createdAt: at(n),
        }),
      ),
    );
    await insert('sessions', (n) =>
      withId(
        newSession(`s${n}`, {
          userId: `user${n}`,
          application: `app${n % 40}`,
          ip: `10.0.0.${n}`,
          createdAt: at(n),
          lastSeenAt: at(n),
          idleExpiresAt: at(n),
          end: n % 50 === 0 ? { at: at(n), reason: 'logout', by: 'ada' } : null,
        }),
      ),
    );
    await insert('audit', (n) => {
      const entry = newEntry(`e${n}`, {
        at: at(n),
        actor: { type: 'user', id: `user${n}` },
        target: { type: 'user', id: `user${n}` },
        action: n % 40 === 0 ? 'user.suspend' : 'session.login',
        result: n % 40 === 1 ? 'failure' : 'success',
        ip: `10.0.0.${n}`,
        requestId: `r${n}`,
      });
      return { ...withId(entry), order: `${toPrefix(entry.at)}-${n}`, storedAt: entry.at };
    });
  }, 60_000);
  afterAll(async () => {
    await connection.dropDatabase();
    await connection.close();
  });

  const withId = ({ id, ...row }: { readonly id: string }): object => ({ _id: id, ...row });
  const insert = async (name: string, make: (n: number) => object): Promise<void> => {
    await connection.collection(name).insertMany(repeat(count, make));
  };

  /** By their first fields: the indexes that the plan uses. */
  async function used<Row>(model: Model<Row>, filter: QueryFilter<Row>): Promise<string[]> {
    const plan = JSON.stringify(await model.find(filter).limit(50).explain('queryPlanner'));
    // FerretDB answers PostgreSQL's plan. What MongoDB has rejected is not what it uses.
    const name = plan.includes('"winningPlan"')
      ? /"indexName":"([^"]+)"/g
      : /"Index Name":"([^"]+)"/g;
    const [chosen = ''] = plan.split('"rejectedPlans"');
    return [...chosen.matchAll(name)].map(([, index]) => index ?? '');
  }

  const live = { is: 'live', at: at(count - 50) } as const;

  it.each<[string, () => Promise<string[]>, RegExp]>([
    ['users by status', () => users({ status: 'suspended' }), /^(status|roles)_1_/],
    ['users by role', () => users({ role: 'editor' }), /^roles_1_/],
    ['users by a word', () => users({ search: 'name19' }), /^searchTerms_1$/],
    [
      'users by words and status',
      () => users({ search: 'name19 user19', status: 'active' }),
      /^searchTerms_1$/,
    ],
    ['users by id', () => users({ ids: ['user7'] }), /^_id_/],
    ['sessions by user', () => sessions({ userId: 'user7' }), /^userId_1_/],
    ['sessions by application', () => sessions({ application: 'app7' }), /^application_1_/],
    ['sessions by address', () => sessions({ ip: '10.0.0.7' }), /^ip_1_/],
    ['live sessions', () => sessions({ state: live }), /^(idleExpiresAt|expiresAt)_1/],
    ['ended sessions', () => sessions({ state: { is: 'ended', at: at(0) } }), /^end\.at_1/],
    [
      'live sessions of a user',
      () => sessions({ userId: 'user1990', state: live }),
      /^(userId|idleExpiresAt)_1/,
    ],
    [
      'live sessions by when they were seen',
      () => used(sessionModel(connection), toLiveFilter(at(0), { seenFrom: at(count - 9) })),
      /^(lastSeenAt|idleExpiresAt|expiresAt)_1/,
    ],
    ['entries by actor', () => entries({ actor: 'user7' }), /^actor\.id_1_/],
    ['entries by target', () => entries({ target: 'user7' }), /^target\.id_1_/],
    ['entries by action', () => entries({ action: 'user.suspend' }), /^action_1_/],
    ['entries by result', () => entries({ result: 'failure' }), /^(result|action)_1_/],
    ['entries by address', () => entries({ ip: '10.0.0.7' }), /^ip_1_/],
    ['entries by request', () => entries({ requestId: 'r7' }), /^requestId_1_/],
    ['entries by time', () => entries({ from: at(count - 9) }), /^order_1_/],
    [
      'entries by action and result',
      () => entries({ action: 'session.login', result: 'failure' }),
      /^(action|result)_1_/,
    ],
  ])('of %s begins with an index', async (_name, plan, expected) => {
    const names = await plan();
    expect(names.filter((name) => expected.test(name))).not.toEqual([]);
  });

  const users = (query: object): Promise<string[]> =>
    used(userModel(connection), toUserFilter({ limit: 50, ...query }));
  const sessions = (query: object): Promise<string[]> =>
    used(sessionModel(connection), toSessionFilter({ limit: 50, ...query }));
  const entries = (query: object): Promise<string[]> =>
    used(auditModel(connection), toAuditFilter({ limit: 50, ...query }));

  describe('by a sort', () => {
    it.each([
      ['users', ['createdAt', 'updatedAt', 'foldedEmail', 'foldedDisplayName']],
      ['sessions', ['createdAt', 'lastSeenAt']],
      ['audit', ['order']],
    ])('of %s has an index whose range is looked at, ties by id', async (collection, fields) => {
      const keys = (await connection.collection(collection).indexes()).map(({ key }) => key);
      for (const field of fields) expect(keys).toContainEqual({ [field]: 1, _id: 1 });
    });
  });
});
