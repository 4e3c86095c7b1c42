/** How a user is kept in SQLite. */
import { foldText } from '../../storage/fold-text.js';
import type { SqliteRow } from '../../storage/sqlite/row.js';
import type { Columns } from '../../storage/sqlite/sql.js';
import { emailKey, type Suspension, type User, type UserStatus } from '../user.js';
import type { NewUser } from '../users.store.js';

/** Without the password hash: only what asks for it by name reads it. */
export const userColumns = `id, email, folded_email, display_name, folded_display_name, status,
  (SELECT json_group_array(role ORDER BY position) FROM user_roles WHERE user_id = users.id) AS roles,
  token_version, created_at, updated_at, suspension_reason, suspended_by, suspended_at`;

/** All but the roles, which have a table. */
export function toColumns(user: NewUser): Columns {
  return {
    id: user.id,
    email: user.email,
    email_key: emailKey(user.email),
    folded_email: foldText(user.email),
    display_name: user.displayName,
    folded_display_name: foldText(user.displayName),
    status: user.status,
    token_version: user.tokenVersion,
    password_hash: user.passwordHash,
    created_at: user.createdAt,
    updated_at: user.updatedAt,
    ...suspensionColumns(user.suspension),
  };
}

export function suspensionColumns(suspension: Suspension | null): Columns {
  return {
    suspension_reason: suspension?.reason ?? null,
    suspended_by: suspension?.by ?? null,
    suspended_at: suspension?.at ?? null,
  };
}

export function toUser(row: SqliteRow): User {
  return {
    id: row.text('id'),
    email: row.text('email'),
    displayName: row.text('display_name'),
    status: toStatus(row.text('status')),
    roles: row.texts('roles'),
    tokenVersion: row.number('token_version'),
    createdAt: row.date('created_at'),
    updatedAt: row.date('updated_at'),
    suspension: toSuspension(row),
  };
}

export const toStatus = (text: string): UserStatus => (text === 'active' ? 'active' : 'suspended');

function toSuspension(row: SqliteRow): Suspension | null {
  const reason = row.textOrNull('suspension_reason');
  if (reason === null) return null;
  return { reason, by: row.text('suspended_by'), at: row.date('suspended_at') };
}
