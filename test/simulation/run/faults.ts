// Everything that goes wrong, as the plan and chance say.
import type { SimulatedNode, NodeTraits } from '../nodes/node.js';
import type { Machine } from '../world/machine.js';
import { soundNetwork, type Fate, type Message } from '../world/network.js';
import type { World } from '../world/world.js';
import type { FaultKind, Plan } from './plan.js';

/** Of those there may be, so that revokes still have somebody to wait for. */
const maxNodes = 6;

export class Faults {
  private isOn = true;
  /** A machine that was cut off from the database: until when, and how that looks. */
  private readonly cuts = new Map<Machine, { until: number; how: 'lost' | 'refused' | 'deaf' }>();
  /** Either a machine is suspended or its clock is set back: no clock would show both together. */
  private readonly suspended = new Set<Machine>();
  private readonly setBack = new Set<Machine>();
  private bursts = 0;

  private readonly ofTheWorld: Partial<Record<FaultKind, () => void>> = {
    outage: () => this.whileDown(this.world.database),
    election: () => {
      this.world.database.clockOffsetMs = this.world.random.between(0, 4_900);
      this.whileDown(this.world.database);
    },
    'bell down': () => this.whileDown(this.world.redis),
    'roll back': () => {
      this.world.redis.rolledBack = 0.7;
      this.world.after(3_000, () => (this.world.redis.rolledBack = 0));
    },
    flush: () => this.world.redis.flush(),
    recreate: () => this.world.log.recreate(),
    burst: () => this.burst(),
    join: () => this.join(this.world.random.pick(this.plan.nodes)),
  };

  private readonly ofANode: Partial<Record<FaultKind, (node: SimulatedNode) => void>> = {
    crash: (node) => {
      node.crash();
      this.comeAgain(node.traits);
    },
    leave: (node) => {
      node.leave();
      this.comeAgain(node.traits);
    },
    pause: ({ machine, leaseMs }) => machine.pause(this.world.random.between(1, 3 * leaseMs)),
    suspend: ({ machine, leaseMs }) => {
      if (this.setBack.has(machine)) return;
      this.suspended.add(machine);
      machine.pause(this.world.random.between(100, 3 * leaseMs), true);
    },
    'set back': ({ machine, leaseMs }) => {
      if (this.suspended.has(machine)) return;
      this.setBack.add(machine);
      machine.setWallClock(-this.world.random.pick([500, leaseMs, 3_600_000]));
    },
    'set forward': ({ machine, leaseMs }) =>
      machine.setWallClock(this.world.random.pick([500, leaseMs, 700_000, 3_600_000])),
    'cut off': ({ machine, leaseMs }) => {
      const { scheduler, random } = this.world;
      const until = scheduler.now + random.between(200, 2 * leaseMs);
      this.cuts.set(machine, { until, how: random.pick(['lost', 'refused', 'deaf']) });
    },
  };

  constructor(
    private readonly world: World,
    private readonly plan: Plan,
    private readonly boot: (traits: NodeTraits) => void,
  ) {
    const { network, redis, random } = world;
    network.traits = plan.network;
    network.script = (message) => this.fateOf(message);
    redis.twice = plan.twice;
    world.staleHeads = { often: plan.staleHeads, by: 30 };
    world.mishaps = {
      atStep: (machine, step) => this.atStep(machine, step),
      shuffleMs: () => random.next(),
    };
    this.wait();
  }

  /** From here on nothing goes wrong any more. */
  end(): void {
    const { world } = this;
    this.isOn = false;
    world.network.traits = soundNetwork;
    world.network.script = () => undefined;
    world.redis.twice = 0;
    world.redis.rolledBack = 0;
    world.redis.isDown = false;
    world.staleHeads = { often: 0, by: 0 };
    world.database.isDown = false;
    world.mishaps = { atStep: () => undefined, shuffleMs: () => 0 };
    world.trace(() => 'no more faults');
  }

  /** Its clock cannot tell how long something took: it may hold back what it could know. */
  isUnsure(machine: Machine): boolean {
    return this.setBack.has(machine);
  }

  private wait(): void {
    const { random } = this.world;
    if (this.plan.faults.length === 0) return;
    this.world.after(random.between(0, 2 * this.plan.faultsEveryMs), () => {
      if (!this.isOn) return;
      this.happen(random.pick(this.plan.faults));
      this.wait();
    });
  }

  private happen(kind: FaultKind): void {
    const { world } = this;
    const node = world.nodes.size > 0 ? world.random.pick([...world.nodes]) : null;
    world.trace(() => `fault: ${kind}${node ? ` (${node.name})` : ''}`);
    this.ofTheWorld[kind]?.();
    if (node) this.ofANode[kind]?.(node);
  }

  private whileDown(what: { isDown: boolean }): void {
    what.isDown = true;
    this.world.after(this.world.random.between(100, 6_000), () => (what.isDown = false));
  }

  private comeAgain(traits: NodeTraits): void {
    this.world.after(this.world.random.between(50, 6_000), () => this.join(traits));
  }

  /** Others have much to revoke at once: whoever hears nothing of it misses what was before. */
  private burst(): void {
    const { world, plan } = this;
    const size = world.random.whole(3, plan.kept + 3);
    this.bursts += 1;
    const events = Array.from({ length: size }, (_, i) => {
      return { subject: `s:burst-${this.bursts}-${i}`, version: 2 } as const;
    });
    world.log.append(events);
  }

  private join(traits: NodeTraits): void {
    if (this.isOn && this.world.nodes.size < maxNodes) this.boot(traits);
  }

  private atStep(machine: Machine, step: string): void {
    const { world, plan } = this;
    const { random } = world;
    // The revoker's steps are few: each is as likely to be the last as the many of the others.
    const factor = /append|commit/.test(step) ? 10 : 1;
    if (random.chance(plan.pauseAtStep * factor)) {
      world.trace(() => `${machine.name} pauses ${step}`);
      const isSuspended = random.chance(0.2) && !this.setBack.has(machine);
      if (isSuspended) this.suspended.add(machine);
      machine.pause(random.between(1, 8_000), isSuspended);
    }
    if (!random.chance(plan.crashAtStep * factor)) return;
    world.trace(() => `${step}:`);
    for (const node of world.nodes) {
      if (node.machine !== machine) continue;
      node.crash();
      this.comeAgain(node.traits);
    }
  }

  private fateOf({ from, to }: Message): Fate | undefined {
    const cut = this.cuts.get(from);
    if (cut === undefined || to === 'redis' || cut.until < this.world.scheduler.now)
      return undefined;
    if (cut.how === 'refused') return { refused: true };
    return { request: cut.how === 'deaf' ? 1 : null, reply: null };
  }
}
