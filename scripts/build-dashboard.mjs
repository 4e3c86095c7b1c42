// @ts-check
/**
 * Builds the operators' page into `libs/dashboard/dist`, unless it was built from exactly these files
 * before: `npm start` must not wait for what has not changed.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../', import.meta.url));
const folder = join(root, 'libs/dashboard');
const mark = join(folder, 'dist/.built-from');
const inputs = [
  'package-lock.json',
  'libs/client/src',
  'libs/dashboard/generated',
  'libs/dashboard/index.html',
  'libs/dashboard/package.json',
  'libs/dashboard/src',
  'libs/dashboard/vite.config.ts',
];

const digest = digestOf(inputs);
if (!existsSync(mark) || readFileSync(mark, 'utf8') !== digest) {
  const vite = createRequire(import.meta.url).resolve('vite/package.json');
  const command = [join(dirname(vite), 'bin/vite.js'), 'build', '--logLevel', 'warn'];
  const { status } = spawnSync(process.execPath, command, { cwd: folder, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
  writeFileSync(mark, digest);
}

/** @param {readonly string[]} paths */
function digestOf(paths) {
  const hash = createHash('sha256');
  for (const path of paths.flatMap(filesIn)) {
    hash
      .update(`${path}\0`)
      .update(readFileSync(join(root, path)))
      .update('\0');
  }
  return hash.digest('hex');
}

/**
 * @param {string} path
 * @returns {string[]}
 */
function filesIn(path) {
  if (!statSync(join(root, path)).isDirectory()) return /\.spec\.tsx?$/.test(path) ? [] : [path];
  return readdirSync(join(root, path))
    .sort()
    .flatMap((name) => filesIn(`${path}/${name}`));
}
