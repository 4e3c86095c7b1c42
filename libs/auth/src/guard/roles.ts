import type { Principal } from '../access-token/principal.js';
import { ProblemException } from '../problem/problem.exception.js';

/**
 * Of a public route, where there is no principal, a role lets nobody in.
 * @param wanted by `@Roles()`; null lets everybody in
 * @throws ProblemException `forbidden` for whoever has none of the roles
 */
export function assertRole(
  principal: Principal | undefined,
  wanted: readonly string[] | null,
): void {
  if (wanted === null) return;
  if (principal && wanted.some((role) => principal.roles.includes(role))) return;
  throw new ProblemException('forbidden', `This needs the role ${wanted.join(' or ')}.`, {
    // RFC 6750 §3.1
    headers: { 'www-authenticate': 'Bearer error="insufficient_scope"' },
  });
}
