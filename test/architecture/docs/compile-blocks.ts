import ts from 'typescript';
import { root } from '../source-file.js';
import type { CodeBlock } from './markdown.js';

/** What TypeScript says against each block, as a module of its own in this repository's root. */
export function compileBlocks(blocks: readonly CodeBlock[]): readonly string[] {
  const sources = new Map(
    blocks.map((block, index) => [`${root}block-${String(index)}.ts`, block]),
  );
  const options = readOptions();
  const host = ts.createCompilerHost(options);
  const { fileExists, readFile, getSourceFile } = host;
  host.fileExists = (name) => sources.has(name) || fileExists(name);
  host.readFile = (name) => sources.get(name)?.code ?? readFile(name);
  host.getSourceFile = (name, version, ...rest) => {
    const block = sources.get(name);
    return block
      ? ts.createSourceFile(name, block.code, version)
      : getSourceFile.call(host, name, version, ...rest);
  };
  const program = ts.createProgram([...sources.keys()], options, host);
  return [...sources].flatMap(([name, block]) => {
    const file = program.getSourceFile(name);
    return ts.getPreEmitDiagnostics(program, file).map((found) => describe(found, block));
  });
}

/** What keeps a block of another kind from being read at all. */
export function parseBlocks(blocks: readonly CodeBlock[]): readonly string[] {
  return blocks.flatMap((block) => {
    const fileName = /^json\b/.test(block.info) ? 'block.json' : 'block.js';
    const { diagnostics = [] } = ts.transpileModule(block.code, {
      fileName,
      reportDiagnostics: true,
      compilerOptions: {
        target: ts.ScriptTarget.ESNext,
        module: ts.ModuleKind.ESNext,
        allowJs: true,
      },
    });
    return diagnostics.map((found) => describe(found, block));
  });
}

function readOptions(): ts.CompilerOptions {
  const { config } = ts.readConfigFile(`${root}tsconfig.json`, (path) => ts.sys.readFile(path)) as {
    config: unknown;
  };
  return { ...ts.parseJsonConfigFileContent(config, ts.sys, root).options, noEmit: true };
}

function describe({ file, start = 0, messageText }: ts.Diagnostic, block: CodeBlock): string {
  const within = file?.getLineAndCharacterOfPosition(start).line ?? 0;
  const text = ts.flattenDiagnosticMessageText(messageText, ' ');
  return `${block.path}:${String(block.line + within)}: ${text}`;
}
