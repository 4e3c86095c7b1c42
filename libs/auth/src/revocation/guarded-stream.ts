import { concatMap, EMPTY, filter, from, map, Observable, of, tap } from 'rxjs';
import type { EndReason, OpenConnection } from './open-connection.js';

/** So many values may wait until it is known whether they may be written; then the stream is ended. */
const maxWaiting = 1_000;

/** The values of `source`, in their order, as long as they may be written. */
export function guardedStream<T>(
  open: (end: (reason: EndReason) => void) => OpenConnection,
  source: Observable<T>,
  lastWord: ((reason: EndReason) => T) | undefined,
): Observable<T> {
  return new Observable<T>((subscriber) => {
    const end = (reason: EndReason): void => {
      if (lastWord !== undefined) subscriber.next(lastWord(reason));
      subscriber.complete();
    };
    const connection = open(end);
    // However it comes to an end: also when the reader goes away.
    subscriber.add(() => connection.forget());
    if (subscriber.closed) return;
    let waiting = 0;
    const allowed = source.pipe(
      tap(() => {
        waiting += 1;
        if (waiting > maxWaiting) end('unknown');
      }),
      concatMap((value) => {
        waiting -= 1;
        const mayWrite = connection.mayWrite();
        if (typeof mayWrite === 'boolean') return mayWrite ? of(value) : EMPTY;
        return from(mayWrite).pipe(
          filter(Boolean),
          map(() => value),
        );
      }),
    );
    subscriber.add(allowed.subscribe(subscriber));
  });
}
