// Which file may import which: the order of the parts, their doors, and who knows a driver.
import { describe, expect, it } from '@jest/globals';
import { existsSync, readFileSync } from 'node:fs';
import { findUndeclared, type Manifest } from './imports/declared-packages.js';
import { findImportFaults } from './imports/find-faults.js';
import { findImportsAmong } from './imports/find-imports.js';
import { exceptions } from './imports/server-rules.js';
import { isSpec, readSources, root } from './source-file.js';

const sources = readSources();
const imports = findImportsAmong(sources, ({ path }) => !isSpec(path));

const readManifest = (folder: string): Manifest => ({
  folder,
  ...(JSON.parse(readFileSync(`${root}${folder}package.json`, 'utf8')) as Omit<Manifest, 'folder'>),
});

describe('imports', () => {
  it('are found at all', () => {
    expect(imports.length).toBeGreaterThan(100);
  });

  it('keep the rules', () => {
    expect(findImportFaults(sources)).toEqual([]);
  });

  it('lead only to files there are', () => {
    const paths = new Set(sources.map(({ path }) => path));
    const lost = imports.filter(
      ({ to, isFile }) => isFile && /\.tsx?$/.test(to) && !paths.has(to) && !existsSync(root + to),
    );
    expect(lost).toEqual([]);
  });

  it('lead only to packages that are installed with what ships', () => {
    const folders = sources.map(({ path }) => /^(libs|examples)\/[^/]+\//.exec(path)?.[0] ?? '');
    const manifests = [...new Set(folders)].map(readManifest);
    expect(findUndeclared(imports, manifests)).toEqual([]);
  });

  it.each(exceptions)('still need the exception from $from to $to', (exception) => {
    expect(imports).toContainEqual(expect.objectContaining({ ...exception }));
  });
});
