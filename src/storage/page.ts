/** Keyset paging shared by every list: a page stays right while rows are added and removed around it. */

/** One page of a list; `total` counts the whole filter, not the page. */
export interface Page<Row> {
  readonly rows: readonly Row[];
  readonly total: number;
  /** Where the next page begins, or `null` on the last one. Opaque to callers. */
  readonly nextCursor: string | null;
}

export interface PageRequest {
  /** Rows wanted: 1 to 200 for a caller from outside, 1,000 for an export. */
  readonly limit: number;
  readonly cursor?: string;
}

/** Where a page begins: the sort value and the id of the last row before it. */
export interface Position {
  readonly value: string | number;
  readonly id: string;
}

/** Thrown for a cursor that this server did not hand out; the HTTP layer answers 400. */
export class InvalidCursorError extends Error {
  constructor() {
    super('cursor is not one that this list handed out');
    this.name = 'InvalidCursorError';
  }
}

/** @param order which list in which order: the place of a row says nothing in another. */
export function encodeCursor(order: string, { value, id }: Position): string {
  return Buffer.from(JSON.stringify([order, value, id])).toString('base64url');
}

/**
 * Reads a cursor back.
 * @throws InvalidCursorError when it is of another list or order, or not the base64url of `[string,
 *   string | number, string]`: a cursor is client input, and anything but a scalar in a database
 *   filter would be an operator injection.
 */
export function decodeCursor(cursor: string, order: string, type: 'string' | 'number'): Position {
  let parsed: unknown;
  try {
    parsed = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    throw new InvalidCursorError();
  }
  if (!Array.isArray(parsed) || parsed.length !== 3) throw new InvalidCursorError();
  const [of, value, id] = parsed as [unknown, unknown, unknown];
  if (of !== order) throw new InvalidCursorError();
  if (typeof id !== 'string' || typeof value !== type) throw new InvalidCursorError();
  if (typeof value === 'number' && !Number.isFinite(value)) throw new InvalidCursorError();
  return { value: value as string | number, id };
}

/** Cuts `limit + 1` fetched rows to a page. */
export function toPage<Row>(
  fetched: readonly Row[],
  limit: number,
  total: number,
  order: string,
  positionOf: (row: Row) => Position,
): Page<Row> {
  const rows = fetched.slice(0, limit);
  const last = rows.at(-1);
  const more = fetched.length > limit && last !== undefined;
  return { rows, total, nextCursor: more ? encodeCursor(order, positionOf(last)) : null };
}
