/** What a run leaves behind: raw figures of each round; everything shown is computed from them. */
import type { Loaded } from './load/closed-loop.js';
import type { Paced } from './load/paced.js';
import type { ProfileSummary } from './variants/profile.js';

export interface Machine {
  readonly processor: string;
  readonly cores: number;
  readonly memoryGb: number;
  readonly system: string;
  readonly pinning: string;
  readonly versions: Readonly<Record<string, string>>;
  readonly commit: string;
}

/** One measurement of one variant, and the ceiling as it was just before and just after. */
export interface Round extends Loaded {
  /** Of the server's process, in microseconds. */
  readonly cpuPerRequest: number;
  readonly baseline: { readonly perSecond: number; readonly cpuPerRequest: number };
}

export interface HttpPart {
  readonly date: string;
  readonly connections: number;
  readonly seconds: number;
  readonly rounds: Readonly<Record<string, readonly Round[]>>;
}

/** Nanoseconds a call, one figure for each round. */
export interface MicroPart {
  readonly date: string;
  readonly samples: Readonly<Record<string, readonly number[]>>;
}

export interface ScalePart {
  readonly date: string;
  /** By the number of users in the state. */
  readonly samples: Readonly<Record<string, readonly number[]>>;
}

export interface MemoryPart {
  readonly date: string;
  readonly rows: readonly {
    readonly what: 'subject' | 'active user';
    readonly count: number;
    readonly heapBytes: number;
    readonly rssBytes: number;
  }[];
}

export interface RevocationPart {
  readonly date: string;
  readonly services: readonly string[];
  readonly rows: readonly {
    readonly nodes: number;
    readonly isLoaded: boolean;
    /** From the call to its answer, in milliseconds. */
    readonly answeredAfter: readonly number[];
    /** As the server tells it: until the last node acknowledged, the database's steps before it included. */
    readonly acknowledgedAfter: readonly number[];
    /** From the first acknowledgement, which is the revoking node's own, to the last: the news on its way. */
    readonly spreadIn: readonly number[];
    readonly requestsPerSecond: number;
  }[];
}

export interface LoginPart {
  readonly date: string;
  readonly perSecond: number;
  readonly rounds: readonly {
    readonly quiet: Paced;
    readonly beside: Paced;
    readonly logins: Paced;
  }[];
}

export interface Results {
  readonly format: 1;
  readonly machine: Machine;
  readonly services: readonly string[];
  readonly http?: HttpPart;
  readonly unloaded?: HttpPart;
  readonly micro?: MicroPart;
  readonly memory?: MemoryPart;
  readonly scale?: ScalePart;
  readonly revocation?: RevocationPart;
  readonly login?: LoginPart;
  readonly profiles?: Readonly<Record<string, ProfileSummary>>;
  /** What could not be measured, and why. */
  readonly missing: readonly string[];
}
