import ts from 'typescript';
import type { SourceFile } from '../source-file.js';

export interface Import {
  readonly from: string;
  readonly line: number;
  /** A path from the root for a file of ours (`src/users/user.ts`), else the name of a package. */
  readonly to: string;
  /** As written, for packages: `@portcullis/auth/dist/x.js` has `to` `@portcullis/auth`. */
  readonly specifier: string;
  readonly isFile: boolean;
  /** Gone from what runs. */
  readonly isTypeOnly: boolean;
}

/** Every import of some of the files. A specifier ends in `.js` whether its file is `.ts` or `.tsx`. */
export function findImportsAmong(
  files: readonly SourceFile[],
  isWanted: (file: SourceFile) => boolean,
): readonly Import[] {
  const paths = new Set(files.map(({ path }) => path));
  return files
    .filter(isWanted)
    .flatMap(findImports)
    .map((found) =>
      !paths.has(found.to) && paths.has(`${found.to}x`) ? { ...found, to: `${found.to}x` } : found,
    );
}

/** Every import of a file: declarations, re-exports, `import()` of values and of types, `require`. */
export function findImports(file: SourceFile): readonly Import[] {
  const parsed = ts.createSourceFile(file.path, file.text, ts.ScriptTarget.Latest, false);
  const found: Import[] = [];
  const visit = (node: ts.Node): void => {
    const specifier = specifierOf(node);
    if (specifier) {
      const { line } = parsed.getLineAndCharacterOfPosition(specifier.getStart(parsed));
      found.push({
        from: file.path,
        line: line + 1,
        specifier: specifier.text,
        isTypeOnly: isTypeOnly(node),
        ...resolve(file.path, specifier.text),
      });
    }
    ts.forEachChild(node, visit);
  };
  visit(parsed);
  return found;
}

function specifierOf(node: ts.Node): ts.StringLiteralLike | undefined {
  let specifier: ts.Node | undefined;
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) {
    specifier = node.moduleSpecifier;
  } else if (ts.isExternalModuleReference(node)) {
    specifier = node.expression;
  } else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) {
    specifier = node.argument.literal;
  } else if (ts.isCallExpression(node) && isImportCall(node)) {
    specifier = node.arguments[0];
  }
  return specifier && ts.isStringLiteralLike(specifier) ? specifier : undefined;
}

const isImportCall = ({ expression }: ts.CallExpression): boolean =>
  expression.kind === ts.SyntaxKind.ImportKeyword ||
  (ts.isIdentifier(expression) && expression.text === 'require');

/** `import { type A }` is not: its module is still loaded when it runs. */
const isTypeOnly = (node: ts.Node): boolean =>
  ts.isImportTypeNode(node) ||
  (ts.isExportDeclaration(node) && node.isTypeOnly) ||
  (ts.isImportDeclaration(node) && node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword);

function resolve(from: string, specifier: string): Pick<Import, 'to' | 'isFile'> {
  if (/^\.\.?(\/|$)/.test(specifier)) {
    const to = new URL(specifier, `file:///${from}`).pathname.slice(1).replace(/\.js$/, '.ts');
    return { to, isFile: true };
  }
  if (specifier.startsWith('node:')) return { to: specifier, isFile: false };
  const parts = specifier.split('/');
  return { to: parts.slice(0, specifier.startsWith('@') ? 2 : 1).join('/'), isFile: false };
}
