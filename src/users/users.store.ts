import type { CommitCondition } from '@portcullis/auth';
import type { Page, PageRequest } from '../storage/page.js';
import type { Suspension, User, UserStatus } from './user.js';

/** A user to be stored, with the hash that never leaves the store but through `findCredentials`. */
export interface NewUser extends User {
  readonly passwordHash: string;
}

export interface Credentials {
  readonly user: User;
  readonly passwordHash: string;
}

export type UserSort =
  | 'createdAt'
  | '-createdAt'
  | 'email'
  | '-email'
  | 'displayName'
  | '-displayName'
  | 'updatedAt'
  | '-updatedAt';

export interface UserQuery extends PageRequest {
  /** Each of its words begins a word of the e-mail address or display name, without case. */
  readonly search?: string;
  /** Only these. */
  readonly ids?: readonly string[];
  readonly status?: UserStatus;
  readonly role?: string;
  /** Default `-createdAt`. */
  readonly sort?: UserSort;
}

/** What a revoking change sets, in the same write that raises `tokenVersion`. */
export interface RevokingChange {
  readonly status?: UserStatus;
  readonly suspension?: Suspension | null;
  readonly roles?: readonly string[];
  readonly passwordHash?: string;
  readonly displayName?: string;
}

/**
 * Where users are kept. Every method is one atomic step in the database; none of them knows a rule.
 * Each throws StorageUnavailableError when the database cannot confirm.
 */
export abstract class UsersStore {
  /** @throws DuplicateError('email') when another user has the same `emailKey`. */
  abstract insert(user: NewUser): Promise<void>;
  abstract findById(id: string): Promise<User | null>;
  /** By `emailKey(email)`, with the password hash: the only way to read one. */
  abstract findCredentials(emailKey: string): Promise<Credentials | null>;
  abstract findCredentialsById(id: string): Promise<Credentials | null>;
  /**
   * The version and status of one user, read from the primary now and not from any cache: what a
   * revoked token is judged by.
   */
  abstract readVersion(id: string): Promise<{ version: number; status: UserStatus } | null>;
  abstract list(query: UserQuery): Promise<Page<User>>;
  /** Does not revoke: a display name is nothing a token speaks of. Null when the user is gone. */
  abstract updateDisplayName(id: string, displayName: string, at: Date): Promise<User | null>;
  /** Stores the same password hashed anew (stronger parameters), only while `from` is still the hash. */
  abstract rehash(id: string, from: string, to: string): Promise<void>;
  /**
   * The commit of a revoke: only while `condition` holds, sets `change` and raises the version by one,
   * in one write. Null when it does not (somebody else was first, the user is gone, or it came too
   * late). Nothing else writes a version.
   */
  abstract commit(
    id: string,
    condition: CommitCondition,
    change: RevokingChange,
    at: Date,
  ): Promise<User | null>;
  /** The commit of a deletion, on the same condition. False when it did not match. */
  abstract remove(id: string, condition: CommitCondition): Promise<boolean>;
  abstract countByStatus(): Promise<Record<UserStatus, number>>;
  /**
   * Claims that `id` may stop being an administrator: true only if, after it and every other
   * unreleased claim younger than a minute, at least one active administrator remains. Two
   * administrators who suspend each other at the same moment must not both succeed.
   */
  abstract claimAdminRemoval(id: string, at: Date): Promise<boolean>;
  abstract releaseAdminRemoval(id: string): Promise<void>;
}
