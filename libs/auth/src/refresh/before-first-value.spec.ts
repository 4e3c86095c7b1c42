// What is done before an answer goes out, and what it must not change about it.
import { beforeEach, describe, expect, it } from '@jest/globals';
import { from, lastValueFrom, NEVER, of, Subject, throwError, toArray } from 'rxjs';
import { beforeFirstValue } from './before-first-value.js';

let done: string[];
const note = (): undefined => void done.push('work');

beforeEach(() => {
  done = [];
});

/** Everything that comes, in order, with the work in between. */
function record(source: Parameters<typeof beforeFirstValue>[0], work = note as never): void {
  beforeFirstValue(source, work).subscribe({
    next: (value) => done.push(String(value)),
    error: (error: Error) => done.push(error.message),
    complete: () => done.push('end'),
  });
}

describe('work before the first value', () => {
  it('is done once, and everything passes', () => {
    record(from([1, 2, 3]));
    expect(done).toEqual(['work', '1', '2', '3', 'end']);
  });

  it('is not done when nothing comes, or a fault', () => {
    record(of());
    record(throwError(() => new Error('fault')));
    expect(done).toEqual(['end', 'fault']);
  });

  it('that takes time holds back everything, in its order', async () => {
    let finish = (): void => undefined;
    const slow = new Promise<void>((resolve) => (finish = resolve));
    const source = new Subject<number>();
    record(source, (() => slow) as never);
    source.next(1);
    source.next(2);
    source.complete();
    await Promise.resolve();
    expect(done).toEqual([]);
    finish();
    await new Promise((resolve) => setImmediate(resolve));
    expect(done).toEqual(['1', '2', 'end']);
  });

  it('that takes time holds back a fault as well', async () => {
    const source = new Subject<number>();
    record(source, (async () => undefined) as never);
    source.next(1);
    source.error(new Error('fault'));
    await new Promise((resolve) => setImmediate(resolve));
    expect(done).toEqual(['1', 'fault']);
  });

  it('does not begin before somebody listens, and begins anew for each', async () => {
    const answer = beforeFirstValue(of('body'), note);
    expect(done).toEqual([]);
    await lastValueFrom(answer);
    expect(await lastValueFrom(answer.pipe(toArray()))).toEqual(['body']);
    expect(done).toEqual(['work', 'work']);
  });

  it('lets go of the source when nobody listens any more', () => {
    const source = new Subject<number>();
    const listening = beforeFirstValue(source, note).subscribe();
    expect(source.observed).toBe(true);
    listening.unsubscribe();
    expect(source.observed).toBe(false);
    beforeFirstValue(NEVER, note).subscribe().unsubscribe();
  });
});
