/** A list's query, as SQLite's condition and order. */
import type { Order } from '../../storage/sqlite/select.js';
import { Where } from '../../storage/sqlite/sql.js';
import { searchWordsOf } from '../search-terms.js';
import type { UserQuery, UserSort } from '../users.store.js';

export function toWhere({ search, ids, status, role }: UserQuery): Where {
  const where = new Where();
  if (ids !== undefined) where.and('id IN (SELECT value FROM json_each(?))', JSON.stringify(ids));
  if (search !== undefined) andMatches(where, searchWordsOf(search));
  if (status !== undefined) where.andEither(hasStatus, status);
  if (role !== undefined) where.andEither(hasRole, role);
  return where;
}

/** Bounds and not LIKE: `%` and `_` are searched for like any other character. */
function andMatches(where: Where, words: readonly string[]): void {
  // A search without a word finds nobody.
  if (words.length === 0) where.and('false');
  for (const word of words) where.andEither(hasTerm, word, `${word}\u{10FFFF}`);
}

const isIn = (table: string, condition: string): Parameters<Where['andEither']>[0] => ({
  condition: `id IN (SELECT user_id FROM ${table} WHERE ${condition})`,
  walking: `EXISTS (SELECT 1 FROM ${table} WHERE user_id = users.id AND ${condition})`,
});

const hasTerm = isIn('user_terms', 'term >= ? AND term < ?');
const hasRole = isIn('user_roles', 'role = ?');
const hasStatus = { condition: 'status = ?', walking: '+status = ?' };

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
