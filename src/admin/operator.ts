import type { AuditActor } from '../audit/audit-entry.js';
import type { AuditEvent } from '../audit/audit.service.js';
import type { Ending } from '../tokens/revocation/session-ender.js';

/** Who acts on others, and from where: an administrator over HTTP, or the command line. */
export interface Operator {
  readonly actor: AuditActor;
  readonly origin?: NonNullable<AuditEvent['origin']>;
}

/** As what ends a session remembers it: the user's id, or `cli`. */
export const nameOf = ({ actor }: Operator): string => actor.id ?? actor.type;

export const endingBy = (operator: Operator, reason: string): Ending => ({
  reason,
  by: nameOf(operator),
});

/** Why something ended where the operator gave no reason. */
export const revokedByAdmin = 'revoked_by_admin';
