import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** One TypeScript file of this repository; the path is from its root, with forward slashes. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

export const root = fileURLToPath(new URL('../../', import.meta.url));

const notOurs = /(^|\/)(node_modules|dist)(\/|$)/;

/** Every TypeScript file that ships, and the specs beside them. */
export function readSources(): readonly SourceFile[] {
  return ['src', ...foldersIn('libs'), ...foldersIn('examples')].flatMap(readFolder);
}

export const isSpec = (path: string): boolean => /\.spec\.tsx?$/.test(path);

const foldersIn = (parent: string): readonly string[] =>
  readdirSync(root + parent, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => `${parent}/${name}/src`)
    .filter((folder) => existsSync(root + folder));

function readFolder(folder: string): readonly SourceFile[] {
  return listFiles(folder)
    .filter((path) => /\.tsx?$/.test(path) && !notOurs.test(path))
    .map((path) => ({ path, text: readFileSync(root + path, 'utf8') }));
}

function listFiles(folder: string): readonly string[] {
  return readdirSync(root + folder, { recursive: true, encoding: 'utf8' })
    .map((name) => `${folder}/${name.replaceAll('\\', '/')}`)
    .sort();
}
