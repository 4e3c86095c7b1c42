import { readdirSync, readFileSync } from 'node:fs';
import { root } from '../source-file.js';

/** One Markdown file of this repository; the path is from its root. */
export interface MarkdownFile {
  readonly path: string;
  readonly text: string;
}

export interface CodeBlock {
  readonly path: string;
  /** Of the first line of code. */
  readonly line: number;
  /** All that stands after the fence: `ts compile`. */
  readonly info: string;
  readonly code: string;
}

/** Everything that people read: in the root, in `docs/`, and beside each example. */
export function readMarkdown(): readonly MarkdownFile[] {
  return ['', 'docs/', ...foldersIn('examples'), ...foldersIn('libs')].flatMap((folder) =>
    readdirSync(root + folder)
      .filter((name) => name.endsWith('.md'))
      .map((name) => ({ path: folder + name, text: readFileSync(root + folder + name, 'utf8') })),
  );
}

const foldersIn = (parent: string): readonly string[] =>
  readdirSync(root + parent, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => `${parent}/${name}/`);

const fence = /^ *```(.*)\n([\s\S]*?)^ *```$/gm;

export function findCodeBlocks({ path, text }: MarkdownFile): readonly CodeBlock[] {
  return [...text.matchAll(fence)].map(({ index, 1: info = '', 2: code = '' }) => ({
    path,
    line: text.slice(0, index).split('\n').length + 1,
    info,
    code,
  }));
}

/** The text with its code blocks blanked, line for line: what looks like a link there is none. */
export const withoutCode = (text: string): string =>
  text.replace(fence, (block) => block.replace(/[^\n]/g, ''));

/** The first cells of every table under a heading: what a table is about, one entry a row. */
export function firstCells({ text }: MarkdownFile, heading: string): readonly string[] {
  return rowsUnder(text, heading).map((cells) => cells[0] ?? '');
}

/** The cells of every row of every table under a heading, down to the next one of its level or above. */
export function rowsUnder(text: string, heading: string): readonly (readonly string[])[] {
  const level = /^#+/.exec(heading)?.[0].length ?? 0;
  const [, after = ''] = text.split(`\n${heading}\n`);
  const end = after.search(new RegExp(`^#{1,${String(level)}} `, 'm'));
  const section = withoutCode(end === -1 ? after : after.slice(0, end));
  return [...section.matchAll(/^\|(.+)\|$/gm)]
    .map(([, row = '']) => row.split(/(?<!\\)\|/).map((cell) => cell.trim()))
    .filter((cells) => !cells.every((cell) => /^:?-+:?$/.test(cell)));
}

/** A heading's anchor as GitHub makes it. */
export function anchorsOf(text: string): ReadonlySet<string> {
  const seen = new Map<string, number>();
  const anchors = [...withoutCode(text).matchAll(/^#{1,6} (.+)$/gm)].map(([, title = '']) => {
    const slug = title
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .replace(/\s/g, '-');
    const count = seen.get(slug) ?? 0;
    seen.set(slug, count + 1);
    return count === 0 ? slug : `${slug}-${String(count)}`;
  });
  return new Set(anchors);
}
