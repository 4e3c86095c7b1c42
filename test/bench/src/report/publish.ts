/** Where results go: raw into a file, and of a full run into docs/performance.md and its charts. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import type { Results } from '../results.js';
import { root } from '../server-files.js';
import { chartsOf } from './charts.js';
import { fillPlaces } from './places.js';
import { tablesOf } from './tables.js';

const folder = join(root, 'test/bench/results');
const full = join(folder, 'full.json');
const page = join(root, 'docs/performance.md');

export function readFull(): Results {
  if (!existsSync(full)) throw new Error('there was no full run yet: test/bench/results/full.json');
  return JSON.parse(readFileSync(full, 'utf8')) as Results;
}

export async function writeResults(
  results: Results,
  { isFull, isUpdate }: { isFull: boolean; isUpdate: boolean },
): Promise<void> {
  mkdirSync(folder, { recursive: true });
  if (!isFull && !isUpdate) {
    write(join(folder, 'last.json'), results);
    const { machine: _, ...tables } = tablesOf(results);
    for (const [name, table] of Object.entries(tables)) {
      console.log(`\n${name}\n\n${(await pretty(table)).trimEnd()}`);
    }
    for (const text of results.missing) console.log(`\nleft out: ${text}`);
    return;
  }
  const whole = isFull || !existsSync(full) ? results : merge(readFull(), results);
  write(full, whole);
  await publish(whole);
}

/** What ran takes the place of what was there; ratios stay within the part, so within one run. */
function merge(before: Results, now: Results): Results {
  const profiles = { ...before.profiles, ...now.profiles };
  return { ...before, ...now, ...(Object.keys(profiles).length > 0 && { profiles }) };
}

function write(file: string, results: Results): void {
  writeFileSync(file, `${JSON.stringify(results)}\n`);
  console.log(`\nwritten: ${file.slice(root.length)}`);
}

export async function publish(results: Results): Promise<void> {
  const charts = chartsOf(results);
  mkdirSync(join(root, 'docs/performance'), { recursive: true });
  for (const [name, { svg }] of Object.entries(charts)) {
    writeFileSync(join(root, `docs/performance/${name}.svg`), svg);
  }
  const images = Object.entries(charts).map(([name, { alt }]) => [
    `${name}.svg`,
    `![${alt}](performance/${name}.svg)`,
  ]);
  const places = { ...tablesOf(results), ...Object.fromEntries(images) } as Record<string, string>;
  writeFileSync(page, await pretty(fillPlaces(readFileSync(page, 'utf8'), places)));
  console.log('written: docs/performance.md and its charts');
}

async function pretty(text: string): Promise<string> {
  const config = await resolveConfig(page);
  return format(text, { ...config, parser: 'markdown' });
}
