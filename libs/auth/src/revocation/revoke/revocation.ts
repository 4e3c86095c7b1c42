/** What a revoke answers: how far it reached and how long that took (API shape `revocation`). */
export interface Revocation {
  readonly id: string;
  readonly scope: RevocationScope;
  readonly reason: string;
  readonly effectiveAt: Date;
  /** From the call to the moment it held on every node, in milliseconds. */
  readonly durationMs: number;
  readonly nodes: readonly NodeAcknowledgement[];
}

export type RevocationScope =
  'user' | 'users' | 'session' | 'sessions' | 'application' | 'everybody' | 'key';

export type NodeAcknowledgement =
  | { readonly id: string; readonly kind: string; readonly acknowledgedAfterMs: number }
  | { readonly id: string; readonly kind: string; readonly leaseEnded: true };
