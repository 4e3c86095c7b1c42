// Everything there is in one simulated world, and how it is asked to go on.
import { SimulatedNode, type NodeTraits } from '../nodes/node.js';
import { soundParts, type Parts } from '../nodes/parts.js';
import { Checker } from '../run/checker.js';
import { SimulatedDatabase } from '../services/database.js';
import { LogDocument, type LogTraits } from '../services/log-document.js';
import { SimulatedRedis } from '../services/redis.js';
import { Machine, type ClockRates, type Mishaps } from './machine.js';
import { Network } from './network.js';
import { Random } from './random.js';
import { Scheduler } from './scheduler.js';

export interface WorldSetup {
  readonly seed: number;
  readonly log: LogTraits;
  readonly parts?: Partial<Parts>;
  /** Keeps what happens as text, which takes time. */
  readonly isTraced?: boolean;
}

/** Of a trace the last lines are kept, up to what went wrong: they tell the story. */
const maxLines = 400;

export class World {
  readonly random: Random;
  readonly scheduler = new Scheduler();
  readonly database: SimulatedDatabase;
  readonly log: LogDocument;
  readonly redis: SimulatedRedis;
  readonly network: Network;
  readonly checker: Checker;
  readonly parts: Parts;
  readonly nodes = new Set<SimulatedNode>();
  /** Of all nodes that there ever were. */
  readonly leasesEver = new Set<number>();
  readonly lines: string[] = [];
  private staleness = { often: 0, by: 0 };
  mishaps: Mishaps = { atStep: () => undefined, shuffleMs: () => 0 };
  private boots = 0;

  constructor(private readonly setup: WorldSetup) {
    const { seed, log } = setup;
    const trace = (line: () => string): void => this.trace(line);
    this.random = new Random(seed);
    this.parts = { ...soundParts, ...setup.parts };
    this.database = new SimulatedDatabase(this.scheduler);
    this.log = new LogDocument(this.database, log);
    this.redis = new SimulatedRedis(this.random);
    this.network = new Network(this.scheduler, this.random, trace);
    this.checker = new Checker(this.scheduler, this.database, trace);
  }

  /** Another process, under an id that was never used. */
  boot(traits: NodeTraits, rates: ClockRates = { monotonic: 1, wall: 1 }): SimulatedNode {
    this.boots += 1;
    const name = `${traits.kind === 'server' ? 'S' : 'X'}${this.boots}`;
    const machine = new Machine(name, this.scheduler, rates, {
      atStep: (...at) => this.mishaps.atStep(...at),
      shuffleMs: () => this.mishaps.shuffleMs(),
    });
    this.leasesEver.add(traits.leaseMs);
    const node = new SimulatedNode(this, machine, traits);
    this.nodes.add(node);
    this.trace(() => `${name} boots: ${JSON.stringify({ ...traits, ...rates })}`);
    node.start();
    return node;
  }

  /** How often an ordinary read of the log is old, and by how many writes at most. */
  get staleHeads(): Readonly<{ often: number; by: number }> {
    return this.staleness;
  }

  set staleHeads(staleness: { often: number; by: number }) {
    this.staleness = staleness;
    this.log.keepsHeads ||= staleness.often > 0;
  }

  after(ms: number, run: () => void): void {
    this.scheduler.after(ms, run);
  }

  /** Lets `ms` pass. */
  pass(ms: number): Promise<void> {
    return this.scheduler.run(this.scheduler.now + ms);
  }

  trace(line: () => string): void {
    if (this.setup.isTraced !== true || this.checker.violations.length > 0) return;
    this.lines.push(`${this.scheduler.now.toFixed(1).padStart(9)}  ${line()}`);
    if (this.lines.length > maxLines) this.lines.shift();
  }
}
