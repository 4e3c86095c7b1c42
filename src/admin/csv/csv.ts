/** CSV as RFC 4180 has it, safe to open in a spreadsheet. */

export type CsvCell = string | number | Date | null;

/** A column's name and what of a row stands in it. */
export type CsvColumn<Row> = readonly [name: string, cell: (row: Row) => CsvCell];

/**
 * Where a spreadsheet begins a formula; full-width forms too, which some fold to ASCII. A display name
 * of `=HYPERLINK(…)` would run on the machine of whoever opens the export (CSV injection, ASVS 1.2.10).
 * Not only at the start: where `;` is the separator, as in much of Europe, it begins a cell whatever the
 * quotes around the text say, and so does a tab or a line for other programs.
 */
const formula = /^(?=[\t\r\n])|(?<=^|[;\t\r\n])(?=(?:[^\S\t\r\n]|")*[=+\-@＝＋－＠])/g;
const special = /[",;\r\n\t]/;

export function csvCell(value: CsvCell): string {
  if (value === null) return '';
  if (value instanceof Date) return value.toISOString();
  // A number is ours and stays one: -5 is no formula.
  if (typeof value === 'number') return String(value);
  const text = value.replace(formula, "'");
  return text !== value || special.test(text) ? quote(text) : text;
}

export const csvRow = (cells: readonly CsvCell[]): string => `${cells.map(csvCell).join(',')}\r\n`;

const quote = (text: string): string => `"${text.replaceAll('"', '""')}"`;
