/** A list's query, as SQLite's condition and order. */
import { foldText } from '../../storage/fold-text.js';
import type { Order } from '../../storage/sqlite/select.js';
import { Where, type Sql } from '../../storage/sqlite/sql.js';
import type { UserQuery, UserSort } from '../users.store.js';

export function toWhere({ search, ids, status, role }: UserQuery): Where {
  return new Where()
    .andOneOf([
      ...(search === undefined ? [] : matches(foldText(search))),
      ...(ids === undefined ? [] : [isOneOf(ids)]),
    ])
    .andIfSet('status = ?', status)
    .andIfSet('id IN (SELECT user_id FROM user_roles WHERE role = ?)', role);
}

/** Not LIKE: `%` and `_` are searched for like any other character. */
const matches = (folded: string): Sql[] =>
  ['folded_email', 'folded_display_name'].map((column) => ({
    text: `instr(${column}, ?) > 0`,
    values: [folded],
  }));

const isOneOf = (ids: readonly string[]): Sql => ({
  text: 'id IN (SELECT value FROM json_each(?))',
  values: [JSON.stringify(ids)],
});

const orders: Record<string, Pick<Order, 'column' | 'type'>> = {
  createdAt: { column: 'created_at', type: 'number' },
  updatedAt: { column: 'updated_at', type: 'number' },
  email: { column: 'folded_email', type: 'string' },
  displayName: { column: 'folded_display_name', type: 'string' },
};

export function toOrder(sort: UserSort = '-createdAt'): Order {
  const descending = sort.startsWith('-');
  const order = orders[descending ? sort.slice(1) : sort];
  if (!order) throw new RangeError(`no such sort: ${sort}`);
  return { ...order, descending, tie: 'id' };
}
