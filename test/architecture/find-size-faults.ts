import ts from 'typescript';
import type { SourceFile } from './source-file.js';

/** Limits, not aims: most files are half as long. */
export interface Limits {
  readonly linesPerFile: number;
  readonly linesPerFunction: number;
  readonly filesPerFolder: number;
}

/** What is too large to be taken in at once, one line each, with what to do. */
export function findSizeFaults(files: readonly SourceFile[], limits: Limits): readonly string[] {
  return [
    ...files.flatMap((file) => findLongFile(file, limits.linesPerFile)),
    ...files.flatMap((file) => findLongFunctions(file, limits.linesPerFunction)),
    ...findFullFolders(files, limits.filesPerFolder),
  ];
}

function findLongFile({ path, text }: SourceFile, limit: number): readonly string[] {
  const lines = text.replace(/\n$/, '').split('\n').length;
  return lines > limit
    ? [`${path}: ${lines} lines, at most ${limit}: name its second subject and give it a file`]
    : [];
}

function findLongFunctions(file: SourceFile, limit: number): readonly string[] {
  const parsed = ts.createSourceFile(file.path, file.text, ts.ScriptTarget.Latest, true);
  const lineAt = (position: number): number =>
    parsed.getLineAndCharacterOfPosition(position).line + 1;
  const faults: string[] = [];
  const visit = (node: ts.Node): void => {
    const start = lineAt(node.getStart(parsed));
    const lines = lineAt(node.end) - start + 1;
    if (ts.isFunctionLike(node) && 'body' in node && lines > limit) {
      faults.push(
        `${file.path}:${start}: ${nameOf(node)} has ${lines} lines, at most ${limit}: take a step out of it`,
      );
    }
    ts.forEachChild(node, visit);
  };
  visit(parsed);
  return faults;
}

function nameOf(node: ts.SignatureDeclaration): string {
  const named = [node.name, ts.isVariableDeclaration(node.parent) ? node.parent.name : undefined];
  const name = named.find((one) => one !== undefined)?.getText();
  return name ?? (ts.isConstructorDeclaration(node) ? 'the constructor' : 'a function');
}

function findFullFolders(files: readonly SourceFile[], limit: number): readonly string[] {
  const counts = new Map<string, number>();
  for (const { path } of files) {
    const folder = path.slice(0, path.lastIndexOf('/'));
    counts.set(folder, (counts.get(folder) ?? 0) + 1);
  }
  return [...counts]
    .filter(([, count]) => count > limit)
    .map(
      ([folder, count]) =>
        `${folder}: ${count} files beside each other, at most ${limit}: put those of one subject into a folder`,
    );
}
