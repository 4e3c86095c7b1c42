// Rows under a pointer stay in their places, with what is new in them, until others are asked for.
import { describe, expect, it } from '@jest/globals';
import { nextRows, type Rows } from './use-held-rows.js';

interface Row {
  readonly id: string;
  readonly state: string;
}

const row = (id: string, state = 'old'): Row => ({ id, state });
const words = ({ rows }: Rows<Row>): string[] => rows.map(({ id, state }) => `${id} ${state}`);
const next = (
  shown: Rows<Row>,
  rows: Row[],
  { question = 'all', isStale = false, isHeld = true } = {},
): Rows<Row> => nextRows(shown, { rows, question, isStale }, ({ id }) => id, isHeld);
const all = (...rows: Row[]): Rows<Row> => ({ rows, question: 'all' });

describe('rows that are held', () => {
  it('show what changed in them, in their old places', () => {
    const shown = next(all(row('a'), row('b')), [row('b', 'new'), row('a', 'new')]);
    expect(words(shown)).toEqual(['a new', 'b new']);
  });

  it('neither come nor go', () => {
    const shown = next(all(row('a'), row('b')), [row('c'), row('b', 'new')]);
    expect(words(shown)).toEqual(['a old', 'b new']);
  });

  it('give way to quite another list', () => {
    expect(words(next(all(row('a')), [row('x', 'new')]))).toEqual(['x new']);
  });

  it('are those of one question: another one’s answer replaces them, at whatever pointer', () => {
    const before = next(all(row('a'), row('b')), [row('c'), row('b'), row('a')]);
    const waiting = next(before, [row('c'), row('b'), row('a')], { question: 'b', isStale: true });
    // Until it is there, nothing moves.
    expect(words(waiting)).toEqual(['a old', 'b old']);
    const answered = next(waiting, [row('b', 'new')], { question: 'b' });
    expect(words(answered)).toEqual(['b new']);
    const later = next(answered, [row('bb'), row('b', 'newer')], { question: 'b' });
    expect(words(later)).toEqual(['b newer']);
    expect(words(next(later, [row('a'), row('b')]))).toEqual(['a old', 'b old']);
  });

  it('are not those of a question before the first', () => {
    const waiting = next({ rows: [], question: null }, [row('a'), row('b')], { isStale: true });
    expect(words(next(waiting, [row('b')]))).toEqual(['b old']);
  });

  it('are let go with the pointer', () => {
    const shown = next(all(row('a')), [row('b'), row('a')], { isHeld: false });
    expect(words(shown)).toEqual(['b old', 'a old']);
  });
});
