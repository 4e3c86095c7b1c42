// Virtual time: what is to happen, in order. Nothing takes time but what is scheduled.

// Looked up once: in a test's context each look-up of a global is a detour.
const { setImmediate, Promise } = globalThis;

/** Something that will happen. */
export interface Task {
  readonly at: number;
  readonly order: number;
  /** Null once it was taken back. */
  run: (() => void) | null;
}

export class Scheduler {
  /** True time in milliseconds, which no machine knows. */
  now = 0;
  /** Set when code that awaits something was called, so that promises have to be let run. */
  mustDrain = false;
  private readonly heap: Task[] = [];
  private orders = 0;

  /** A place in the order of everything that happened: later is larger, also within one millisecond. */
  nextOrder(): number {
    return ++this.orders;
  }

  at(at: number, run: () => void): Task {
    const task: Task = { at: at > this.now ? at : this.now, order: this.nextOrder(), run };
    this.push(task);
    return task;
  }

  after(ms: number, run: () => void): Task {
    return this.at(this.now + ms, run);
  }

  /** Lets everything happen up to `until`, and every promise in between. */
  async run(until: number): Promise<void> {
    if (this.mustDrain) await this.drain();
    for (let task = this.heap[0]; task !== undefined && task.at <= until; task = this.heap[0]) {
      this.pop();
      if (task.run === null) continue;
      this.now = task.at;
      task.run();
      if (this.mustDrain) await this.drain();
    }
    this.now = Math.max(this.now, until);
  }

  /** An immediate comes after all promises, however long their chain is. */
  private drain(): Promise<void> {
    this.mustDrain = false;
    return new Promise((resolve) => setImmediate(resolve));
  }

  private push(task: Task): void {
    const { heap } = this;
    let index = heap.length;
    while (index > 0) {
      const above = (index - 1) >> 1;
      const parent = heap[above]!;
      if (isBefore(parent, task)) break;
      heap[index] = parent;
      index = above;
    }
    heap[index] = task;
  }

  private pop(): void {
    const { heap } = this;
    const last = heap.pop()!;
    if (heap.length === 0) return;
    let index = 0;
    for (;;) {
      let below = 2 * index + 1;
      if (below >= heap.length) break;
      if (below + 1 < heap.length && isBefore(heap[below + 1]!, heap[below]!)) below += 1;
      if (isBefore(last, heap[below]!)) break;
      heap[index] = heap[below]!;
      index = below;
    }
    heap[index] = last;
  }
}

const isBefore = (one: Task, other: Task): boolean =>
  one.at < other.at || (one.at === other.at && one.order < other.order);
