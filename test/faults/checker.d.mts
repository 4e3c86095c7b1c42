/** checker.mjs for tests in TypeScript. */
import type { Trace } from './trace.mjs';

export interface Token {
  readonly text: string;
  readonly user: string;
  readonly session: string;
  readonly application: string;
  readonly version: number;
  readonly knownAt: number;
  doomedAt: number;
  deadAt: number;
}

export interface Revoke {
  readonly what: string;
  readonly node: string;
  readonly calledAt: number;
  readonly users: readonly string[];
  readonly covers: (token: Token) => boolean;
  readonly floor: number;
}

export interface Account {
  readonly tokens: Token[];
  version: number;
  unsettledUntil: number;
  readonly pending: Set<Revoke>;
}

export interface Exchange {
  readonly node: string;
  readonly path: string;
  readonly sentAt: number;
  readonly status: number;
  readonly code?: string;
}

export interface Violation {
  readonly kind: 'stale' | 'unchecked' | 'lost' | 'false refusal' | 'crash';
  readonly text: string;
}

export class Checker {
  constructor(now: () => number);
  readonly trace: Trace;
  readonly accounts: Map<string, Account>;
  readonly violations: Violation[];
  readonly counts: Record<
    'requests' | 'accepted' | 'refused' | 'unavailable' | 'unanswered' | 'other',
    number
  >;
  readonly deadRefused: number;
  readonly bogusRefused: number;
  readonly explainedRefusals: number;
  readonly staleAt: Map<string, number>;
  account(user: string): Account;
  count(kind: Violation['kind']): number;
  issued(text: string, askedAt: number): Token;
  slid(from: Token, text: string): Token;
  revokeCalled(
    what: string,
    node: string,
    users: readonly string[],
    covers?: (token: Token) => boolean,
  ): Revoke;
  revokeAnswered(revoke: Revoke, answer?: { version?: number; users?: readonly string[] }): void;
  changeAnswered(revoke: Revoke): void;
  revokeUnknown(revoke: Revoke, why: string): void;
  seen(user: string, version: number, atLeast: number): void;
  lost(user: string, text: string): void;
  answered(token: Token, exchange: Exchange): void;
  bogusAnswered(what: string, exchange: Exchange): void;
  crashed(node: string, words: string): void;
  uncheckedAccept(user: string, text: string): void;
}
