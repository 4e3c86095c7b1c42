import ts from 'typescript';
import type { SourceFile } from '../source-file.js';

/** Whether a file names `process.env` in any spelling: `process['env']`, `const { env } = process`. */
export function readsProcessEnv(file: SourceFile): boolean {
  const isProcess = (node: ts.Node | undefined): boolean =>
    node !== undefined &&
    ((ts.isIdentifier(node) && node.text === 'process') ||
      (ts.isPropertyAccessExpression(node) && node.name.text === 'process'));
  const visit = (node: ts.Node): boolean =>
    (ts.isPropertyAccessExpression(node) &&
      isProcess(node.expression) &&
      node.name.text === 'env') ||
    (ts.isElementAccessExpression(node) && isProcess(node.expression)) ||
    (ts.isVariableDeclaration(node) &&
      ts.isObjectBindingPattern(node.name) &&
      isProcess(node.initializer)) ||
    (ts.forEachChild(node, (child) => visit(child) || undefined) ?? false);
  return visit(ts.createSourceFile(file.path, file.text, ts.ScriptTarget.Latest, false));
}
