import { Inject, Injectable } from '@nestjs/common';
import type { Revocation } from '@portcullis/auth';
import { isIP } from 'node:net';
import type { Page } from '../../storage/page.js';
import { SessionsService } from '../../tokens/sessions/sessions.service.js';
import type { UserActivity } from '../../tokens/sessions/sessions.store.js';
import type { User } from '../../users/user.js';
import { UsersService, type NewAccount } from '../../users/users.service.js';
import type { UserQuery } from '../../users/users.store.js';
import { changedFields } from '../changed-fields.js';
import { OperatorLog } from '../operator-log.js';
import type { Operator } from '../operator.js';
import { UserChanges } from './user-changes.js';
import { changingRoles, deleting } from './user-intents.js';

export interface UserPatch {
  readonly displayName?: string;
  readonly roles?: readonly string[];
}

export interface ListedUser {
  readonly user: User;
  /** Null when no session of his is kept. */
  readonly activity: UserActivity | null;
}

export interface PatchedUser {
  readonly user: User;
  /** Null where nothing had to be revoked. */
  readonly revocation: Revocation | null;
}

/** An address that so many share tells nobody apart. */
const maxUsersOfAddress = 1_000;
/** Of a user, a session or a token. */
const mayBeId = /^[A-Za-z0-9.]{24}$/;

const recorded = ['email', 'displayName', 'roles'] as const;

/** What operators do with accounts: find, make, change and delete them. */
@Injectable()
export class AdminUsersService {
  constructor(
    @Inject(UsersService) private readonly users: UsersService,
    @Inject(SessionsService) private readonly sessions: SessionsService,
    @Inject(UserChanges) private readonly changes: UserChanges,
    @Inject(OperatorLog) private readonly log: OperatorLog,
  ) {}

  async list(query: Omit<UserQuery, 'ids'>): Promise<Page<ListedUser>> {
    const page = await this.find(query);
    return { ...page, rows: await this.withActivity(page.rows) };
  }

  /** @throws ProblemException `not_found` */
  async get(id: string): Promise<ListedUser> {
    const user = await this.users.get(id);
    const activity = await this.sessions.activityOf([id]);
    return { user, activity: activity.get(id) ?? null };
  }

  /** @throws ProblemException `validation_failed` for the password, `email_taken`. */
  async create(operator: Operator, account: NewAccount): Promise<User> {
    const { user } = await this.log.record(operator, { action: 'user.create' }, async () => {
      const created = await this.users.create(account);
      return {
        user: created,
        target: { type: 'user', id: created.id } as const,
        changes: changedFields<User>({}, created, recorded),
      };
    });
    return user;
  }

  /**
   * A change of roles revokes, for they are in every token; a display name is in none.
   * @throws ProblemException `not_found`, `last_admin`, `conflict`
   */
  async update(
    operator: Operator,
    id: string,
    patch: UserPatch,
    reason?: string,
  ): Promise<PatchedUser> {
    const action = { action: 'user.update', target: { type: 'user', id }, reason } as const;
    return this.log.record(operator, action, async () => {
      const before = await this.users.get(id);
      const change = changeOf(before, patch);
      const { before: old, ...patched } = await this.change(operator, before, change, reason);
      return { ...patched, changes: changedFields(old, patched.user, recorded) };
    });
  }

  /** Its tokens are refused from then on, and its id is never used again. */
  async remove(operator: Operator, id: string, reason?: string): Promise<Revocation> {
    const action = { action: 'user.delete', target: { type: 'user', id }, reason } as const;
    const { revocation } = await this.log.record(operator, action, async () => {
      const deleted = await this.changes.apply(operator, id, deleting, reason ?? 'user_deleted');
      return { ...deleted, changes: changedFields<User>(deleted.before, {}, recorded) };
    });
    return revocation;
  }

  /** `search` is what an operator has at hand: an id from a log, an address, or words of a name. */
  private async find({ search: given, ...rest }: Omit<UserQuery, 'ids'>): Promise<Page<User>> {
    const search = given?.trim();
    if (search === undefined || search === '') return this.users.list(rest);
    const ids = await this.idsNamedBy(search);
    return this.users.list({ ...rest, ...(ids.length > 0 ? { ids } : { search }) });
  }

  /** Users whom an id from a log or an address of the network stands for. */
  private async idsNamedBy(search: string): Promise<readonly string[]> {
    if (isIP(search) !== 0) return this.sessions.usersFrom(search, maxUsersOfAddress);
    if (!mayBeId.test(search)) return [];
    const [user, session, ofToken] = await Promise.all([
      this.users.find(search),
      this.sessions.find(search),
      this.sessions.findByToken(search),
    ]);
    return [user?.id, session?.userId, ofToken?.userId].filter((id) => id !== undefined);
  }

  private async withActivity(users: readonly User[]): Promise<readonly ListedUser[]> {
    const activity = await this.sessions.activityOf(users.map(({ id }) => id));
    return users.map((user) => ({ user, activity: activity.get(user.id) ?? null }));
  }

  private async change(
    operator: Operator,
    before: User,
    { displayName, roles }: UserPatch,
    reason = 'roles_changed',
  ): Promise<PatchedUser & { before: User }> {
    if (roles !== undefined) {
      const intent = changingRoles({ roles, ...(displayName !== undefined && { displayName }) });
      return this.changes.apply(operator, before.id, intent, reason);
    }
    const user =
      displayName === undefined ? before : await this.users.rename(before.id, displayName);
    return { before, user, revocation: null };
  }
}

/** What of a patch is new: the same roles once more must not end anybody's sessions. */
function changeOf(user: User, { displayName, roles }: UserPatch): UserPatch {
  const name = displayName?.trim();
  const wanted = roles && [...new Set(roles)];
  const isSame =
    wanted?.length === user.roles.length && wanted.every((role) => user.roles.includes(role));
  return {
    ...(name !== undefined && name !== user.displayName && { displayName: name }),
    ...(wanted !== undefined && !isSame && { roles: wanted }),
  };
}
