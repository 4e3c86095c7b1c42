// Whose answer a read is: of those who arrived before it began, and of nobody else.
import { beforeEach, describe, expect, it } from '@jest/globals';
import { settled } from '../../../../../test/support/settled.js';
import { SharedReads } from './shared-reads.js';

interface Begun {
  readonly key: string;
  readonly place: number;
  end(): void;
  fail(): void;
}

let reads: SharedReads<string, number>;
let begun: Begun[];

beforeEach(() => {
  reads = new SharedReads();
  begun = [];
});

/** Answers its own place in time. */
const read = (key = 'a', arrival = reads.arrival()): Promise<number> =>
  reads.after(arrival, key, (place) => {
    return new Promise((resolve, reject) => {
      begun.push({ key, place, end: () => resolve(place), fail: () => reject(new Error('down')) });
    });
  });

const end = async (...indexes: number[]): Promise<void> => {
  for (const index of indexes) begun[index]?.end();
  await settled();
};

describe('a read of one subject', () => {
  it('is begun at once while fewer than four are under way, each for whoever arrived last', () => {
    for (let i = 0; i < 4; i++) void read();
    expect(begun.map(({ place }) => place)).toEqual([1, 2, 3, 4]);
  });

  it('waits, when four are, for the first of them to end, and is shared by all who came meanwhile', async () => {
    for (let i = 0; i < 4; i++) void read();
    const waiting = [read(), read(), read()];
    const arrival = reads.arrival();
    expect(begun).toHaveLength(4);
    await end(2);
    expect(begun).toHaveLength(5);
    await end(4);
    const answers = await Promise.all(waiting);
    expect(answers).toEqual([5, 5, 5]);
    expect(answers.every((place) => place > arrival)).toBe(true);
  });

  it('begins also when the one before it failed', async () => {
    const first = [read(), read(), read(), read()];
    const waiting = read();
    begun[0]?.fail();
    await expect(first[0]).rejects.toThrow('down');
    await settled();
    await end(4);
    expect(await waiting).toBe(5);
  });

  it('that waited and fails fails for all who share it', async () => {
    for (let i = 0; i < 4; i++) void read();
    const waiting = [read(), read()];
    await end(0);
    begun[4]?.fail();
    const outcomes = await Promise.allSettled(waiting);
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  });

  it('for whoever arrives after the waiting one began waits for the next', async () => {
    for (let i = 0; i < 4; i++) void read();
    const one = read();
    await end(0);
    const other = read();
    expect(begun).toHaveLength(5);
    await end(1, 4);
    expect(await one).toBe(5);
    await end(5);
    expect(await other).toBe(6);
  });

  it('however many ask, is never more than five a round of answers', async () => {
    const asked: Promise<number>[] = [];
    for (let round = 0; round < 20; round++) {
      for (let i = 0; i < 50; i++) asked.push(read());
      await end(...begun.keys());
    }
    await end(...begun.keys());
    await Promise.all(asked);
    expect(begun.length).toBeLessThanOrEqual(20 * 5);
  });
});

it('of other subjects waits for none', () => {
  for (let i = 0; i < 10; i++) void read(`${i}`);
  expect(begun).toHaveLength(10);
});

it('a subject that nobody reads is forgotten', async () => {
  void read();
  void read();
  await end(0, 1);
  expect((reads as unknown as { reads: Map<string, unknown> }).reads.size).toBe(0);
});
