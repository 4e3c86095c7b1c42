import { Inject, Injectable } from '@nestjs/common';
import {
  AccessTokenError,
  ProblemException,
  type AccessTokenClaims,
  type Revocation,
  type RevokingChange,
} from '@portcullis/auth';
import { UsersService } from '../../users/users.service.js';
import type { User } from '../../users/user.js';
import { userNotFound } from '../../users/users.errors.js';
import type { RevokingChange as UserChange } from '../../users/users.store.js';
import { SessionsService } from '../sessions/sessions.service.js';
import { RevocationService, type RevocationRequest } from './revocation.service.js';

/** Who ends something, and why; both are kept with the session. */
export interface Ending {
  readonly reason: string;
  /** Id of the user, or `cli`. */
  readonly by: string;
}

/** Of a session; one that has ended is one more. */
const liveVersion = 1;

const scopeOf = ({ reason }: Ending): RevocationRequest => ({ scope: 'session', reason });

/** The ways in which one user's sessions end: one of them, or all, with a change of the user or without. */
@Injectable()
export class SessionEnder {
  constructor(
    @Inject(RevocationService) private readonly revocations: RevocationService,
    @Inject(UsersService) private readonly users: UsersService,
    @Inject(SessionsService) private readonly sessions: SessionsService,
  ) {}

  /** Ends one session. @throws ProblemException `not_found` when it is not there or ended already. */
  async endSession(id: string, ending: Ending): Promise<Revocation> {
    const { revocation } = await this.revocations.revoke(scopeOf(ending), this.endOf(id, ending));
    return revocation;
  }

  /**
   * For whoever wants it over and not to have ended it: null when another request was first. Waits for
   * the nodes all the same: that one's own wait may not be over, and an answer holds on all of them.
   */
  async endIfLive(id: string, ending: Ending): Promise<Revocation | null> {
    const { commit } = this.endOf(id, ending);
    const { result: isOurs, revocation } = await this.revocations.revoke(scopeOf(ending), {
      subject: `s:${id}`,
      readVersion: async () => liveVersion,
      commit: async (condition) => {
        if (await commit(condition)) return true;
        return (await this.sessions.readVersion(id)) === liveVersion ? null : false;
      },
    });
    return isOurs ? revocation : null;
  }

  /** Ends each of these sessions under one revocation; each succeeds or fails by itself, as above. */
  endSessions(
    ids: readonly string[],
    ending: Ending,
  ): Promise<{ results: readonly PromiseSettledResult<true>[]; revocation: Revocation }> {
    const request = { scope: 'sessions', reason: ending.reason } as const;
    return this.revocations.revokeAll(
      request,
      ids.map((id) => this.endOf(id, ending)),
    );
  }

  /**
   * Ends every session of a user by raising the user's version, with `change` in the same write.
   * @param goesOn the token whose session stays open: its caller mints it one with the new version.
   * @throws ProblemException `not_found`; `token_revoked` when that token was revoked meanwhile: whoever
   *   ended it would find it alive again, at a version that nobody has revoked.
   */
  async endUser(
    id: string,
    ending: Ending,
    change: UserChange = {},
    goesOn?: AccessTokenClaims,
  ): Promise<{ user: User; revocation: Revocation }> {
    const { result: user, revocation } = await this.revocations.revoke(
      { scope: 'user', reason: ending.reason },
      {
        subject: `u:${id}`,
        readVersion: async () => {
          const version = await this.readUserVersion(id);
          if (goesOn && version !== goesOn.ver) throw new AccessTokenError('token_revoked');
          return version;
        },
        commit: (condition) => this.users.commit(id, condition, change),
      },
      (_, version) => this.closeSessions(id, version, ending, goesOn?.sid),
    );
    return { user, revocation };
  }

  /** @throws ProblemException `not_found` */
  async readUserVersion(id: string): Promise<number> {
    const current = await this.users.readVersion(id);
    if (current === null) throw userNotFound();
    return current.version;
  }

  /**
   * The lists say so too. The revoke holds without it.
   * @param version what the user's was raised to: who logs in by now has it.
   */
  async closeSessions(
    userId: string,
    version: number,
    ending: Ending,
    exceptId?: string,
  ): Promise<void> {
    const except = exceptId === undefined ? {} : { exceptId };
    const ended = { userId, openedBelow: { user: version }, ...except };
    await this.sessions.endAll(ended, ending.reason, ending.by);
  }

  private endOf(id: string, ending: Ending): RevokingChange<true> {
    return {
      subject: `s:${id}`,
      readVersion: async () => {
        const version = await this.sessions.readVersion(id);
        if (version !== liveVersion) {
          throw new ProblemException('not_found', 'There is no such session.');
        }
        return version;
      },
      commit: async (condition) =>
        (await this.sessions.end(id, condition, ending.reason, ending.by)) || null,
    };
  }
}
