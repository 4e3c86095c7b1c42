/** How a user is kept in MongoDB. */
import type { Model } from 'mongoose';
import { foldText } from '../../storage/fold-text.js';
import type { MongoConnection } from '../../storage/mongo/connection.js';
import { defineModel, part, type Fields, type Index } from '../../storage/mongo/define-model.js';
import { adminRole, emailKey, type Suspension, type User } from '../user.js';
import { searchTermsOf } from '../search-terms.js';
import type { NewUser } from '../users.store.js';

export interface UserRow extends Omit<NewUser, 'id'> {
  readonly _id: string;
  readonly emailKey: string;
  /** For sorting. */
  readonly foldedEmail: string;
  readonly foldedDisplayName: string;
  readonly searchTerms: readonly string[];
}

const suspension = part<Suspension>({ reason: String, by: String, at: Date });

const fields: Fields<UserRow> = {
  _id: String,
  email: String,
  emailKey: String,
  displayName: String,
  foldedEmail: String,
  foldedDisplayName: String,
  // Left out of every read that does not ask for it.
  searchTerms: { type: [String], select: false },
  status: { type: String, enum: ['active', 'suspended'] },
  roles: [String],
  tokenVersion: Number,
  passwordHash: { type: String, select: false },
  createdAt: Date,
  updatedAt: Date,
  suspension: { type: suspension, default: null },
};

export const userModel = (connection: MongoConnection): Model<UserRow> =>
  defineModel(connection, fields, { name: 'users', version: 'tokenVersion' });

export const userIndexes: readonly Index[] = [
  [{ emailKey: 1 }, { name: 'email', unique: true }],
  ...(['createdAt', 'updatedAt', 'foldedDisplayName', 'foldedEmail'] as const).map(
    (field): Index => [{ [field]: 1, _id: 1 }],
  ),
  [{ status: 1, createdAt: 1, _id: 1 }],
  [{ searchTerms: 1 }],
  [{ roles: 1, status: 1, createdAt: 1, _id: 1 }],
];

export const activeAdministrators = { status: 'active', roles: adminRole } as const;

export function toUserRow({ id, ...user }: NewUser): UserRow {
  return {
    _id: id,
    ...user,
    emailKey: emailKey(user.email),
    foldedEmail: foldText(user.email),
    foldedDisplayName: foldText(user.displayName),
    searchTerms: searchTermsOf(user.email, user.displayName),
  };
}

export function toUser(row: UserRow): User {
  return {
    id: row._id,
    email: row.email,
    displayName: row.displayName,
    status: row.status,
    roles: row.roles,
    tokenVersion: row.tokenVersion,
    createdAt: row.createdAt,
    updatedAt: row.updatedAt,
    suspension: row.suspension,
  };
}
