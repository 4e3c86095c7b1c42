// What programs are compiled against: the declarations of @portcullis/client, made here and not looked for
// in a build that may be old.
import { expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import ts from 'typescript';
import { root } from './source-file.js';

const library = `${root}libs/client/`;
const { exports } = JSON.parse(readFileSync(`${library}package.json`, 'utf8')) as {
  exports: Readonly<Record<string, { types: string }>>;
};
/** The doors: `./dist/react/index.d.ts` is made of `src/react/index.ts`. */
const doors = Object.values(exports).map(({ types }) => types.replace('./dist/', ''));

const options = readOptions();
const declarations = declare();

it('C-34 the public types of the client are found at all', () => {
  expect(doors.length).toBeGreaterThanOrEqual(4);
  for (const door of doors) expect(declarations.get(`${library}dist/${door}`)).toContain('export');
  expect([...declarations.values()].join()).toContain('interface SessionClient ');
});

it('C-34 the public types of the client have no `any`, written or inferred', () => {
  expect([...declarations].flatMap(([name, text]) => findAny(name, text))).toEqual([]);
});

it('C-34 the public types of the client are whole, for whoever compiles as strictly as can be', () => {
  const host = ts.createCompilerHost(options);
  const { fileExists, readFile, getSourceFile, directoryExists } = host;
  host.fileExists = (name) => declarations.has(name) || fileExists(name);
  host.readFile = (name) => declarations.get(name) ?? readFile(name);
  host.directoryExists = (name) =>
    name.startsWith(`${library}dist`) || directoryExists?.(name) !== false;
  host.getSourceFile = (name, version, ...rest) => {
    const text = declarations.get(name);
    return text === undefined
      ? getSourceFile.call(host, name, version, ...rest)
      : ts.createSourceFile(name, text, version);
  };
  const roots = doors.map((door) => `${library}dist/${door}`);
  // Else what an import does not find is `any`, and nobody says so.
  const strict = { ...options, skipLibCheck: false };
  const program = ts.createProgram(roots, strict, host);
  const found = [...declarations.keys()].flatMap((name) => {
    const file = program.getSourceFile(name);
    return file ? program.getSemanticDiagnostics(file) : [];
  });
  expect(found.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' '))).toEqual(
    [],
  );
});

function readOptions(): ts.CompilerOptions {
  const { config } = ts.readConfigFile(`${library}tsconfig.build.json`, (path) =>
    ts.sys.readFile(path),
  ) as { config: unknown };
  const read = ts.parseJsonConfigFileContent(config, ts.sys, library).options;
  const { tsBuildInfoFile: _, ...others } = read;
  return { ...others, composite: false, incremental: false, emitDeclarationOnly: true };
}

/** By the name that each would have in a build. */
function declare(): ReadonlyMap<string, string> {
  const made = new Map<string, string>();
  const sources = doors.map((door) => `${library}src/${door.replace('.d.ts', '.ts')}`);
  const program = ts.createProgram(sources, options);
  program.emit(undefined, (name, text) => {
    if (name.endsWith('.d.ts')) made.set(name, text);
  });
  return made;
}

function findAny(name: string, text: string): readonly string[] {
  const file = ts.createSourceFile(name, text, ts.ScriptTarget.Latest, true);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (node.kind === ts.SyntaxKind.AnyKeyword) {
      found.push(`${name.replace(library, '')}: ${node.parent.getText(file)}`);
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}
