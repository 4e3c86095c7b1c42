import type { CommitCondition } from '@portcullis/auth';
import { foldText } from '../storage/fold-text.js';
import type { Page } from '../storage/page.js';
import type { SqliteDatabase } from '../storage/sqlite/database.js';
import { inTime } from '../storage/sqlite/in-time.js';
import { selectPage } from '../storage/sqlite/select.js';
import { assignments, insertInto } from '../storage/sqlite/sql.js';
import { SqliteAdminRemovalClaims } from './sqlite/admin-removal.js';
import { addMissingTerms, replaceTerms } from './sqlite/search-terms.js';
import { toOrder, toWhere } from './sqlite/user.filter.js';
import { suspensionColumns, toColumns, toStatus, toUser, userColumns } from './sqlite/user.row.js';
import type { User, UserStatus } from './user.js';
import {
  UsersStore,
  type Credentials,
  type NewUser,
  type RevokingChange,
  type UserQuery,
} from './users.store.js';

/** Users in the embedded database. */
export class SqliteUsersStore extends UsersStore {
  private readonly claims: SqliteAdminRemovalClaims;

  constructor(private readonly database: SqliteDatabase) {
    super();
    this.claims = new SqliteAdminRemovalClaims(database);
    addMissingTerms(database);
  }

  override async insert(user: NewUser): Promise<void> {
    const { text, values } = insertInto('users', toColumns(user));
    this.database.transaction(() => {
      this.database.run(text, ...values);
      this.insertRoles(user.id, user.roles);
      replaceTerms(this.database, user.id, user.email, user.displayName);
    });
  }

  override async findById(id: string): Promise<User | null> {
    return this.read(id);
  }

  override async findCredentials(emailKey: string): Promise<Credentials | null> {
    return this.readCredentials('email_key', emailKey);
  }

  override async findCredentialsById(id: string): Promise<Credentials | null> {
    return this.readCredentials('id', id);
  }

  override async readVersion(id: string): Promise<{ version: number; status: UserStatus } | null> {
    const row = this.database.first('SELECT token_version, status FROM users WHERE id = ?', id);
    return row && { version: row.number('token_version'), status: toStatus(row.text('status')) };
  }

  override async list(query: UserQuery): Promise<Page<User>> {
    const from = { table: 'users', columns: userColumns };
    const page = selectPage(this.database, from, toWhere(query), toOrder(query.sort), query);
    return { ...page, rows: page.rows.map(toUser) };
  }

  override async updateDisplayName(
    id: string,
    displayName: string,
    at: Date,
  ): Promise<User | null> {
    const text =
      'UPDATE users SET display_name = ?, folded_display_name = ?, updated_at = ? WHERE id = ?';
    return this.database.transaction(() => {
      this.database.run(text, displayName, foldText(displayName), at, id);
      return this.readNamed(id);
    });
  }

  override async rehash(id: string, from: string, to: string): Promise<void> {
    this.database.run(
      'UPDATE users SET password_hash = ? WHERE id = ? AND password_hash = ?',
      ...[to, id, from],
    );
  }

  override async commit(
    id: string,
    { version, notAfter }: CommitCondition,
    change: RevokingChange,
    at: Date,
  ): Promise<User | null> {
    const { text, values } = assignments({
      status: change.status,
      ...(change.suspension === undefined ? {} : suspensionColumns(change.suspension)),
      password_hash: change.passwordHash,
      display_name: change.displayName,
      folded_display_name:
        change.displayName === undefined ? undefined : foldText(change.displayName),
      updated_at: at,
    });
    return this.database.transaction(() => {
      const changed = this.database.run(
        `UPDATE users SET token_version = token_version + 1, ${text}
          WHERE id = ? AND token_version = ? AND ${inTime}`,
        ...[...values, id, version, notAfter],
      );
      if (changed === 0) return null;
      if (change.roles) this.replaceRoles(id, change.roles);
      return change.displayName === undefined ? this.read(id) : this.readNamed(id);
    });
  }

  override async remove(id: string, { version, notAfter }: CommitCondition): Promise<boolean> {
    const text = `DELETE FROM users WHERE id = ? AND token_version = ? AND ${inTime}`;
    return this.database.run(text, id, version, notAfter) > 0;
  }

  override async countByStatus(): Promise<Record<UserStatus, number>> {
    const rows = this.database.all('SELECT status, count(*) AS n FROM users GROUP BY status');
    const count = (status: UserStatus): number =>
      rows.find((row) => row.text('status') === status)?.number('n') ?? 0;
    return { active: count('active'), suspended: count('suspended') };
  }

  override async claimAdminRemoval(id: string, at: Date): Promise<boolean> {
    return this.claims.claim(id, at);
  }

  override async releaseAdminRemoval(id: string): Promise<void> {
    this.claims.release(id);
  }

  private read(id: string): User | null {
    const row = this.database.first(`SELECT ${userColumns} FROM users WHERE id = ?`, id);
    return row && toUser(row);
  }

  /** After a change of the name. */
  private readNamed(id: string): User | null {
    const user = this.read(id);
    if (user) replaceTerms(this.database, id, user.email, user.displayName);
    return user;
  }

  private readCredentials(column: 'id' | 'email_key', value: string): Credentials | null {
    const text = `SELECT ${userColumns}, password_hash FROM users WHERE ${column} = ?`;
    const row = this.database.first(text, value);
    return row && { user: toUser(row), passwordHash: row.text('password_hash') };
  }

  private replaceRoles(id: string, roles: readonly string[]): void {
    this.database.run('DELETE FROM user_roles WHERE user_id = ?', id);
    this.insertRoles(id, roles);
  }

  private insertRoles(id: string, roles: readonly string[]): void {
    const text = 'INSERT INTO user_roles (user_id, position, role) VALUES (?, ?, ?)';
    for (const [position, role] of roles.entries()) this.database.run(text, id, position, role);
  }
}
