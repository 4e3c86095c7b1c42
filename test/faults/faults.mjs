// @ts-check
/** When which fault is put in, and for how long; what kinds there are says fault-kinds.mjs. */
import { faultKinds } from './fault-kinds.mjs';

/**
 * @typedef {import('./fault-kinds.mjs').FaultContext} FaultContext
 * @typedef {import('./fault-kinds.mjs').FaultKind} FaultKind
 */

const faultsForMs = 40_000;
/** After a fault something may be late for so long, beside a lease. */
const settleMs = 1_000;
const atOnce = 2;

export class Faults {
  /** @type {Map<string, number>} how often each kind was put in */
  counts = new Map();
  /** @type {Map<string, Promise<void>>} by what each of them holds */
  #active = new Map();
  #lastEndedAt = 0;
  #isOn = true;
  #context;
  #calmMs;
  #running;

  /** @param {FaultContext} context @param {number} leaseMs */
  constructor(context, leaseMs) {
    this.#context = context;
    this.#calmMs = 2 * leaseMs + 3_000;
    this.settleMs = leaseMs + settleMs;
    this.#running = this.#run();
    this.#running.catch(() => undefined);
  }

  /** @returns {number} Infinity while something is wrong */
  get quietSince() {
    return this.#active.size > 0 ? Infinity : this.#lastEndedAt + this.settleMs;
  }

  /** Everything is well again when this comes back. */
  async stop() {
    this.#isOn = false;
    await this.#running;
  }

  async #run() {
    const { random } = this.#context;
    while (this.#isOn) {
      const until = performance.now() + faultsForMs;
      while (this.#isOn && performance.now() < until) {
        if (this.#active.size < atOnce) this.#begin();
        await this.#sleep(random.between(200, 2_000));
      }
      await Promise.all(this.#active.values());
      if (this.#isOn) this.#context.trace.add('fault', '', 'none for a while');
      await this.#sleep(this.#calmMs);
    }
  }

  /** One fault, at something that has none yet. */
  #begin() {
    const { random, trace } = this.#context;
    const kinds = faultKinds.filter((kind) => kind.isPossible(this.#context));
    const kind = random.pickWeighted(kinds.map((one) => /** @type {const} */ ([one.weight, one])));
    const target = kind.chooseTarget(this.#context);
    if (this.#active.has(target.key)) return;
    const seconds = kind.chooseMs(this.#context) / 1000;
    const what = `${kind.name} (${target.key}, ${seconds.toFixed(2)} s)`;
    trace.add('fault', '', `begins: ${what}`);
    this.counts.set(kind.name, (this.counts.get(kind.name) ?? 0) + 1);
    const done = kind.run(this.#context, target, seconds * 1000).finally(() => {
      trace.add('fault', '', `is over: ${what}`);
      this.#active.delete(target.key);
      this.#lastEndedAt = performance.now();
    });
    done.catch((error) => (this.#context.failure ??= error));
    this.#active.set(target.key, done);
  }

  /** @param {number} ms */
  async #sleep(ms) {
    const until = performance.now() + ms;
    while (this.#isOn && performance.now() < until) {
      await new Promise((resolve) => setTimeout(resolve, Math.min(100, ms)));
    }
  }
}
