/** Rows under a heading, in columns; control characters of stored text must not steer the terminal. */
export function textTable(
  heading: readonly string[],
  rows: readonly (readonly string[])[],
): string {
  const clean = rows.map((row) => row.map((cell) => cell.replaceAll(/\p{C}/gu, '?')));
  const all = [heading, ...clean];
  const widths = heading.map((_name, column) =>
    Math.max(...all.map((row) => (row[column] ?? '').length)),
  );
  return all
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
