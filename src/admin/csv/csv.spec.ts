// RFC 4180, and nothing that a spreadsheet would run.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { csvCell, csvRow } from './csv.js';

describe('a cell', () => {
  it.each([
    ['ada', 'ada'],
    ['', ''],
    [null, ''],
    [0, '0'],
    [-5, '-5'],
    [new Date(Date.UTC(2026, 0, 2, 3, 4, 5)), '2026-01-02T03:04:05.000Z'],
    ['Zoë 名前', 'Zoë 名前'],
    ['Lovelace, Ada', '"Lovelace, Ada"'],
    ['say "hi"', '"say ""hi"""'],
    ['two\r\nlines', '"two\r\nlines"'],
    ['a;b', '"a;b"'],
    ['a; b', '"a; b"'],
    ['Mozilla/5.0 (X11; Linux) -x', '"Mozilla/5.0 (X11; Linux) -x"'],
    ['a=b-c@d+e', 'a=b-c@d+e'],
  ])('%j is %j', (value, text) => {
    expect(csvCell(value)).toBe(text);
  });

  it.each(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'])(
    'that begins with %j is a text and no formula',
    (first) => {
      expect(csvCell(`${first}cmd|' /C calc'!A0`)).toBe(`"'${first}cmd|' /C calc'!A0"`);
    },
  );

  it.each([
    ['x;=1+1', `"x;'=1+1"`],
    ['x; =1+1', `"x;' =1+1"`],
    ['x\t@SUM(A1)', `"x\t'@SUM(A1)"`],
    ['x\r\n-1', `"x\r\n'-1"`],
    ['x\n＋1', `"x\n'＋1"`],
    ['x;"=1+1"', `"x;'""=1+1"""`],
    [' =1+1', `"' =1+1"`],
    ['=a;=b', `"'=a;'=b"`],
  ])('%j begins no formula where something else than a comma ends a cell', (value, text) => {
    expect(csvCell(value)).toBe(text);
  });

  it('begins no formula whatever a program takes for the end of a cell, and loses nothing', () => {
    const signs = Array.from(`=+-@＝＋－＠;,\t\r\n "'a1`);
    const texts = fc.array(fc.constantFrom(...signs), { maxLength: 12 });
    fc.assert(
      fc.property(texts, (characters) => {
        const value = characters.join('');
        const text = csvCell(value);
        for (const cell of `${text},1`.split(/[;\t\r\n]/)) {
          expect(cell).not.toMatch(/^[\s"]*[=+\-@＝＋－＠]/);
        }
        const read = text.startsWith('"') ? text.slice(1, -1).replaceAll('""', '"') : text;
        expect(read.replaceAll("'", '')).toBe(value.replaceAll("'", ''));
      }),
      { seed: 4180, numRuns: 5_000 },
    );
  });

  it('keeps quotes in a formula from ending the cell', () => {
    expect(csvCell('=HYPERLINK("http://evil.example","x")')).toBe(
      '"\'=HYPERLINK(""http://evil.example"",""x"")"',
    );
  });
});

it('ends a record with CR LF', () => {
  expect(csvRow(['a', null, 3])).toBe('a,,3\r\n');
});
