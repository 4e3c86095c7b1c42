// What of all that happens one wants to see.
import type { AuditEntry } from '../../api/api.js';

export type Kind = 'all' | 'access' | 'refused' | 'revokes' | 'users' | 'applications' | 'keys';

export const kinds: readonly { readonly value: Kind; readonly label: string }[] = [
  { value: 'all', label: 'Everything' },
  { value: 'revokes', label: 'Revokes' },
  { value: 'access', label: 'Sign-ins and sign-outs' },
  { value: 'refused', label: 'What was refused' },
  { value: 'users', label: 'Users' },
  { value: 'applications', label: 'Applications' },
  { value: 'keys', label: 'Signing keys' },
];

export function matches(kind: Kind, { action, result, revocation }: AuditEntry): boolean {
  switch (kind) {
    case 'all':
      return true;
    case 'revokes':
      return revocation !== null;
    case 'access':
      return /^session\.(login|logout)/.test(action);
    case 'refused':
      return result === 'failure';
    case 'users':
      return action.startsWith('user.');
    case 'applications':
      return action.startsWith('application.');
    case 'keys':
      return action.startsWith('key.');
  }
}
