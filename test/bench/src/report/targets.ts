/** What was to be reached, and whether it was: computed, never written by hand. */
import type { Results } from '../results.js';
import { cpuOver, microseconds, over, ratio, times } from './figures.js';
import { figureOf, type Figure } from './stats.js';
import { kept, overUnguarded, spread } from './target-figures.js';

export interface Target {
  readonly what: string;
  readonly unit: '' | '×' | 'µs' | 'ms' | 'B';
  readonly bound: 'at least' | 'at most';
  readonly target: number;
  /** Beyond this it is not merely missed. */
  readonly limit?: number;
  readonly figure: (results: Results) => Figure | null;
}

type Row = readonly [
  what: string,
  target: number,
  limit: number | undefined,
  figure: Target['figure'],
];

const group = (bound: Target['bound'], unit: Target['unit'], rows: readonly Row[]): Target[] =>
  rows.map(([what, target, limit, figure]) => ({
    what,
    unit,
    bound,
    target,
    ...(limit !== undefined && { limit }),
    figure,
  }));

const [guard, slide] = ['portcullis-guard', 'portcullis-slide'];
const isTimes =
  (one: string, other: string): Target['figure'] =>
  (results) =>
    times(results, one, other);

const throughput: readonly Row[] = [
  ['guard only ÷ unguarded', 0.85, 0.75, ({ http }) => ratio(http, guard)],
  ['guard and slide ÷ unguarded', 0.5, 0.45, ({ http }) => ratio(http, slide)],
  [
    'guard and slide ÷ a guard and an interceptor that do nothing',
    0.85,
    0.75,
    isTimes(slide, 'nest-noop'),
  ],
  [
    'clients that adopt each token ÷ clients that keep theirs',
    0.8,
    undefined,
    isTimes('portcullis-slide-adopting', slide),
  ],
];

const againstPeers: readonly Row[] = [
  ['guard only ÷ passport-jwt, HS256 string', 12, 6, isTimes(guard, 'passport-hs256-string')],
  ['guard and slide ÷ passport-jwt, HS256 string', 9, 6, isTimes(slide, 'passport-hs256-string')],
  ['guard only ÷ passport-jwt, ES256 PEM', 10, 5, isTimes(guard, 'passport-es256-pem')],
  ['guard and slide ÷ passport-jwt, ES256 PEM', 7, 5, isTimes(slide, 'passport-es256-pem')],
  [
    'guard only ÷ passport-jwt, ES256 `KeyObject`',
    4,
    2,
    isTimes(guard, 'passport-es256-keyobject'),
  ],
  [
    'guard and slide ÷ passport-jwt, ES256 `KeyObject`',
    2.5,
    2,
    isTimes(slide, 'passport-es256-keyobject'),
  ],
  [
    'guard only ÷ passport-jwt, ES256 PEM, Redis read',
    8,
    2,
    isTimes(guard, 'passport-es256-pem+redis'),
  ],
  [
    'guard only ÷ passport-jwt, ES256 `KeyObject`, Redis read',
    4,
    2,
    isTimes(guard, 'passport-es256-keyobject+redis'),
  ],
  [
    'guard and slide ÷ passport-jwt, ES256 `KeyObject`, Redis read',
    2.5,
    2,
    isTimes(slide, 'passport-es256-keyobject+redis'),
  ],
  [
    'guard only ÷ passport-jwt, ES256 `KeyObject`, MongoDB read',
    4.5,
    2,
    isTimes(guard, 'passport-es256-keyobject+mongodb'),
  ],
  [
    'guard and slide ÷ passport-jwt, ES256 `KeyObject`, MongoDB read',
    3,
    2,
    isTimes(slide, 'passport-es256-keyobject+mongodb'),
  ],
  ['guard and slide ÷ verified-token cache and Redis read', 1, 0.9, isTimes(slide, 'rival')],
];

const calls: readonly Row[] = [
  [
    'guard, known token, in a tight loop',
    1.5,
    3,
    ({ micro }) => microseconds(micro?.samples, 'guard: known token'),
  ],
  [
    'guard, malformed token',
    3,
    undefined,
    ({ micro }) => microseconds(micro?.samples, 'guard: malformed'),
  ],
  [
    'guard, expired token',
    3,
    undefined,
    ({ micro }) => microseconds(micro?.samples, 'guard: expired'),
  ],
  [
    'guard only, processor time over a guard that does nothing',
    6,
    12,
    (results) => cpuOver(results, guard, 'nest-noop-guard'),
  ],
];

const relations: readonly Row[] = [
  [
    'guard, first sight of a token ÷ `crypto.verify`',
    1.25,
    1.5,
    ({ micro }) => over(micro?.samples, 'guard: first sight', 'crypto.verify'),
  ],
  [
    'guard, forged token ÷ `crypto.verify`',
    1.25,
    1.5,
    ({ micro }) => over(micro?.samples, 'guard: forged', 'crypto.verify'),
  ],
  [
    'guard with 10⁶ users in the state ÷ with 10²',
    1.3,
    undefined,
    ({ scale }) => over(scale?.samples, '1000000', '100'),
  ],
  [
    'p99 of guarded requests beside 50 logins a second ÷ alone',
    1.2,
    undefined,
    ({ login }) =>
      figureOf((login?.rounds ?? []).map(({ quiet, beside }) => beside.p99 / quiet.p99)),
  ],
];

const latencies: readonly Row[] = [
  ['one connection: p50 of guard and slide, over unguarded', 0.02, undefined, overUnguarded],
  [
    'news of a revoke, out and acknowledged by 2 and 4 idle nodes, p50',
    2,
    undefined,
    spread([2, 4], false, 0.5),
  ],
  [
    'news of a revoke, out and acknowledged by 2 and 4 idle nodes, p99',
    15,
    50,
    spread([2, 4], false, 0.99),
  ],
  [
    'news of a revoke, out and acknowledged by 8 idle nodes, p99',
    25,
    100,
    spread([8], false, 0.99),
  ],
  [
    'news of a revoke, out and acknowledged by 2 saturated nodes, p99',
    30,
    100,
    spread([2], true, 0.99),
  ],
];

const memory: readonly Row[] = [
  [
    'a tracked subject of 10⁶, heap',
    100,
    250,
    ({ memory: part }) => kept(part, 'subject', 'heapBytes'),
  ],
  [
    'a tracked subject of 10⁶, resident memory',
    220,
    undefined,
    ({ memory: part }) => kept(part, 'subject', 'rssBytes'),
  ],
  [
    'an active user, heap',
    1200,
    2500,
    ({ memory: part }) => kept(part, 'active user', 'heapBytes'),
  ],
  [
    'an active user, resident memory',
    1500,
    undefined,
    ({ memory: part }) => kept(part, 'active user', 'rssBytes'),
  ],
];

export const targets: readonly Target[] = [
  ...group('at least', '', throughput),
  ...group('at least', '×', againstPeers),
  ...group('at most', 'µs', calls),
  ...group('at most', '×', relations),
  ...group('at most', 'ms', latencies),
  ...group('at most', 'B', memory),
];

export function judge({ bound, target, limit }: Target, figure: Figure): string {
  const isMet = (value: number): boolean =>
    bound === 'at least' ? figure.median >= value : figure.median <= value;
  if (isMet(target)) return 'met';
  return limit === undefined || isMet(limit) ? '**missed**' : '**missed by far**';
}
