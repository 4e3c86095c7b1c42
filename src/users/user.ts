/** A person who can sign in, as the rest of the server sees one. No password or hash is in it. */
export interface User {
  readonly id: string;
  /** As the person gave it, trimmed. */
  readonly email: string;
  readonly displayName: string;
  readonly status: UserStatus;
  readonly roles: readonly string[];
  /** Grows by one with every revoke of this user; a token holds only while it names this number. */
  readonly tokenVersion: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  /** Why and by whom the account was suspended; null while it is active. */
  readonly suspension: Suspension | null;
}

export type UserStatus = 'active' | 'suspended';

export interface Suspension {
  readonly reason: string;
  /** Id of the administrator, or `cli`. */
  readonly by: string;
  readonly at: Date;
}

/** The role that opens `/admin`. */
export const adminRole = 'admin';

/**
 * How addresses compare: trimmed, NFC, without case. Two addresses with the same key are one account, so
 * a look-alike that folds onto somebody's address (the Kelvin sign is `K` in NFC) is taken and not
 * another account; mail goes to the address that was stored, never to one that was typed (the GitHub
 * takeover of 2016).
 */
export function emailKey(email: string): string {
  return email.trim().normalize('NFC').toLowerCase().normalize('NFC');
}
