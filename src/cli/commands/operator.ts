import type { Revocation } from '@portcullis/auth';
import type { Operator } from '../../admin/operator.js';

/** Whoever can run commands on the server's machine. */
export const commandLine: Operator = { actor: { type: 'cli', id: null } };

/** How far a revoke reached, in one line. */
export function describeRevocation({ nodes, durationMs }: Revocation): string {
  const ended = nodes.filter((node) => 'leaseEnded' in node).length;
  const late = ended === 0 ? '' : `; the lease of ${String(ended)} ended`;
  return `in force on ${String(nodes.length)} of ${String(nodes.length)} nodes after ${String(durationMs)} ms${late}`;
}
