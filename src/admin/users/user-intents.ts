import { adminRole, type Suspension, type User } from '../../users/user.js';
import type { RevokingChange } from '../../users/users.store.js';

/** What an operator wants of a user, by a revoke. */
export interface UserIntent {
  /** What is set with the new version; null: the account goes. */
  readonly change: RevokingChange | null;
  /** Whether it takes the account, or the role of administrator, away from whoever has it. */
  readonly removes: (user: User) => boolean;
}

const always = (): boolean => true;
const never = (): boolean => false;

export const suspending = (suspension: Suspension): UserIntent => ({
  change: { status: 'suspended', suspension },
  removes: always,
});

/** By a revoke as well: tokens from before the suspension stay dead. */
export const reactivating: UserIntent = {
  change: { status: 'active', suspension: null },
  removes: never,
};

export const endingSessions: UserIntent = { change: {}, removes: never };

export const deleting: UserIntent = { change: null, removes: always };

export const changingRoles = (
  change: RevokingChange & { readonly roles: readonly string[] },
): UserIntent => ({
  change,
  removes: ({ roles }) => roles.includes(adminRole) && !change.roles.includes(adminRole),
});
