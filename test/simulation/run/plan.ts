// What kind of world a seed makes: how many nodes, and which of the faults may happen in it. Each seed
// has some faults and not others, since all at once would hide each other.
import type { NodeTraits } from '../nodes/node.js';
import type { NetworkTraits } from '../world/network.js';
import type { Random } from '../world/random.js';

export const faultKinds = [
  'crash',
  'pause',
  'suspend',
  'set back',
  'set forward',
  'cut off',
  'outage',
  'election',
  'bell down',
  'flush',
  'roll back',
  'burst',
  'leave',
  'join',
  'recreate',
] as const;

export type FaultKind = (typeof faultKinds)[number];

export interface Plan {
  readonly kept: number;
  readonly users: number;
  readonly durationMs: number;
  readonly nodes: readonly NodeTraits[];
  readonly faults: readonly FaultKind[];
  readonly faultsEveryMs: number;
  readonly network: NetworkTraits;
  readonly twice: number;
  readonly staleHeads: number;
  readonly pauseAtStep: number;
  readonly crashAtStep: number;
  readonly revokesEveryMs: number;
  readonly clocksDrift: boolean;
  /** What a token names besides its user and session. */
  readonly named: readonly ('c' | 'i' | 'k')[];
  /** Waits until memory answers again. Not in every run, as it takes more time than the faults. */
  readonly isEndLong: boolean;
}

const calls = [
  'poll',
  'append',
  'commit',
  'read',
  'readHead',
  'expel',
  'ring',
  'acknowledge',
  'set',
];
const leases = [1_000, 2_000, 2_000, 3_000, 5_000, 5_000];

export function makePlan(random: Random): Plan {
  const odds = random.pick([0.1, 0.3, 0.3, 0.5]);
  const faults = faultKinds.filter((kind) => random.chance(kind === 'recreate' ? 0.15 : odds));
  // Nobody deletes the log while leases are being changed: the new one could not know the longest.
  const isSame = faults.includes('recreate') || random.chance(0.6);
  const sameLease = isSame ? random.pick(leases) : 0;
  const bell = random.pick(['redis', 'redis', 'redis', 'none'] as const);
  const hasSecondLevel = random.chance(0.7);
  const limits = random.chance(0.15)
    ? { maxEvents: 4 }
    : random.chance(0.2)
      ? { maxRecords: 6 }
      : {};
  const traits = (kind: 'server' | 'service'): NodeTraits => ({
    kind,
    leaseMs: sameLease || random.pick(leases),
    bell: kind === 'server' || random.chance(0.5) ? bell : bell === 'none' ? 'none' : 'stream',
    hasSecondLevel,
    limits,
  });
  const servers = random.whole(1, 3);
  const services = random.pick([0, 0, 1, 2]);
  return {
    kept: 'maxEvents' in limits ? 4 : random.whole(8, 20),
    users: random.whole(1, 3),
    durationMs: random.between(4_000, 11_000),
    nodes: [
      ...Array.from({ length: servers }, () => traits('server')),
      ...Array.from({ length: services }, () => traits('service')),
    ],
    faults,
    faultsEveryMs: random.between(700, 4_000),
    network: {
      slow: random.pick([0, 0.02, 0.1, 0.3, 0.7]),
      slowMs: random.pick([100, 1_000, 4_000, 9_000]),
      slowCalls: random.pick([[], calls.filter(() => random.chance(0.25))]),
      lost: random.pick([0, 0, 0.02, 0.1]),
      bellLost: random.pick([0, 0.02, 0.3, 1]),
    },
    twice: random.pick([0, 0.1]),
    staleHeads: random.pick([0, 0.3]),
    pauseAtStep: random.pick([0, 0, 0.003, 0.01]),
    crashAtStep: random.pick([0, 0, 0.0005, 0.002]),
    revokesEveryMs: random.between(200, 1_500),
    named: random.pick([[], [], ['c'], ['i', 'k'], ['c', 'i', 'k']] as const),
    clocksDrift: random.chance(0.5),
    isEndLong: random.chance(0.04),
  };
}
