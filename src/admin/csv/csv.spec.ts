// RFC 4180, and nothing that a spreadsheet would run.
import { describe, expect, it } from '@jest/globals';
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

  it('keeps quotes in a formula from ending the cell', () => {
    expect(csvCell('=HYPERLINK("http://evil.example","x")')).toBe(
      '"\'=HYPERLINK(""http://evil.example"",""x"")"',
    );
  });
});

it('ends a record with CR LF', () => {
  expect(csvRow(['a', null, 3])).toBe('a,,3\r\n');
});
