// What the documents say is true of the code: snippets compile, links lead somewhere, lists are whole.
import { describe, expect, it } from '@jest/globals';
import { problems } from '@portcullis/auth';
import { CommandRunner } from '../../src/cli/command-runner.js';
import { KeyCommands } from '../../src/cli/commands/key.commands.js';
import { SessionCommands } from '../../src/cli/commands/session.commands.js';
import { UserCommands } from '../../src/cli/commands/users.commands.js';
import { parseEnvironment } from '../../src/config/parse-environment.js';
import { compileBlocks, parseBlocks } from './docs/compile-blocks.js';
import { findDeadLinks, findLostPaths } from './docs/find-dead-links.js';
import {
  anchorsOf,
  findCodeBlocks,
  firstCells,
  readMarkdown,
  rowsUnder,
  type CodeBlock,
  type MarkdownFile,
} from './docs/markdown.js';
import { readVariables } from './read-variables.js';

const files = readMarkdown();
const blocks = files.flatMap(findCodeBlocks);

function fileAt(path: string): MarkdownFile {
  const file = files.find((one) => one.path === path);
  if (!file) throw new Error(`there is no ${path}`);
  return file;
}

/** `PORT` of a cell that says so in backticks, and nothing of a heading. */
const quoted = (cells: readonly string[]): string[] =>
  cells.flatMap((cell) => /^`([^`]+)`$/.exec(cell)?.[1] ?? []);

describe('the documents', () => {
  it('are found', () => {
    expect(files.map(({ path }) => path)).toEqual(
      expect.arrayContaining([
        'README.md',
        'docs/integration.md',
        'examples/orders-service/README.md',
      ]),
    );
  });

  it('have no link that leads nowhere', () => {
    expect(findDeadLinks(files)).toEqual([]);
  });

  it('name no file that is not there', () => {
    expect(findLostPaths(files)).toEqual([]);
  });

  it('have TypeScript that compiles where they say so', () => {
    const compiled = blocks.filter(({ info }) => info === 'ts compile');
    expect(compiled.length).toBeGreaterThan(2);
    expect(compileBlocks(compiled)).toEqual([]);
  }, 120_000);

  it('have TypeScript only where they say so, and JavaScript and JSON that can be read', () => {
    expect(blocks.filter(({ info }) => info === 'ts')).toEqual([]);
    expect(parseBlocks(blocks.filter(({ info }) => /^(js|json)$/.test(info)))).toEqual([]);
  });
});

describe('docs/operations.md', () => {
  const operations = fileAt('docs/operations.md');
  const settings = rowsUnder(operations.text, '## Settings');

  it('lists every setting, and no other', () => {
    const listed = quoted(firstCells(operations, '## Settings'));
    expect([...listed].sort()).toEqual([...readVariables()].sort());
  });

  it('says the defaults that hold', () => {
    const shown = settings.flatMap(([name = '', value = '']) =>
      quoted([name]).map((variable) => [variable, quoted([value])[0]]),
    );
    const { isPolicySet: _, ...defaults } = parseEnvironment({});
    const { isPolicySet: __, ...read } = parseEnvironment(
      Object.fromEntries(shown) as Record<string, string | undefined>,
    );
    expect(read).toEqual(defaults);
  });

  it('lists every command as the program itself does', () => {
    const none = undefined as never;
    const runner = new CommandRunner(
      new UserCommands(none, none, none),
      new SessionCommands(none, none),
      new KeyCommands(none),
    );
    const rows = rowsUnder(operations.text, '## Commands').map((cells) =>
      cells.map((cell) => cell.replaceAll(/`|\\(?=\|)/g, '')),
    );
    const listed = rows
      .slice(1, -1)
      .flatMap(([usage, summary]) => [`  ${usage}`, `      ${summary}`]);
    expect(['Commands:', ...listed]).toEqual(runner.help().split('\n'));
  });
});

describe('docs/tokens.md', () => {
  it('lists every error code under its status, and no other', () => {
    const rows = rowsUnder(fileAt('docs/tokens.md').text, '## Errors');
    const listed = rows.flatMap(([status, code = '']) =>
      quoted([code]).map((name) => `${String(status)} ${name}`),
    );
    const known = Object.entries(problems).map(([code, { status }]) => `${String(status)} ${code}`);
    expect([...listed].sort()).toEqual([...known].sort());
  });
});

describe('the measure of documents', () => {
  const page = (text: string, path = 'docs/a.md'): MarkdownFile => ({ path, text });
  const only =
    (...paths: string[]) =>
    (path: string): boolean =>
      paths.includes(path);

  it('knows anchors as GitHub makes them', () => {
    const text = '# A `b`, c?\n## 401 or 403\n## Same\n## Same\n```\n# no heading\n```\n';
    expect([...anchorsOf(text)]).toEqual(['a-b-c', '401-or-403', 'same', 'same-1']);
  });

  it.each([
    ['[x](b.md)', ['docs/a.md: b.md: there is no docs/b.md']],
    ['[x](../README.md)', []],
    ['[x](#here)\n## Here', []],
    ['[x](#there)', ['docs/a.md: #there: docs/a.md has no heading of that name']],
    [
      '[x](../README.md#gone)',
      ['docs/a.md: ../README.md#gone: README.md has no heading of that name'],
    ],
    ['[x](https://example.org/b.md)', []],
    ['```\n[x](b.md)\n```', []],
  ])('finds the dead links of %j', (text, faults) => {
    const both = [page(text), page('# Readme', 'README.md')];
    expect(findDeadLinks(both, only('docs/a.md', 'README.md'))).toEqual(faults);
  });

  it('finds files that are gone', () => {
    const text = '`src/a.ts`, `src/b.ts` and `npm test`';
    expect(findLostPaths([page(text)], only('src/a.ts'))).toEqual([
      'docs/a.md: there is no src/b.ts',
    ]);
  });

  it('says where a snippet does not compile', () => {
    const block = (code: string): CodeBlock => ({
      path: 'a.md',
      line: 10,
      info: 'ts compile',
      code,
    });
    const [fault, ...others] = compileBlocks([
      block('export const fine: number = 1;\n'),
      block(
        "import { AuthModule } from '@portcullis/auth';\n\nAuthModule.forRoot({ issuer: 1 });\n",
      ),
    ]);
    expect(fault).toMatch(/^a\.md:12: .*'number' is not assignable to type 'string'/);
    expect(others).toEqual([]);
  }, 120_000);

  it('says where another one cannot be read', () => {
    const block = (info: string, code: string): CodeBlock => ({
      path: 'a.md',
      line: 10,
      info,
      code,
    });
    expect(parseBlocks([block('js', 'const a = 1;\nconst b = ;\n')])).toEqual([
      expect.stringMatching(/^a\.md:11: /),
    ]);
    expect(parseBlocks([block('js', "const a = await fetch('/');\nexport { a };\n")])).toEqual([]);
  });
});
