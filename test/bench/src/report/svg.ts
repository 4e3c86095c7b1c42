/** Bars with their spread, drawn by hand: readable on a light page and on a dark one. */
import { text } from './stats.js';

export interface Bar {
  readonly label: string;
  readonly value: number;
  /** The thin line: from where to where. */
  readonly from: number;
  readonly to: number;
  readonly isOurs: boolean;
}

export interface Chart {
  readonly title: string;
  /** What the bar and the line are. */
  readonly subtitle: string;
  readonly scale: 'linear' | 'log';
  readonly bars: readonly Bar[];
}

const [width, labels, values, rowHeight, top] = [980, 440, 80, 24, 66];
const plot = width - labels - values;

const style = `
  text { font: 13px system-ui, -apple-system, 'Segoe UI', sans-serif; fill: #1f2328; }
  .title { font-size: 16px; font-weight: 600; }
  .small { font-size: 12px; fill: #59636e; }
  .ours { font-weight: 600; }
  .grid { stroke: #d1d9e0; }
  .bar { fill: #9aa4ae; }
  .bar.ours { fill: #0969da; }
  .spread { stroke: #1f2328; stroke-width: 1.5; }
  @media (prefers-color-scheme: dark) {
    text { fill: #f0f6fc; }
    .small { fill: #9198a1; }
    .grid { stroke: #3d444d; }
    .bar { fill: #656c76; }
    .bar.ours { fill: #4493f8; }
    .spread { stroke: #f0f6fc; }
  }`;

export function barChart({ title, subtitle, scale, bars }: Chart): string {
  const ends = bars.flatMap(({ value, from, to }) => [value, from, to]).filter((one) => one > 0);
  const [least, most] = [Math.min(...ends), Math.max(...ends)];
  const ticks = scale === 'log' ? logTicks(least, most) : linearTicks(most);
  const [first = 0, last = 1] = [ticks[0], ticks.at(-1)];
  const along = (value: number): number =>
    scale === 'log'
      ? Math.log(Math.max(value, first) / first) / Math.log(last / first)
      : value / last;
  const x = (value: number): number => labels + plot * Math.min(1, along(value));
  const height = top + bars.length * rowHeight + 30;
  const bottom = top + bars.length * rowHeight;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-label="${escape(title)}">`,
    `<style>${style}\n</style>`,
    `<text class="title" x="8" y="24">${escape(title)}</text>`,
    `<text class="small" x="8" y="44">${escape(subtitle)}</text>`,
    ...ticks.map((tick) => {
      const at = x(tick).toFixed(1);
      const line = `<line class="grid" x1="${at}" x2="${at}" y1="${top - 6}" y2="${bottom}"/>`;
      return `${line}<text class="small" x="${at}" y="${bottom + 18}" text-anchor="middle">${tick}</text>`;
    }),
    ...bars.map((bar, row) => drawBar(bar, top + row * rowHeight, x)),
    '</svg>',
    '',
  ].join('\n');
}

function drawBar(bar: Bar, y: number, x: (value: number) => number): string {
  const ours = bar.isOurs ? ' ours' : '';
  const end = x(bar.value);
  const middle = y + 10;
  const after = Math.max(end, x(bar.to)) + 6;
  return [
    `<text class="label${ours}" x="${labels - 8}" y="${y + 14}" text-anchor="end">${escape(bar.label)}</text>`,
    `<rect class="bar${ours}" x="${labels}" y="${y + 3}" width="${(end - labels).toFixed(1)}" height="14" rx="2"/>`,
    `<line class="spread" x1="${x(bar.from).toFixed(1)}" x2="${x(bar.to).toFixed(1)}" y1="${middle}" y2="${middle}"/>`,
    `<text class="small" x="${after.toFixed(1)}" y="${y + 14}">${text(bar.value)}</text>`,
  ].join('');
}

function linearTicks(most: number): number[] {
  const step =
    [0.1, 0.2, 0.25, 0.5, 1, 2, 5, 10, 20, 50, 100].find((one) => most / one <= 6) ?? most;
  const count = Math.ceil(most / step);
  return Array.from({ length: count + 1 }, (_, i) => Number((i * step).toFixed(2)));
}

function logTicks(least: number, most: number): number[] {
  const from = Math.floor(Math.log10(least));
  const to = Math.max(from + 1, Math.ceil(Math.log10(most)));
  return Array.from({ length: to - from + 1 }, (_, i) => Number((10 ** (from + i)).toPrecision(1)));
}

const escape = (words: string): string =>
  words.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
