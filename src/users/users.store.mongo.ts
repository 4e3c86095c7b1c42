import type { CommitCondition } from '@portcullis/auth';
import type { Model } from 'mongoose';
import { foldText } from '../storage/fold-text.js';
import type { MongoConnection } from '../storage/mongo/connection.js';
import { createIndexes } from '../storage/mongo/define-model.js';
import { asRevoke } from '../storage/mongo/guard-version.js';
import { inTime } from '../storage/mongo/in-time.js';
import { findPage } from '../storage/mongo/keyset.js';
import { guarded } from '../storage/mongo/mongo-errors.js';
import { readNow } from '../storage/mongo/read-now.js';
import type { Page } from '../storage/page.js';
import { AdminRemovalClaims } from './mongo/admin-removal.js';
import { toFilter, toOrder } from './mongo/user.filter.js';
import { addMissingTerms } from './mongo/search-terms.js';
import { toUser, toUserRow, userIndexes, userModel, type UserRow } from './mongo/user.schema.js';
import { searchTermsOf } from './search-terms.js';
import type { User, UserStatus } from './user.js';
import {
  UsersStore,
  type Credentials,
  type NewUser,
  type RevokingChange,
  type UserQuery,
} from './users.store.js';

/** Users in MongoDB, for several nodes. */
export class MongoUsersStore extends UsersStore {
  private readonly users: Model<UserRow>;
  private readonly claims: AdminRemovalClaims;

  constructor(connection: MongoConnection) {
    super();
    this.users = userModel(connection);
    this.claims = new AdminRemovalClaims(connection, this.users);
  }

  async ensureIndexes(): Promise<void> {
    await createIndexes(this.users, userIndexes);
    await addMissingTerms(this.users);
  }

  override async insert(user: NewUser): Promise<void> {
    await guarded(() => this.users.create(toUserRow(user)));
  }

  override async findById(id: string): Promise<User | null> {
    const row = await guarded(() => this.users.findById(id).lean<UserRow>());
    return row && toUser(row);
  }

  override findCredentials(emailKey: string): Promise<Credentials | null> {
    return this.findOneWithHash({ emailKey });
  }

  override findCredentialsById(id: string): Promise<Credentials | null> {
    return this.findOneWithHash({ _id: id });
  }

  override async readVersion(id: string): Promise<{ version: number; status: UserStatus } | null> {
    const row = await readNow(this.users, id, ['tokenVersion', 'status']);
    return row && { version: row.tokenVersion, status: row.status };
  }

  override async list(query: UserQuery): Promise<Page<User>> {
    const page = await findPage(this.users, toFilter(query), toOrder(query.sort), query);
    return { ...page, rows: page.rows.map(toUser) };
  }

  override async updateDisplayName(
    id: string,
    displayName: string,
    at: Date,
  ): Promise<User | null> {
    const set = { displayName, ...(await this.named(id, displayName)), updatedAt: at };
    const row = await guarded(() =>
      this.users.findOneAndUpdate({ _id: id }, { $set: set }, after).lean<UserRow>(),
    );
    return row && toUser(row);
  }

  override async rehash(id: string, from: string, to: string): Promise<void> {
    const set = { $set: { passwordHash: to } };
    await guarded(() => this.users.updateOne({ _id: id, passwordHash: from }, set));
  }

  override async commit(
    id: string,
    { version, notAfter }: CommitCondition,
    change: RevokingChange,
    at: Date,
  ): Promise<User | null> {
    const { displayName } = change;
    const named = displayName === undefined ? {} : await this.named(id, displayName);
    const update = { $inc: { tokenVersion: 1 }, $set: { ...change, ...named, updatedAt: at } };
    const filter = { _id: id, tokenVersion: version, ...inTime(notAfter) };
    const row = await guarded(() =>
      asRevoke(this.users.findOneAndUpdate(filter, update, after).lean<UserRow>()),
    );
    return row && toUser(row);
  }

  override async remove(id: string, { version, notAfter }: CommitCondition): Promise<boolean> {
    const filter = { _id: id, tokenVersion: version, ...inTime(notAfter) };
    const removed = await guarded(() => this.users.findOneAndDelete(filter).lean());
    return removed !== null;
  }

  override async countByStatus(): Promise<Record<UserStatus, number>> {
    const count = (status: UserStatus): Promise<number> =>
      guarded(() => this.users.countDocuments({ status }).exec());
    const [active, suspended] = await Promise.all([count('active'), count('suspended')]);
    return { active, suspended };
  }

  override claimAdminRemoval(id: string, at: Date): Promise<boolean> {
    return this.claims.claim(id, at);
  }

  override releaseAdminRemoval(id: string): Promise<void> {
    return this.claims.release(id);
  }

  /** What follows from a name. An address never changes, so it may be read before. */
  private async named(
    id: string,
    displayName: string,
  ): Promise<Pick<UserRow, 'foldedDisplayName' | 'searchTerms'>> {
    const email = (await this.findById(id))?.email ?? '';
    const searchTerms = searchTermsOf(email, displayName);
    return { foldedDisplayName: foldText(displayName), searchTerms };
  }

  private async findOneWithHash(filter: {
    _id?: string;
    emailKey?: string;
  }): Promise<Credentials | null> {
    const row = await guarded(() =>
      this.users.findOne(filter).select('+passwordHash').lean<UserRow>(),
    );
    return row && { user: toUser(row), passwordHash: row.passwordHash };
  }
}

const after = { returnDocument: 'after' } as const;
