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

/** Cursors that no list hands out: other text, other types, operators in place of values. */
export const forgedCursors: readonly string[] = [
  '',
  'x',
  '%%%',
  'null',
  ...[
    null,
    1,
    'text',
    {},
    [],
    ['a'],
    ['a', 'b', 'c'],
    [{ $gt: '' }, 'a'],
    ['a', { $ne: null }],
    [1, { $ne: null }],
    [['a'], 'a'],
    [null, 'a'],
    [true, 'a'],
    ['a', 1],
    [1, 1],
  ].map((value) => Buffer.from(JSON.stringify(value)).toString('base64url')),
  Buffer.from('[1e999,"a"]').toString('base64url'),
  Buffer.from('[1,"a"').toString('base64url'),
];
