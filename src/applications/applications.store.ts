import type { CommitCondition } from '@portcullis/auth';
import type { Application, SessionPolicy } from './application.js';

/** Its fields hold only together, so a policy is changed only from what it was when that was judged. */
export interface PolicyChange {
  readonly from: SessionPolicy;
  readonly to: SessionPolicy;
}

export interface ApplicationChange {
  readonly name?: string;
  readonly audience?: string;
  readonly allowedOrigins?: readonly string[];
  readonly policy?: PolicyChange;
  readonly resourceServer?: boolean;
  readonly enabled?: boolean;
  readonly secretHash?: string;
}

/** Where applications are kept. There are few (at most 1,000), so a list is the whole list, by id. */
export abstract class ApplicationsStore {
  /** @throws DuplicateError('id') */
  abstract insert(application: Application, secretHash: string): Promise<void>;
  abstract list(): Promise<readonly Application[]>;
  abstract findById(id: string): Promise<Application | null>;
  /** Base64url SHA-256 of the secret (the secret has 256 random bits, so nothing slower is needed). */
  abstract findSecretHash(id: string): Promise<string | null>;
  /** From the primary, now. */
  abstract readVersion(id: string): Promise<{ version: number; enabled: boolean } | null>;
  /** A change that revokes nothing. Null when it is gone, or its policy is not what the change is from. */
  abstract update(id: string, change: ApplicationChange, at: Date): Promise<Application | null>;
  /** The commit of a revoke: as UsersStore.commit; null for another policy, too. */
  abstract commit(
    id: string,
    condition: CommitCondition,
    change: ApplicationChange,
    at: Date,
  ): Promise<Application | null>;
  abstract remove(id: string, condition: CommitCondition): Promise<boolean>;
}
