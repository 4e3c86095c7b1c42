// Rows under a pointer stay in their places, with what is new in them.
import { describe, expect, it } from '@jest/globals';
import { inOrderOf } from './use-held-rows.js';

const row = (id: string, state = 'old'): { id: string; state: string } => ({ id, state });
const held = (old: ReturnType<typeof row>[], fresh: ReturnType<typeof row>[]): string[] =>
  inOrderOf(old, fresh, ({ id }) => id).map(({ id, state }) => `${id} ${state}`);

describe('rows that are held', () => {
  it('show what changed in them, in their old places', () => {
    expect(held([row('a'), row('b')], [row('b', 'new'), row('a', 'new')])).toEqual([
      'a new',
      'b new',
    ]);
  });

  it('neither come nor go', () => {
    expect(held([row('a'), row('b')], [row('c'), row('b', 'new')])).toEqual(['a old', 'b new']);
  });

  it('give way to quite another list', () => {
    expect(held([row('a')], [row('x', 'new')])).toEqual(['x new']);
  });
});
