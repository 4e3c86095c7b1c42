import { isStoreAdapter, roleOf } from './areas.js';
import type { Import } from './find-imports.js';
import type { Rule } from './server-rules.js';

/** Packages that one file knows, so that changing them touches one file. */
const soleImporters: Readonly<Record<string, RegExp>> = {
  libsql: /^src\/storage\/sqlite\/database\.ts$/,
  argon2: /^src\/users\/password-hasher\.ts$/,
  'cache-manager-redis-yet': /^libs\/auth\/src\/redis\//,
};

export const keepsDriversInOneFile: Rule = ({ from, to }) => {
  const allowed = soleImporters[to];
  return allowed && !allowed.test(from) ? `${to} is imported only by ${allowed.source}` : null;
};

/** The same, where the folder is fixed and the file's name is not. */
export function findSecondImporters(imports: readonly Import[]): readonly string[] {
  return Object.keys(soleImporters).flatMap((name) => {
    const files = [...new Set(imports.filter(({ to }) => to === name).map(({ from }) => from))];
    return files.length > 1
      ? [`${name} is imported by ${files.join(' and ')}: let one file know it`]
      : [];
  });
}

const mongo = ['mongoose', 'mongodb', 'bson', '@nestjs/mongoose'];

export const keepsMongooseInAdapters: Rule = ({ from, to }) => {
  if (!mongo.includes(to) || !from.startsWith('src/')) return null;
  const isAllowed =
    from.startsWith('src/storage/mongo/') || (isStoreAdapter(from) && !isForSqlite(from));
  return isAllowed ? null : `${to} is for *.mongo.ts, *.schema.ts and folders named mongo`;
};

const isForSqlite = (path: string): boolean =>
  roleOf(path) === 'sqlite' || path.includes('/sqlite/');

const serverOnly = [...mongo, 'argon2', 'libsql', 'process', 'node:process'];

export const keepsTheLibraryIndependent: Rule = ({ from, to, isFile }) => {
  const library = /^libs\/[^/]+\//.exec(from)?.[0];
  if (library === undefined) return null;
  if (isFile) {
    return to.startsWith(library) ? null : `${library} is used without this repository: no ${to}`;
  }
  return serverOnly.includes(to) ? `${library} must not bring ${to} to its hosts` : null;
};

const ofOurs = /^@portcullis\/(auth|client|client\/timeout-dialog)$/;
const ofNest = /^(@nestjs\/.+|rxjs|reflect-metadata|node:.+)$/;

export const keepsExamplesHonest: Rule = ({ from, to, specifier, isFile }) => {
  const example = /^examples\/[^/]+\//.exec(from)?.[0];
  if (example === undefined) return null;
  const isAllowed = isFile ? to.startsWith(example) : ofOurs.test(specifier) || ofNest.test(to);
  return isAllowed ? null : 'an example shows what our own packages and Nest are enough for';
};

export const packageRules: readonly Rule[] = [
  keepsDriversInOneFile,
  keepsMongooseInAdapters,
  keepsTheLibraryIndependent,
  keepsExamplesHonest,
];
