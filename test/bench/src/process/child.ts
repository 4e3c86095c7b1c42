/** A process of the benchmark's own: on one core, asked over its channel, and ended by its id. */
import { spawn, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { cores } from './cores.js';
import type { Answer, Notice, Question } from './messages.js';

export interface ChildSetup {
  readonly name: string;
  /** Of the compiled sources: `load/loader.js`. */
  readonly script: string;
  readonly args?: readonly string[];
  readonly execArgv?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly on: 'server' | 'loader' | 'any';
}

const compiled = fileURLToPath(new URL('../', import.meta.url));
const running = new Set<Child>();

export class Child {
  private readonly process: ChildProcess;
  private readonly open = new Map<number, (answer: Answer) => void>();
  private readonly listeners = new Set<(notice: Notice) => void>();
  private readonly early: Notice[] = [];
  private asked = 0;
  private printed = '';
  private readonly ended: Promise<void>;

  constructor(private readonly setup: ChildSetup) {
    const { script, args = [], execArgv = [], env = {}, on } = setup;
    const words = [...cores.pin(on), process.execPath, ...execArgv, compiled + script, ...args];
    const [command = '', ...rest] = words;
    this.process = spawn(command, rest, {
      env: { PATH: process.env['PATH'], HOME: process.env['HOME'], NODE_ENV: 'production', ...env },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    const keep = (text: Buffer): void => void (this.printed = (this.printed + text).slice(-3000));
    this.process.stdout?.on('data', keep);
    this.process.stderr?.on('data', keep);
    this.process.on('message', (message) => this.hear(message as Answer | Notice));
    this.ended = new Promise((resolve) => {
      this.process.once('exit', () => resolve()).once('error', () => resolve());
    });
    void this.ended.then(() => running.delete(this));
    running.add(this);
  }

  /** What the process answers; rejects when it ends before, or takes too long. */
  ask<T>(ask: string, value?: unknown, timeoutMs = 30_000): Promise<T> {
    const id = ++this.asked;
    const answered = new Promise<Answer>((resolve) => this.open.set(id, resolve));
    this.process.send({ id, ask, value } satisfies Question, () => undefined);
    const whole = answered.then(({ value: said, failure }) => {
      if (failure !== undefined) throw new Error(`${this.setup.name}: ${failure}`);
      return said as T;
    });
    return this.inTime(whole, timeoutMs, ask).finally(() => this.open.delete(id));
  }

  /** The first `ready` or `result`; progress goes to `onProgress`. */
  outcome<T>(timeoutMs: number, onProgress: (text: string) => void = () => undefined): Promise<T> {
    let listener: ((notice: Notice) => void) | undefined;
    const told = new Promise<T>((resolve, reject) => {
      listener = ({ notice, value }) => {
        if (notice === 'progress') onProgress(String(value));
        else if (notice === 'failed') reject(new Error(`${this.setup.name}: ${String(value)}`));
        else resolve(value as T);
      };
      this.listeners.add(listener);
      for (const notice of this.early.splice(0)) listener(notice);
    });
    return this.inTime(told, timeoutMs, 'its outcome').finally(() => {
      if (listener) this.listeners.delete(listener);
    });
  }

  async stop(): Promise<void> {
    this.process.kill('SIGTERM');
    // Its own ending may wait for connections that nobody closes.
    const timer = setTimeout(() => this.process.kill('SIGKILL'), 3000);
    await this.ended;
    clearTimeout(timer);
  }

  kill(): void {
    this.process.kill('SIGKILL');
  }

  private hear(message: Answer | Notice): void {
    if ('id' in message) this.open.get(message.id)?.(message);
    else if (this.listeners.size === 0) this.early.push(message);
    else for (const listener of this.listeners) listener(message);
  }

  private async inTime<T>(awaited: Promise<T>, timeoutMs: number, what: string): Promise<T> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      const fail = (why: string): void => {
        reject(new Error(`${this.setup.name} ${why} before ${what}\n${this.printed.trim()}`));
      };
      timer = setTimeout(() => fail(`took more than ${timeoutMs} ms`), timeoutMs);
      void this.ended.then(() => fail('ended'));
    });
    try {
      return await Promise.race([awaited, late]);
    } finally {
      clearTimeout(timer);
    }
  }
}

/** All that still run, each by its own id. */
export async function stopChildren(): Promise<void> {
  await Promise.all([...running].map((child) => child.stop()));
}

export function killChildren(): void {
  for (const child of running) child.kill();
}

/** A child that does one work and is gone. */
export async function runToEnd<T>(
  setup: ChildSetup,
  timeoutMs: number,
  onProgress?: (text: string) => void,
): Promise<T> {
  const child = new Child(setup);
  try {
    return await child.outcome<T>(timeoutMs, onProgress);
  } finally {
    await child.stop();
  }
}
