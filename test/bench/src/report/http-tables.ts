/** The tables of what was measured over HTTP. */
import { baseline, variants, type Group } from '../catalogue.js';
import { perSecond } from '../http/rounds.js';
import type { HttpPart } from '../results.js';
import { of, ratio, roundsOf } from './figures.js';
import { table } from './markdown-table.js';
import { text, withSpread, type Figure } from './stats.js';

export function httpTable(part: HttpPart, group: Group): string {
  const wanted = variants.filter((one) => one.group === group || one.name === baseline);
  const rows = wanted.flatMap(({ name, title }) => {
    if (roundsOf(part, name).length === 0) return [];
    const [rate, cpu] = [of(part, name, perSecond), of(part, name, (round) => round.cpuPerRequest)];
    return [
      [
        title,
        withSpread(ratio(part, name)),
        rate ? text(rate.median) : '–',
        withSpread(cpu),
        median(of(part, name, ({ p50 }) => p50)),
        median(of(part, name, ({ p99 }) => p99)),
      ],
    ];
  });
  return table(
    ['', 'throughput ÷ unguarded', 'requests/s', 'server CPU, µs a request', 'p50, ms', 'p99, ms'],
    rows,
  );
}

const median = (figure: Figure | null): string => (figure ? text(figure.median) : '–');

export function unloadedTable(part: HttpPart): string {
  const rows = variants.flatMap(({ name, title }) => {
    if (roundsOf(part, name).length === 0) return [];
    const at = (measure: 'p50' | 'p90' | 'p99'): string =>
      withSpread(of(part, name, (round) => round[measure]));
    return [[title, at('p50'), at('p90'), at('p99')]];
  });
  return table(['one connection', 'p50, ms', 'p90, ms', 'p99, ms'], rows);
}
