import type { Page, PageRequest } from '../../storage/page.js';
import { csvRow, type CsvColumn } from './csv.js';

export type ListPage<Row> = (request: PageRequest) => Promise<Page<Row>>;

/** Each page counts its whole list, so few large pages cost less than many small ones. */
const pageRows = 1000;

export const firstPage: PageRequest = { limit: pageRows };

/**
 * The header, then the rows page by page as they are taken, so that an export of any size holds one
 * page in memory. Ends after `maxRows` with a line that says so: a list that is cut off in silence is
 * taken for the whole.
 */
export async function* csvLines<Row>(
  columns: readonly CsvColumn<Row>[],
  first: Page<Row>,
  list: ListPage<Row>,
  maxRows: number,
): AsyncGenerator<string> {
  yield csvRow(columns.map(([name]) => name));
  let page = first;
  let left = maxRows;
  for (;;) {
    const rows = page.rows.slice(0, left);
    if (rows.length > 0) {
      yield rows.map((row) => csvRow(columns.map(([, cell]) => cell(row)))).join('');
    }
    left -= rows.length;
    if (rows.length < page.rows.length) {
      yield noteOfCut(columns.length, maxRows, first.total);
      return;
    }
    if (page.nextCursor === null) return;
    page = await list({ ...firstPage, cursor: page.nextCursor });
  }
}

/** As wide as every other record (RFC 4180 §2.4). */
function noteOfCut(width: number, maxRows: number, total: number): string {
  const note = `cut off after ${maxRows} of ${total} rows`;
  return csvRow([note, ...Array<null>(width - 1).fill(null)]);
}
