import { Observable, type Subscriber } from 'rxjs';

/**
 * Passes on what `source` emits, and does `work` before the first value: at once, or before that value if
 * it answers a promise, which must not be rejected. By hand, as rxjs's operators would cost each request
 * more than the guard does.
 */
export function beforeFirstValue<Value>(
  source: Observable<Value>,
  work: () => Promise<void> | undefined,
): Observable<Value> {
  return new Observable((subscriber) => source.subscribe(new FirstValue(subscriber, work)));
}

class FirstValue<Value> {
  private isFirst = true;
  /** Until when everything waits. */
  private pending: Promise<void> | null = null;

  constructor(
    private readonly subscriber: Subscriber<Value>,
    private readonly work: () => Promise<void> | undefined,
  ) {}

  next(value: Value): void {
    if (this.isFirst) {
      this.isFirst = false;
      this.pending = this.work() ?? null;
    }
    this.inTurn(() => this.subscriber.next(value));
  }

  error(error: unknown): void {
    this.inTurn(() => this.subscriber.error(error));
  }

  complete(): void {
    this.inTurn(() => this.subscriber.complete());
  }

  private inTurn(step: () => void): void {
    if (this.pending === null) step();
    else this.pending = this.pending.then(step);
  }
}
