// @ts-check
/** Figures for people. */

/** By nearest rank. @param {readonly number[]} values @param {number} share */
export function percentile(values, share) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}

/** @param {readonly { name: string, total: number, p50: number, p95: number }[]} rows */
export function toTable(rows) {
  const lines = rows.map(
    ({ name, total, p50, p95 }) =>
      `| ${name.padEnd(52)} | ${String(total).padStart(7)} | ${p50.toFixed(0).padStart(5)} | ${p95.toFixed(0).padStart(5)} |`,
  );
  const head = `| ${'list'.padEnd(52)} |   total |   p50 |   p95 |`;
  return [head, `| ${'-'.repeat(52)} | ------- | ----- | ----- |`, ...lines].join('\n');
}
