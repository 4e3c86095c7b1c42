/** A list's query, as MongoDB's filter and order. */
import { trusted, type QueryFilter } from 'mongoose';
import { foldText } from '../../storage/fold-text.js';
import { contains } from '../../storage/mongo/contains.js';
import type { Order } from '../../storage/mongo/keyset.js';
import type { UserQuery, UserSort } from '../users.store.js';
import type { UserRow } from './user.schema.js';

export function toFilter({ search, ids, status, role }: UserQuery): QueryFilter<UserRow> {
  const found = [
    ...(search === undefined ? [] : matches(foldText(search))),
    ...(ids === undefined ? [] : [{ _id: trusted({ $in: [...ids] }) }]),
  ];
  return {
    ...(found.length === 0 ? {} : { $or: found }),
    ...(status === undefined ? {} : { status }),
    ...(role === undefined ? {} : { roles: role }),
  };
}

const matches = (folded: string): QueryFilter<UserRow>[] => [
  { foldedEmail: contains(folded) },
  { foldedDisplayName: contains(folded) },
];

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
