// What a node keeps in memory: 100,000 users and 100,000 events take less than 60 MB together.
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import ts from 'typescript';

const sources = fileURLToPath(new URL('../../', import.meta.url));
const measure = fileURLToPath(
  new URL('../../../../../test/support/state-memory.mjs', import.meta.url),
);
const states = 'revocation/state';
let folder: string;

/** Compiled for a process of its own: in this one the tests' own memory would be measured. */
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'portcullis-state-'));
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
  const files = readdirSync(join(sources, states)).map((name) => `${states}/${name}`);
  const others = ['revocation/node.clock.ts', 'generations.ts'];
  for (const name of [...files.filter((file) => !file.endsWith('.spec.ts')), ...others]) {
    const { outputText } = ts.transpileModule(readFileSync(join(sources, name), 'utf8'), {
      compilerOptions: { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2023 },
    });
    const target = join(folder, name.replace(/\.ts$/, '.js'));
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, outputText);
  }
});
afterAll(() => rmSync(folder, { recursive: true }));

it('stays under 60 MB', async () => {
  const { stdout } = await promisify(execFile)(process.execPath, ['--expose-gc', measure, folder]);
  const { bytes, ...held } = JSON.parse(stdout) as { bytes: number };
  expect(held).toEqual({ records: 100_000, events: 100_000, isThere: true });
  expect(bytes).toBeLessThan(60e6);
  // Less than the ids alone would mean that nothing was measured.
  expect(bytes).toBeGreaterThan(2 * 100_000 * 26);
});
