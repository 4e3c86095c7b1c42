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

/** Of so few matches all are found and sorted sooner than some are met along the order. */
const few = 1_000;

/**
 * One page of a table. First which rows, by an index alone where it has all that is asked for; then what
 * is in them.
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
  const name = `${from.table} by ${column} ${direction}`;
  const start = cursor === undefined ? null : decodeCursor(cursor, name, type);
  const total = countRows(database, from.table, where);
  if (start) where.and(`(${column}, ${tie}) ${beyond} (?, ?)`, start.value, start.id);
  const found = database.all(
    `SELECT ${tie}, ${column} FROM ${from.table}${total > few ? where.walking : where.text}` +
      ` ORDER BY ${column} ${direction}, ${tie} ${direction} LIMIT ?`,
    ...where.values,
    limit + 1,
  );
  const tieOf = (row: SqliteRow): string =>
    tie === 'id' ? row.text(tie) : String(row.number(tie));
  const page = toPage(found, limit, total, name, (row) => ({
    value: type === 'string' ? row.text(column) : row.number(column),
    id: tieOf(row),
  }));
  const rows = new Map(readRows(database, from, tie, page.rows).map((row) => [tieOf(row), row]));
  return { ...page, rows: page.rows.flatMap((row) => rows.get(tieOf(row)) ?? []) };
}

function readRows(
  database: SqliteDatabase,
  { table, columns }: { readonly table: string; readonly columns: string },
  tie: Order['tie'],
  found: readonly SqliteRow[],
): SqliteRow[] {
  if (found.length === 0) return [];
  const ties = found.map((row) => (tie === 'id' ? row.text(tie) : row.number(tie)));
  const text = `SELECT ${columns} FROM ${table} WHERE ${tie} IN (SELECT value FROM json_each(?))`;
  return database.all(text, JSON.stringify(ties));
}

export function countRows(database: SqliteDatabase, table: string, where: Where): number {
  const row = database.first(`SELECT count(*) AS n FROM ${table}${where.text}`, ...where.values);
  return row?.number('n') ?? 0;
}
