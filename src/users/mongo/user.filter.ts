/** A list's query, as MongoDB's filter and order. */
import { trusted, type QueryFilter } from 'mongoose';
import { startsWith } from '../../storage/mongo/starts-with.js';
import type { Order } from '../../storage/mongo/keyset.js';
import { searchWordsOf } from '../search-terms.js';
import type { UserQuery, UserSort } from '../users.store.js';
import type { UserRow } from './user.schema.js';

export function toFilter({ search, ids, status, role }: UserQuery): QueryFilter<UserRow> {
  return {
    ...(ids === undefined ? {} : { _id: trusted({ $in: [...ids] }) }),
    ...(search === undefined ? {} : matches(searchWordsOf(search))),
    ...(status === undefined ? {} : { status }),
    ...(role === undefined ? {} : { roles: role }),
  };
}

/** A search without a word finds nobody. */
const matches = (words: readonly string[]): QueryFilter<UserRow> =>
  words.length === 0
    ? { searchTerms: trusted({ $in: [] }) }
    : { $and: words.map((word) => ({ searchTerms: startsWith(word) })) };

const orders: Record<string, Pick<Order<UserRow>, 'field' | 'type'>> = {
  createdAt: { field: 'createdAt', type: 'date' },
  updatedAt: { field: 'updatedAt', type: 'date' },
  email: { field: 'foldedEmail', type: 'string' },
  displayName: { field: 'foldedDisplayName', type: 'string' },
};

export function toOrder(sort: UserSort = '-createdAt'): Order<UserRow> {
  const descending = sort.startsWith('-');
  const order = orders[descending ? sort.slice(1) : sort];
  if (!order) throw new RangeError(`no such sort: ${sort}`);
  return { ...order, descending };
}
