// An export, page by page: all of it, or as much as it may hold and a line that says so.
import { describe, expect, it, jest } from '@jest/globals';
import type { Page } from '../../storage/page.js';
import type { CsvColumn } from './csv.js';
import { csvLines, type ListPage } from './csv-lines.js';

interface Row {
  readonly n: number;
}

const columns: readonly CsvColumn<Row>[] = [
  ['n', ({ n }) => n],
  ['square', ({ n }) => n * n],
];

/** Pages of `size` of the numbers below `total`. */
function numbers(
  total: number,
  size: number,
): { first: Page<Row>; list: jest.Mock<ListPage<Row>> } {
  const pageFrom = (start: number): Page<Row> => {
    const length = Math.min(size, total - start);
    const rows = Array.from({ length }, (_, index) => ({ n: start + index }));
    return { rows, total, nextCursor: start + size < total ? String(start + size) : null };
  };
  const list = jest.fn<ListPage<Row>>(async ({ cursor }) => pageFrom(Number(cursor)));
  return { first: pageFrom(0), list };
}

async function read(total: number, size: number, maxRows: number): Promise<string[]> {
  const { first, list } = numbers(total, size);
  let text = '';
  for await (const chunk of csvLines(columns, first, list, maxRows)) text += chunk;
  return text.split('\r\n').slice(0, -1);
}

describe('an export', () => {
  it('of nothing is its header', async () => {
    expect(await read(0, 2, 10)).toEqual(['n,square']);
  });

  it.each([1, 2, 3, 4, 5, 10])('has every row once, from pages of %i', async (size) => {
    expect(await read(5, size, 10)).toEqual(['n,square', '0,0', '1,1', '2,4', '3,9', '4,16']);
  });

  it.each([1, 2, 3, 5, 10])(
    'of exactly what it may hold is whole, from pages of %i',
    async (size) => {
      expect(await read(5, size, 5)).toHaveLength(6);
      expect((await read(5, size, 5)).at(-1)).toBe('4,16');
    },
  );

  it.each([1, 2, 3, 5, 10])('of more says so in its last line, from pages of %i', async (size) => {
    const lines = await read(5, size, 4);
    expect(lines.slice(1, -1)).toEqual(['0,0', '1,1', '2,4', '3,9']);
    expect(lines.at(-1)).toBe('cut off after 4 of 5 rows,');
  });

  it('reads a page when the one before was taken, and none after it was left', async () => {
    const { first, list } = numbers(100, 10);
    const lines = csvLines(columns, first, list, 1000);
    await lines.next();
    await lines.next();
    expect(list).toHaveBeenCalledTimes(0);
    await lines.next();
    expect(list).toHaveBeenCalledTimes(1);
    await lines.return(undefined);
    expect((await lines.next()).done).toBe(true);
    expect(list).toHaveBeenCalledTimes(1);
  });
});
