// A page's script, bundled once per suite.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { root } from './root.js';

const run = promisify(execFile);

/** @param entry a file of this repository, from its root */
export async function bundledScript(entry: string): Promise<string> {
  const args = [`${root}test/browser/support/bundle.mjs`, root + entry];
  const { stdout } = await run(process.execPath, args, { maxBuffer: 10_000_000 });
  return stdout;
}
