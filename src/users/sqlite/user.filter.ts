/** A list's query, as SQLite's condition and order. */
import type { Order } from '../../storage/sqlite/select.js';
import { Where } from '../../storage/sqlite/sql.js';
import { searchWordsOf } from '../search-terms.js';
import type { UserQuery, UserSort } from '../users.store.js';

export function toWhere({ search, ids, status, role }: UserQuery): Where {
  const where = new Where();
  if (ids !== undefined) where.and('id IN (SELECT value FROM json_each(?))', JSON.stringify(ids));
  if (search !== undefined) andMatches(where, searchWordsOf(search));
  return where
    .andLooselyIfSet('status = ?', status)
    .andLooselyIfSet('id IN (SELECT user_id FROM user_roles WHERE role = ?)', role);
}

/** Bounds and not LIKE: `%` and `_` are searched for like any other character. */
function andMatches(where: Where, words: readonly string[]): void {
  // A search without a word finds nobody.
  if (words.length === 0) where.and('false');
  const text = 'id IN (SELECT user_id FROM user_terms WHERE term >= ? AND term < ?)';
  for (const word of words) where.andLoosely(text, word, `${word}\u{10FFFF}`);
}

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
