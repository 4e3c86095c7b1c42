import { isSpec, type SourceFile } from '../source-file.js';
import { findCycles } from './find-cycles.js';
import { findImportsAmong, type Import } from './find-imports.js';
import { findSecondImporters, packageRules } from './package-rules.js';
import { readsProcessEnv } from './reads-process-env.js';
import { entersTheLibraryByName, serverRules, type Rule } from './server-rules.js';

/** Every import that breaks a rule, one line each: `src/a.ts:3: why`. */
export function findImportFaults(files: readonly SourceFile[]): readonly string[] {
  const sources = findImportsAmong(files, ({ path }) => !isSpec(path));
  const specs = findImportsAmong(files, ({ path }) => isSpec(path));
  const faults = [
    ...apply([...serverRules, ...packageRules], sources),
    // A spec may reach for fakes and adapters, but not past the library's contract.
    ...apply([entersTheLibraryByName], specs),
    ...findSecondImporters(sources),
    ...findCycles(sources).map((cycle) => `${cycle}: files that import each other`),
    ...files
      .filter(isIndependent)
      .filter(readsProcessEnv)
      .map(({ path }) => `${path}: ${noEnv}`),
  ];
  return [...new Set(faults)];
}

const noEnv = 'reads process.env, which belongs to the host: take an option';

const isIndependent = ({ path }: SourceFile): boolean => path.startsWith('libs/') && !isSpec(path);

const apply = (rules: readonly Rule[], imports: readonly Import[]): readonly string[] =>
  imports.flatMap((imported) =>
    rules
      .map((rule) => rule(imported))
      .filter((fault) => fault !== null)
      .map((fault) => `${imported.from}:${imported.line}: ${fault}`),
  );
