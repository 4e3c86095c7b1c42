import { Inject, Injectable } from '@nestjs/common';
import { Clock, type CommitCondition } from '@portcullis/auth';
import { Ids } from '../storage/ids.js';
import type { Page } from '../storage/page.js';
import { DuplicateError } from '../storage/storage.errors.js';
import { PasswordHasher } from './password-hasher.js';
import { PasswordPolicy } from './password-policy.js';
import { emailKey, type User, type UserStatus } from './user.js';
import { emailTaken, userNotFound } from './users.errors.js';
import { UsersStore, type RevokingChange, type UserQuery } from './users.store.js';

export interface NewAccount {
  readonly email: string;
  readonly password: string;
  readonly displayName?: string | undefined;
  readonly roles?: readonly string[];
}

/** Who there is: accounts, and whether a password is theirs. Ends nothing; that is Tokens' work. */
@Injectable()
export class UsersService {
  constructor(
    @Inject(UsersStore) private readonly users: UsersStore,
    @Inject(PasswordHasher) private readonly hasher: PasswordHasher,
    @Inject(PasswordPolicy) private readonly policy: PasswordPolicy,
    @Inject(Ids) private readonly ids: Ids,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** @throws ProblemException `validation_failed` for the password, `email_taken`, `unavailable`. */
  async create(account: NewAccount): Promise<User> {
    const email = account.email.trim();
    const displayName = account.displayName?.trim() ?? '';
    const passwordHash = await this.hashNew('password', account.password, [email, displayName]);
    const now = new Date(this.clock.now());
    const user: User = {
      id: this.ids.next(),
      email,
      displayName,
      status: 'active',
      roles: [...new Set(account.roles ?? [])],
      tokenVersion: 1,
      createdAt: now,
      updatedAt: now,
      suspension: null,
    };
    try {
      await this.users.insert({ ...user, passwordHash });
    } catch (error) {
      throw error instanceof DuplicateError ? emailTaken() : error;
    }
    return user;
  }

  /**
   * The user with this address and password, suspended or not; null for a wrong address or password,
   * told apart by nothing, not even time.
   */
  async authenticate(email: string, password: string): Promise<User | null> {
    const found = await this.users.findCredentials(emailKey(email));
    const matches = await this.hasher.verify(found?.passwordHash ?? null, password);
    if (!matches || !found) return null;
    if (this.hasher.isOutdated(found.passwordHash)) {
      await this.users.rehash(found.user.id, found.passwordHash, await this.hasher.hash(password));
    }
    return found.user;
  }

  async isPassword(id: string, password: string): Promise<boolean> {
    const found = await this.users.findCredentialsById(id);
    return this.hasher.verify(found?.passwordHash ?? null, password);
  }

  /** Checks a new password and hashes it. @throws ProblemException `validation_failed` on `field`. */
  hashNew(field: string, password: string, own: readonly string[]): Promise<string> {
    this.policy.check(field, password, own);
    return this.hasher.hash(password);
  }

  find(id: string): Promise<User | null> {
    return this.users.findById(id);
  }

  /** By e-mail address, as addresses compare. */
  async findByEmail(email: string): Promise<User | null> {
    return (await this.users.findCredentials(emailKey(email)))?.user ?? null;
  }

  /** @throws ProblemException `not_found` */
  async get(id: string): Promise<User> {
    const user = await this.users.findById(id);
    if (user === null) throw userNotFound();
    return user;
  }

  list(query: UserQuery): Promise<Page<User>> {
    return this.users.list(query);
  }

  countByStatus(): Promise<Record<UserStatus, number>> {
    return this.users.countByStatus();
  }

  /** @throws ProblemException `not_found` */
  async rename(id: string, displayName: string): Promise<User> {
    const user = await this.users.updateDisplayName(
      id,
      displayName.trim(),
      new Date(this.clock.now()),
    );
    if (user === null) throw userNotFound();
    return user;
  }

  readVersion(id: string): Promise<{ version: number; status: UserStatus } | null> {
    return this.users.readVersion(id);
  }

  /** The commit of a revoke; called by the revocation service only. */
  commit(id: string, condition: CommitCondition, change: RevokingChange): Promise<User | null> {
    return this.users.commit(id, condition, change, new Date(this.clock.now()));
  }

  remove(id: string, condition: CommitCondition): Promise<boolean> {
    return this.users.remove(id, condition);
  }

  claimAdminRemoval(id: string): Promise<boolean> {
    return this.users.claimAdminRemoval(id, new Date(this.clock.now()));
  }

  releaseAdminRemoval(id: string): Promise<void> {
    return this.users.releaseAdminRemoval(id);
  }
}
