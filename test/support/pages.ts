import type { Page, PageRequest } from '../../src/storage/page.js';

/** Reads a list to its end; `between` runs after each page. */
export async function readPages<Row>(
  list: (request: PageRequest) => Promise<Page<Row>>,
  limit: number,
  between: (page: number) => Promise<void> = async () => {},
): Promise<Row[]> {
  const rows: Row[] = [];
  let request: PageRequest = { limit };
  for (let page = 1; page < 1000; page += 1) {
    const { rows: more, nextCursor } = await list(request);
    if (more.length > limit) throw new Error(`${more.length} rows where ${limit} were asked for`);
    rows.push(...more);
    if (nextCursor === null) return rows;
    request = { limit, cursor: nextCursor };
    await between(page);
  }
  throw new Error('the list has no end');
}

/**
 * Cursors that no list hands out: other text, other types, operators in place of values; and those of
 * another list.
 * @param valid one of this list, for all that is not forged in them.
 */
export function forgedCursors(valid: string | null): readonly string[] {
  const [order] = JSON.parse(Buffer.from(valid ?? '', 'base64url').toString()) as [string];
  const encode = (value: unknown): string =>
    Buffer.from(JSON.stringify(value)).toString('base64url');
  const places = [
    [{ $gt: '' }, 'a'],
    ['a', { $ne: null }],
    [1, { $ne: null }],
    [['a'], 'a'],
    [null, 'a'],
    [true, 'a'],
    ['a', 1],
    [1, 1],
    ['a'],
    [],
    ['a', 'b', 'c'],
  ];
  return [
    ...['', 'x', '%%%', 'null'],
    ...[null, 1, 'text', {}, [], [order], [[order], 'a', 'a'], [null, 1, 'a']].map(encode),
    ...places.map((place) => encode([order, ...place])),
    ...places.map(encode),
    ...['a', 1].map((value) => encode([`${order} `, value, 'a'])),
    Buffer.from(`["${order}",1e999,"a"]`).toString('base64url'),
    Buffer.from(`["${order}",1,"a"`).toString('base64url'),
  ];
}
