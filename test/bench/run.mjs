// `npm run bench`: installs what the benchmark needs, compiles it and what it measures, and runs it.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
const args = process.argv.slice(2);

/** @param {string} command @param {string[]} words */
function run(command, ...words) {
  console.log(`> ${[command, ...words].join(' ')}`);
  const { status, signal } = spawnSync(command, words, { cwd: root, stdio: 'inherit' });
  if (status !== 0) process.exit(signal ? 130 : (status ?? 1));
}

const asksOnly = args.includes('--help') || args.includes('--list');
if (!existsSync(new URL('node_modules', import.meta.url))) {
  run('npm', 'ci', '--prefix', 'test/bench', '--ignore-scripts', '--no-audit');
}
if (!args.includes('--no-build') && !asksOnly) run('npm', 'run', '--silent', 'build');
if (!args.includes('--no-build') || !existsSync(new URL('dist/main.js', import.meta.url))) {
  run('node', 'node_modules/typescript/bin/tsc', '--project', 'test/bench/tsconfig.json');
}

const { main } = await import('./dist/main.js');
process.exitCode = await main(args.filter((arg) => arg !== '--no-build'));
