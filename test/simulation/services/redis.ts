// Redis, which may do what it likes: a channel that loses, repeats and delays, and a cache that forgets
// and remembers what it should not.
import type { StoredVersion } from '../../../libs/auth/src/revocation/check/second-level.js';
import type { Acknowledgement, Ring } from '../../../libs/auth/src/revocation/doorbell.js';
import type { Machine } from '../world/machine.js';
import type { Random } from '../world/random.js';

export interface ChannelMessage {
  readonly ring?: Ring;
  readonly acknowledgement?: Acknowledgement;
}

interface Subscriber {
  readonly machine: Machine;
  readonly hear: (message: ChannelMessage) => void;
}

export class SimulatedRedis {
  isDown = false;
  /** How often a message comes a second time. */
  twice = 0;
  /** How often a key answers with something that it held long ago. */
  rolledBack = 0;
  readonly subscribers = new Set<Subscriber>();
  private readonly values = new Map<string, StoredVersion[]>();

  constructor(private readonly random: Random) {}

  flush(): void {
    for (const [key, held] of this.values) this.values.set(key, [...held.slice(-8), none]);
  }

  get(key: string): StoredVersion | null {
    if (this.isDown) return null;
    const held = this.values.get(key) ?? [];
    const value = this.random.chance(this.rolledBack)
      ? this.random.pick([none, ...held])
      : held.at(-1);
    return value === undefined || value === none ? null : value;
  }

  set(key: string, value: StoredVersion): void {
    if (this.isDown) return;
    const held = this.values.get(key);
    if (held) held.push(value);
    else this.values.set(key, [value]);
  }
}

const none: StoredVersion = { version: 0, status: '', number: 0, at: 0 };
