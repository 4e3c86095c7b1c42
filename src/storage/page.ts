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

export function encodeCursor(position: Position): string {
  return Buffer.from(JSON.stringify([position.value, position.id])).toString('base64url');
}

/**
 * Reads a cursor back.
 * @throws InvalidCursorError when it is not the base64url of `[string | number, string]`: a cursor
 *   is client input, and anything but a scalar in a database filter would be an operator injection.
 */
export function decodeCursor(cursor: string, type: 'string' | 'number'): Position {
  let parsed: unknown;
  try {
    parsed = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    throw new InvalidCursorError();
  }
  if (!Array.isArray(parsed) || parsed.length !== 2) throw new InvalidCursorError();
  const [value, id] = parsed as [unknown, unknown];
  if (typeof id !== 'string' || typeof value !== type) throw new InvalidCursorError();
  if (typeof value === 'number' && !Number.isFinite(value)) throw new InvalidCursorError();
  return { value: value as string | number, id };
}

/** Cuts `limit + 1` fetched rows to a page. */
export function toPage<Row>(
  fetched: readonly Row[],
  limit: number,
  total: number,
  positionOf: (row: Row) => Position,
): Page<Row> {
  const rows = fetched.slice(0, limit);
  const last = rows.at(-1);
  const more = fetched.length > limit && last !== undefined;
  return { rows, total, nextCursor: more ? encodeCursor(positionOf(last)) : null };
}
