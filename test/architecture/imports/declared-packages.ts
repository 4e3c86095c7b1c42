import { builtinModules } from 'node:module';
import type { Import } from './find-imports.js';

export interface Manifest {
  /** Its folder, with a slash at the end; '' is the root's. */
  readonly folder: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

/** Workspaces that the root's package.json does not repeat: npm links them. */
const linked = ['@portcullis/auth'];

/** What is only in `devDependencies`, or only hoisted here, is missing where the code is installed. */
export function findUndeclared(
  imports: readonly Import[],
  manifests: readonly Manifest[],
): readonly string[] {
  const byDepth = [...manifests].sort((a, b) => b.folder.length - a.folder.length);
  return imports.flatMap(({ from, line, to, isFile, isTypeOnly }) => {
    const manifest = byDepth.find(({ folder }) => from.startsWith(folder));
    if (isFile || isTypeOnly || isBuiltIn(to) || !manifest) return [];
    if (manifest.folder === '' && linked.includes(to)) return [];
    const { folder, dependencies, peerDependencies, optionalDependencies } = manifest;
    const declared = { ...dependencies, ...peerDependencies, ...optionalDependencies };
    return to in declared
      ? []
      : [`${from}:${line}: ${to} is not among the dependencies of ${folder}package.json`];
  });
}

const isBuiltIn = (name: string): boolean =>
  name.startsWith('node:') || builtinModules.includes(name);
