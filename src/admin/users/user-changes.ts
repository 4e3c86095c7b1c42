import { Inject, Injectable } from '@nestjs/common';
import type { CommitCondition, Revocation, RevokingChange } from '@portcullis/auth';
import { RevocationService } from '../../tokens/revocation/revocation.service.js';
import { SessionEnder } from '../../tokens/revocation/session-ender.js';
import { adminRole, type User } from '../../users/user.js';
import { UsersService } from '../../users/users.service.js';
import { endingBy, type Operator } from '../operator.js';
import { lastAdministrator, ownAccount } from './admin-users.errors.js';
import type { UserIntent } from './user-intents.js';

export interface ChangedUser {
  readonly before: User;
  /** As he is now; as he was, when he is gone. */
  readonly user: User;
}

/**
 * Makes intents into changes that a revoke commits, and sees to it that an administrator remains. What
 * a user is, is read together with the version that the commit is conditional on: who is made an
 * administrator in between has another version, and everything is judged anew.
 */
@Injectable()
export class UserChanges {
  private lastTurn: Promise<unknown> = Promise.resolve();

  constructor(
    @Inject(UsersService) private readonly users: UsersService,
    @Inject(RevocationService) private readonly revocations: RevocationService,
    @Inject(SessionEnder) private readonly ender: SessionEnder,
  ) {}

  /** @throws ProblemException `not_found`, `last_admin`, `conflict` for oneself, `unavailable`. */
  async apply(
    operator: Operator,
    id: string,
    intent: UserIntent,
    reason: string,
  ): Promise<ChangedUser & { readonly revocation: Revocation }> {
    const change = this.plan(operator, id, intent);
    const revoked = await this.revocations.revoke({ scope: 'user', reason }, change, (_, version) =>
      this.ender.closeSessions(id, version, endingBy(operator, reason)),
    );
    return { ...revoked.result, revocation: revoked.revocation };
  }

  /** The change for a revoke of many. */
  plan(operator: Operator, id: string, intent: UserIntent): RevokingChange<ChangedUser> {
    let before: User;
    return {
      subject: `u:${id}`,
      readVersion: async () => {
        before = await this.users.get(id);
        if (id === operator.actor.id && intent.removes(before)) throw await this.refusalOfOneself();
        return before.tokenVersion;
      },
      commit: async (condition) => {
        const commit = (): Promise<User | null> => this.commit(before, condition, intent);
        const removesAdministrator = isActiveAdministrator(before) && intent.removes(before);
        const user = await (removesAdministrator ? this.inTurn(id, commit) : commit());
        return user && { before, user };
      },
    };
  }

  private async commit(
    before: User,
    condition: CommitCondition,
    { change }: UserIntent,
  ): Promise<User | null> {
    if (change !== null) return this.users.commit(before.id, condition, change);
    return (await this.users.remove(before.id, condition)) ? before : null;
  }

  /** Whoever is alone is told so: `conflict` would send him to look for a colleague. */
  private async refusalOfOneself(): Promise<Error> {
    const administrators = { role: adminRole, status: 'active', limit: 1 } as const;
    const { total } = await this.users.list(administrators);
    return total > 1 ? ownAccount() : lastAdministrator();
  }

  /** One after the other on this node, so that a bulk of administrators does not contend with itself. */
  private inTurn<T>(id: string, commit: () => Promise<T>): Promise<T> {
    const turn = this.lastTurn.then(() => this.claimed(id, commit));
    this.lastTurn = turn.catch(() => undefined);
    return turn;
  }

  /**
   * A claim is given back only after a commit whose outcome is known: one that timed out may still
   * happen. It falls off by itself then, and so does one that cannot be given back.
   */
  private async claimed<T>(id: string, commit: () => Promise<T>): Promise<T> {
    if (!(await this.users.claimAdminRemoval(id))) throw lastAdministrator();
    const result = await commit();
    await this.users.releaseAdminRemoval(id).catch(() => undefined);
    return result;
  }
}

const isActiveAdministrator = (user: User): boolean =>
  user.status === 'active' && user.roles.includes(adminRole);
