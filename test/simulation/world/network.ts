// What lies between a process and everything it talks to: messages take a while, get lost, come late.
import type { Machine } from './machine.js';
import type { Random } from './random.js';
import type { Scheduler } from './scheduler.js';

export interface Message {
  readonly from: Machine;
  /** `database`, `redis`, or the name of a machine. */
  readonly to: string;
  /** Which call it is: `poll`, `append`, `read u:1` … */
  readonly what: string;
}

/** How long both ways take, in milliseconds; null is lost. `refused` fails at once. */
export type Fate =
  | { readonly request: number | null; readonly reply: number | null }
  | { readonly refused: true }
  | { readonly held: Gate };

/** Holds messages until a script lets them through. */
export class Gate {
  private isOpen = false;
  private readonly waiting: (() => void)[] = [];

  get count(): number {
    return this.waiting.length;
  }

  pass(go: () => void): void {
    if (this.isOpen) go();
    else this.waiting.push(go);
  }

  open(): void {
    this.isOpen = true;
    for (const go of this.waiting.splice(0)) go();
  }
}

/** Decides about messages. A script overrides chance for the messages that it means. */
export type Script = (message: Message) => Fate | undefined;

export interface NetworkTraits {
  /** How often a message takes up to `slowMs` instead of one or two milliseconds. */
  readonly slow: number;
  readonly slowMs: number;
  /** Which calls that is about; none is all. */
  readonly slowCalls: readonly string[];
  readonly lost: number;
  /** How often the bell's messages are lost. */
  readonly bellLost: number;
}

/** One or two milliseconds, and nothing is lost. */
export const soundNetwork: NetworkTraits = {
  slow: 0,
  slowMs: 0,
  slowCalls: [],
  lost: 0,
  bellLost: 0,
};

export interface Call<T> {
  readonly message: Message;
  /** What is done on the other side. */
  readonly execute: () => T | Promise<T>;
  /** After which the caller gives up; the other side does not hear of it. */
  readonly timeoutMs: number;
}

export interface Recipient {
  readonly to: string;
  readonly deliver: () => void;
}

const isLong = ({ to }: Message): boolean => to !== 'database' && to !== 'redis';

const { Promise } = globalThis;

export class Network {
  traits = soundNetwork;
  script: Script = () => undefined;

  constructor(
    private readonly scheduler: Scheduler,
    private readonly random: Random,
    private readonly trace: (line: () => string) => void,
  ) {}

  call<T>({ message, execute, timeoutMs }: Call<T>): Promise<T> {
    const { from, what } = message;
    return new Promise((resolve, reject) => {
      let giveUp: () => void = () => undefined;
      const finish = (end: () => void): void =>
        from.deliver(() => {
          giveUp();
          end();
        });
      from.step(what, () => {
        const fate = this.fateOf(message);
        if ('refused' in fate) {
          this.scheduler.after(1, () => finish(() => reject(new Error('connection refused'))));
          return;
        }
        const { request, reply } = 'held' in fate ? { request: 1, reply: 1 } : fate;
        this.trace(() => `${from.name} sends ${what} (${ms(request)} there, ${ms(reply)} back)`);
        // What another process does in between takes nobody knows how long.
        if (
          isLong(message) ||
          'held' in fate ||
          request === null ||
          reply === null ||
          request + reply > timeoutMs
        ) {
          giveUp = from.after(timeoutMs, () => reject(new Error('no answer in time')));
        }
        if (request === null) return;
        const answer = (end: () => void): void => {
          if (reply !== null) this.scheduler.after(reply, () => finish(end));
        };
        const go = (): void => {
          this.scheduler.after(request, () => perform(execute, answer, { resolve, reject }));
        };
        if ('held' in fate) fate.held.pass(go);
        else go();
      });
    });
  }

  /** One way, to several, without an answer. @param twice how often it comes a second time. */
  publish(from: Machine, what: string, recipients: readonly Recipient[], twice: number): void {
    from.step(what, () => {
      for (const { to, deliver } of recipients) {
        const copies = this.random.chance(twice) ? 2 : 1;
        for (let copy = 0; copy < copies; copy++) {
          const fate = this.fateOf({ from, to, what });
          if ('held' in fate) fate.held.pass(() => void this.scheduler.after(1, deliver));
          else if ('request' in fate && fate.request !== null) {
            this.scheduler.after(fate.request, deliver);
          }
        }
      }
    });
  }

  private fateOf(message: Message): Fate {
    const scripted = this.script(message);
    if (scripted !== undefined) return scripted;
    const { slowCalls, bellLost, lost } = this.traits;
    const { what } = message;
    const isSlow = slowCalls.length === 0 || slowCalls.some((call) => what.startsWith(call));
    const mayGetLost = what === 'ring' || what === 'acknowledge' ? bellLost : lost;
    return { request: this.delay(isSlow, mayGetLost), reply: this.delay(isSlow, lost) };
  }

  private delay(isSlow: boolean, lost: number): number | null {
    const { random, traits } = this;
    if (random.chance(lost)) return null;
    return isSlow && random.chance(traits.slow)
      ? random.between(1, traits.slowMs)
      : random.between(0.2, 2);
  }
}

function perform<T>(
  execute: () => T | Promise<T>,
  answer: (end: () => void) => void,
  { resolve, reject }: { resolve: (value: T) => void; reject: (reason: Error) => void },
): void {
  const fail = (error: unknown): void => answer(() => reject(error as Error));
  try {
    const outcome = execute();
    if (outcome instanceof Promise) outcome.then((value) => answer(() => resolve(value)), fail);
    else answer(() => resolve(outcome));
  } catch (error) {
    fail(error);
  }
}

const ms = (value: number | null): string => (value === null ? 'lost' : `${value.toFixed(1)} ms`);
