/** The tables of docs/performance.md, each under the name of its place there. */
import { variants, type Group } from '../catalogue.js';
import type { HttpPart, Results } from '../results.js';
import { microseconds, over, roundsOf } from './figures.js';
import { httpTable, unloadedTable } from './http-tables.js';
import { table } from './markdown-table.js';
import { figureOf, quantile, text, withSpread, type Figure } from './stats.js';
import { judge, targets, type Target } from './targets.js';

export type Tables = Readonly<Record<string, string>>;

/** Only of what was measured. */
export function tablesOf(results: Results): Tables {
  const { http, unloaded, micro, memory, scale, revocation, login, profiles } = results;
  return {
    machine: machineTable(results),
    ...(judged(results).length > 0 && { targets: targetTable(results) }),
    ...(http && Object.fromEntries(groupsOf(http).map((group) => [group, httpTable(http, group)]))),
    ...(unloaded && { unloaded: unloadedTable(unloaded) }),
    ...(micro && { micro: microTable(micro.samples) }),
    ...(memory && { memory: memoryTable(memory) }),
    ...(scale && { scale: scaleTable(scale.samples) }),
    ...(revocation && { revocation: revocationTable(revocation) }),
    ...(login && { login: loginTable(login) }),
    ...(profiles && { profiles: profileTables(profiles) }),
  };
}

/** Those of which more than the ceiling was measured. */
function groupsOf(part: HttpPart): Group[] {
  const measured = variants.filter(({ name }) => roundsOf(part, name).length > 0);
  return [...new Set(measured.map(({ group }) => group))];
}

function machineTable({ machine, services, missing, ...parts }: Results): string {
  const { http } = parts;
  const dates = [parts.http, parts.micro, parts.memory, parts.revocation, parts.login]
    .flatMap((part) => (part ? [part.date.slice(0, 10)] : []))
    .sort();
  const when = [...new Set([dates.at(0), dates.at(-1)])].filter(Boolean).join(' to ');
  const rounds = Math.max(0, ...Object.values(http?.rounds ?? {}).map(({ length }) => length));
  const fewest = Math.min(rounds, ...Object.values(http?.rounds ?? {}).map(({ length }) => length));
  const rows = [
    ['when', `${when}, at commit ${machine.commit}`],
    [
      'machine',
      `${machine.processor}, ${machine.cores} cores, ${machine.memoryGb} GiB, ${machine.system}`,
    ],
    ['processes', machine.pinning],
    ['services', services.join('; ') || 'none'],
    [
      'rounds',
      http ? `${fewest} of ${http.seconds} s for each variant, ${rounds} of the ceiling` : '–',
    ],
    [
      'versions',
      Object.entries(machine.versions)
        .map(([name, version]) => `${name} ${version}`)
        .join(', '),
    ],
    ['left out', missing.join('; ') || 'nothing'],
  ];
  return table(['', ''], rows).replace('| --- | --: |', '| --- | --- |');
}

function judged(results: Results): readonly (readonly [Target, Figure])[] {
  return targets.flatMap((target) => {
    const figure = target.figure(results);
    return figure === null ? [] : [[target, figure] as const];
  });
}

function targetTable(results: Results): string {
  const measured = judged(results);
  const rows = measured.map(([target, figure]) => {
    const sign = target.bound === 'at least' ? '≥' : '≤';
    const unit = target.unit === '' ? '' : ` ${target.unit}`;
    const bound = `${sign} ${target.target.toLocaleString('en')}${unit}`;
    return [target.what, bound, `${withSpread(figure)}${unit}`, judge(target, figure)];
  });
  const whole = table(['what', 'target', 'measured', ''], rows);
  const isMeasured = new Set(measured.map(([target]) => target));
  const left = targets.filter((target) => !isMeasured.has(target)).map(({ what }) => what);
  // Of a run of one part that would be nearly all of them.
  const isWorthNaming = left.length > 0 && left.length < measured.length;
  return isWorthNaming ? `${whole}\n\nNot measured: ${left.join('; ')}.` : whole;
}

type Samples = Readonly<Record<string, readonly number[]>>;

function microTable(samples: Samples): string {
  const relations: Readonly<Record<string, string>> = {
    'guard: first sight': 'crypto.verify',
    'guard: forged': 'crypto.verify',
    mint: 'crypto.sign',
  };
  const rows = Object.keys(samples)
    .filter((name) => name !== 'a request')
    .map((name) => {
      const other = relations[name];
      const relation =
        other === undefined ? '' : `${withSpread(over(samples, name, other))} × ${other}`;
      return [name, withSpread(microseconds(samples, name)), relation];
    });
  return table(['call', 'µs', 'in relation'], rows);
}

function memoryTable({ rows }: NonNullable<Results['memory']>): string {
  return table(
    ['entry', 'entries', 'heap, bytes each', 'resident memory, bytes each'],
    rows.map(({ what, count, heapBytes, rssBytes }) => [
      what,
      text(count),
      text(heapBytes),
      text(rssBytes),
    ]),
  );
}

function scaleTable(samples: Samples): string {
  const [smallest = ''] = Object.keys(samples);
  const rows = Object.keys(samples).map((size) => [
    text(Number(size)),
    withSpread(microseconds(samples, size)),
    withSpread(over(samples, size, smallest)),
  ]);
  return table(['users in the state', 'guard, known token, µs', '÷ the smallest'], rows);
}

function revocationTable({ rows }: NonNullable<Results['revocation']>): string {
  const shown = (values: readonly number[]): string => {
    const sorted = [...values].sort((a, b) => a - b);
    return [0.5, 0.9, 0.99, 1].map((share) => text(quantile(sorted, share))).join(' / ');
  };
  return table(
    [
      'nodes',
      'load',
      'revokes',
      'call to answer, ms (p50 / p90 / p99 / max)',
      'until all acknowledged, ms',
      'of it the news out and back, ms',
    ],
    rows.map((row) => [
      String(row.nodes),
      row.isLoaded ? `${text(row.requestsPerSecond)} requests/s in all` : 'idle',
      String(row.answeredAfter.length),
      shown(row.answeredAfter),
      shown(row.acknowledgedAfter),
      row.nodes === 1 ? '–' : shown(row.spreadIn),
    ]),
  );
}

function loginTable({ rounds, perSecond: rate }: NonNullable<Results['login']>): string {
  const shown = (of: (round: (typeof rounds)[number]) => number): string =>
    withSpread(figureOf(rounds.map(of)));
  const answered = rounds.flatMap(({ logins }) => Object.entries(logins.statuses));
  const statuses = new Map<string, number>();
  for (const [status, count] of answered) statuses.set(status, (statuses.get(status) ?? 0) + count);
  const said = [...statuses].map(([status, count]) => `${count} × ${status}`).join(', ');
  return [
    table(
      ['', 'p50, ms', 'p99, ms', 'max, ms'],
      [
        [
          'guarded requests alone',
          shown(({ quiet }) => quiet.p50),
          shown(({ quiet }) => quiet.p99),
          shown(({ quiet }) => quiet.max),
        ],
        [
          `beside ${rate} logins a second`,
          shown(({ beside }) => beside.p50),
          shown(({ beside }) => beside.p99),
          shown(({ beside }) => beside.max),
        ],
        [
          'the logins',
          shown(({ logins }) => logins.p50),
          shown(({ logins }) => logins.p99),
          shown(({ logins }) => logins.max),
        ],
      ],
    ),
    `Logins were answered: ${said}.`,
  ].join('\n\n');
}

function profileTables(profiles: NonNullable<Results['profiles']>): string {
  return Object.entries(profiles)
    .map(([name, { parts, functions }]) => {
      const rows = parts.map(([part, percent], i) => {
        const [what, share] = functions[i] ?? ['', ''];
        return [part, `${percent} %`, what, share === '' ? '' : `${share} %`];
      });
      const whole = table(['part', 'time', 'function', 'time'], rows);
      return `#### ${name}\n\n${whole.replace('--: | --: | --: |', '--: | --- | --: |')}`;
    })
    .join('\n\n');
}
