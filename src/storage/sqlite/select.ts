import { decodeCursor, toPage, type Page, type PageRequest } from '../page.js';
import type { SqliteDatabase } from './database.js';
import type { SqliteRow } from './row.js';
import type { Where } from './sql.js';

export interface Order {
  readonly column: string;
  readonly type: 'string' | 'number';
  readonly descending: boolean;
  /** Tells rows of the same value apart, in the same direction. */
  readonly tie: 'id' | 'sequence';
}

/**
 * One page of a table.
 * @throws InvalidCursorError
 */
export function selectPage(
  database: SqliteDatabase,
  from: { readonly table: string; readonly columns: string },
  where: Where,
  order: Order,
  { limit, cursor }: PageRequest,
): Page<SqliteRow> {
  const { column, type, tie } = order;
  const [direction, beyond] = order.descending ? ['DESC', '<'] : ['ASC', '>'];
  const start = cursor === undefined ? null : decodeCursor(cursor, type);
  const total = countRows(database, from.table, where);
  if (start) where.and(`(${column}, ${tie}) ${beyond} (?, ?)`, start.value, start.id);
  const rows = database.all(
    `SELECT ${from.columns} FROM ${from.table}${where.text}` +
      ` ORDER BY ${column} ${direction}, ${tie} ${direction} LIMIT ?`,
    ...where.values,
    limit + 1,
  );
  return toPage(rows, limit, total, (row) => ({
    value: type === 'string' ? row.text(column) : row.number(column),
    id: tie === 'id' ? row.text(tie) : String(row.number(tie)),
  }));
}

export function countRows(database: SqliteDatabase, table: string, where: Where): number {
  const row = database.first(`SELECT count(*) AS n FROM ${table}${where.text}`, ...where.values);
  return row?.number('n') ?? 0;
}
