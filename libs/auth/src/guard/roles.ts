import type { Principal } from '../access-token/principal.js';
import { ProblemException } from '../problem/problem.exception.js';

/** @throws ProblemException `forbidden` for whoever has none of the roles that `@Roles()` names. */
export function assertRole(principal: Principal | undefined, wanted: readonly string[]): void {
  if (principal && wanted.some((role) => principal.roles.includes(role))) return;
  throw new ProblemException('forbidden', `This needs the role ${wanted.join(' or ')}.`, {
    // RFC 6750 §3.1
    headers: { 'www-authenticate': 'Bearer error="insufficient_scope"' },
  });
}
