// A bounded map that keeps what is used.
import { describe, expect, it } from '@jest/globals';
import { Generations } from './generations.js';

const fill = (map: Generations<string, number>, from: number, to: number): void => {
  for (let i = from; i <= to; i++) map.set(`${i}`, i);
};

describe('generations', () => {
  it.each([1, 2, 3, 10, 1_000])('of at most %d hold no more, and always the last one', (max) => {
    const map = new Generations<string, number>(max);
    for (let i = 0; i < 5_000; i++) {
      map.set(`${i}`, i);
      expect(map.get(`${i}`)).toBe(i);
      expect(map.size).toBeLessThanOrEqual(max);
    }
  });

  it('hold the last half of what they may', () => {
    const map = new Generations<string, number>(100);
    fill(map, 1, 1_000);
    for (let i = 951; i <= 1_000; i++) expect(map.get(`${i}`)).toBe(i);
  });

  it('keep what is used and lose what nobody uses', () => {
    const map = new Generations<string, number>(8);
    map.set('used', 0);
    map.set('unused', 0);
    for (let i = 0; i < 100; i++) {
      map.set(`${i}`, i);
      expect(map.get('used')).toBe(0);
    }
    expect(map.get('unused')).toBeUndefined();
  });

  it('hold a value that was set twice once, with what it was set to last', () => {
    const map = new Generations<string, number>(8);
    fill(map, 1, 5);
    map.set('1', 9);
    expect(map.get('1')).toBe(9);
    expect(map.size).toBe(5);
  });

  it.each([0, 3, 4, 7])('have nothing of what was deleted, %d more or not', (more) => {
    const map = new Generations<string, number>(8);
    map.set('gone', 1);
    fill(map, 1, more);
    map.delete('gone');
    expect(map.get('gone')).toBeUndefined();
    map.clear();
    expect(map.size).toBe(0);
  });

  it('that turn twice have lost what was not used in between', () => {
    const map = new Generations<string, number>(8);
    fill(map, 1, 2);
    map.turn();
    expect(map.get('1')).toBe(1);
    map.turn();
    expect([map.get('1'), map.get('2')]).toEqual([1, undefined]);
  });
});
