/** What the benchmark's processes say to each other over Node's own channel. */

/** A question to a child, and its answer under the same number. */
export interface Question {
  readonly id: number;
  readonly ask: string;
  readonly value?: unknown;
}

export interface Answer {
  readonly id: number;
  readonly value?: unknown;
  readonly failure?: string;
}

/** What a child says by itself: that it is ready, how far it is, what came of it. */
export interface Notice {
  readonly notice: 'ready' | 'progress' | 'result' | 'failed';
  readonly value?: unknown;
}

type Handler = (value: never) => unknown;

const handlers = new Map<string, Handler>();

/** In a child: answers one kind of question. */
export function answer<T>(ask: string, handler: (value: T) => unknown): void {
  if (handlers.size === 0) process.on('message', (message) => void reply(message as Question));
  handlers.set(ask, handler as Handler);
}

async function reply({ id, ask, value }: Question): Promise<void> {
  const handler = handlers.get(ask);
  // Each part of a child adds what it knows; a question may come before the part is loaded.
  if (handler === undefined) return;
  try {
    process.send?.({ id, value: await handler(value as never) } satisfies Answer);
  } catch (error) {
    process.send?.({ id, failure: describe(error) } satisfies Answer);
  }
}

/** In a child: says something unasked. */
export function tell(notice: Notice['notice'], value?: unknown): void {
  process.send?.({ notice, value } satisfies Notice);
}

/** In a child: does its one work, tells what came of it, and ends. */
export async function work(run: () => Promise<unknown>): Promise<void> {
  process.on('disconnect', () => process.exit(0));
  try {
    tell('result', await run());
  } catch (error) {
    tell('failed', describe(error));
  }
}

export function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
