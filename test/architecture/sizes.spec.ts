// Nothing grows past what can be read at once: files, functions, folders.
import { describe, expect, it } from '@jest/globals';
import { findSizeFaults, type Limits } from './find-size-faults.js';
import { isSpec, readSources, type SourceFile } from './source-file.js';

const limits: Limits = { linesPerFile: 200, linesPerFunction: 60, filesPerFolder: 16 };

describe('sizes', () => {
  it('stay within their limits', () => {
    // Tests are exempt: a list of cases is long and still read one by one.
    const sources = readSources().filter(({ path }) => !isSpec(path));
    expect(sources.length).toBeGreaterThan(50);
    expect(findSizeFaults(sources, limits)).toEqual([]);
  });
});

describe('the measure of sizes', () => {
  const file = (path: string, text = ''): SourceFile => ({ path, text });
  const small: Limits = { linesPerFile: 4, linesPerFunction: 3, filesPerFolder: 2 };
  const faultsOf = (...files: SourceFile[]): readonly string[] => findSizeFaults(files, small);

  it('counts lines, not the newline that ends the last one', () => {
    expect(faultsOf(file('a/b.ts', '1;\n2;\n3;\n4;\n'))).toEqual([]);
    expect(faultsOf(file('a/b.ts', '1;\n2;\n3;\n4;\n5;\n'))).toEqual([
      'a/b.ts: 5 lines, at most 4: name its second subject and give it a file',
    ]);
  });

  it.each([
    ['function long() {\n\n\n}', 'long'],
    ['const long = () => {\n\n\n};', 'long'],
    ['class A { long() {\n\n\n} }', 'long'],
    ['class A { get long() {\n\n\n} }', 'long'],
    ['class A { constructor() {\n\n\n} }', 'the constructor'],
    ['call(() => {\n\n\n});', 'a function'],
  ])('finds the long function in %j', (text, name) => {
    expect(faultsOf(file('a/b.ts', text))).toEqual([
      `a/b.ts:1: ${name} has 4 lines, at most 3: take a step out of it`,
    ]);
    expect(faultsOf(file('a/b.ts', text.replace('\n\n', '\n')))).toEqual([]);
  });

  it('counts the files of a folder, not those below it', () => {
    const two = [file('a/b.ts'), file('a/c.ts'), file('a/d/e.ts')];
    expect(faultsOf(...two)).toEqual([]);
    expect(faultsOf(...two, file('a/f.ts'))).toEqual([
      'a: 3 files beside each other, at most 2: put those of one subject into a folder',
    ]);
  });
});
