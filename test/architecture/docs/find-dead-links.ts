import { existsSync } from 'node:fs';
import { posix } from 'node:path';
import { root } from '../source-file.js';
import { anchorsOf, withoutCode, type MarkdownFile } from './markdown.js';

type Exists = (path: string) => boolean;

const isThere: Exists = (path) => existsSync(root + path);

/** Links to files and headings that are not there, one line each. Addresses on the web are not tried. */
export function findDeadLinks(
  files: readonly MarkdownFile[],
  exists: Exists = isThere,
): readonly string[] {
  const anchors = new Map(files.map(({ path, text }) => [path, anchorsOf(text)]));
  return files.flatMap((file) =>
    [...withoutCode(file.text).matchAll(/\]\(([^)\s]+)\)/g)].flatMap(({ 1: link = '' }) => {
      if (/^[a-z]+:/i.test(link)) return [];
      const [target = '', anchor] = link.split('#', 2);
      const path = target === '' ? file.path : posix.join(posix.dirname(file.path), target);
      if (!exists(path)) return [`${file.path}: ${link}: there is no ${path}`];
      if (anchor === undefined || anchors.get(path)?.has(anchor) === true) return [];
      return [`${file.path}: ${link}: ${path} has no heading of that name`];
    }),
  );
}

/** Files and folders that are named in the text (`src/users/user.ts`) and are not there. */
export function findLostPaths(
  files: readonly MarkdownFile[],
  exists: Exists = isThere,
): readonly string[] {
  const named = /`((?:src|test|libs|examples|scripts|docs)\/[\w./-]+)`/g;
  return files.flatMap(({ path, text }) =>
    [...withoutCode(text).matchAll(named)]
      .map(({ 1: name = '' }) => name)
      .filter((name) => !exists(name))
      .map((name) => `${path}: there is no ${name}`),
  );
}
