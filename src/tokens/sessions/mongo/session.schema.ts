/** How a session is kept in MongoDB. */
import type { Model } from 'mongoose';
import type { MongoConnection } from '../../../storage/mongo/connection.js';
import { defineModel, part, type Fields, type Index } from '../../../storage/mongo/define-model.js';
import type { OpeningVersions, Session, SessionEnd } from '../session.js';

export interface SessionRow extends Omit<Session, 'id' | 'openedWith'> {
  readonly _id: string;
  /** Not in those from before it was kept. */
  readonly openedWith?: OpeningVersions;
}

const fields: Fields<SessionRow> = {
  _id: String,
  userId: String,
  application: String,
  createdAt: Date,
  openedWith: part<OpeningVersions>({ user: Number, application: Number, issuer: Number }),
  expiresAt: Date,
  idleExpiresAt: Date,
  lastSeenAt: Date,
  ip: String,
  userAgent: String,
  end: { type: part<SessionEnd>({ at: Date, reason: String, by: String }), default: null },
};

export const sessionModel = (connection: MongoConnection): Model<SessionRow> =>
  defineModel(connection, fields, { name: 'sessions' });

/** Kept for a week after their absolute end, for whoever looks into what happened. */
const keptSeconds = 7 * 24 * 60 * 60;

export const sessionIndexes: readonly Index[] = [
  [{ expiresAt: 1 }, { expireAfterSeconds: keptSeconds }],
  [{ createdAt: 1, _id: 1 }],
  [{ userId: 1, createdAt: 1, _id: 1 }],
  [{ application: 1, createdAt: 1, _id: 1 }],
  [{ ip: 1, createdAt: 1, _id: 1 }],
  [{ lastSeenAt: 1, _id: 1 }],
  [{ userId: 1, lastSeenAt: 1, _id: 1 }],
  [{ application: 1, lastSeenAt: 1, _id: 1 }],
  [{ ip: 1, lastSeenAt: 1, _id: 1 }],
  [{ 'end.at': 1, _id: 1 }],
  // Of what is kept few are live, and all of those are at its upper end.
  [{ idleExpiresAt: 1 }],
];

const unknown: OpeningVersions = { user: 0, application: 0, issuer: 0 };

export const toSession = ({ _id: id, openedWith = unknown, ...session }: SessionRow): Session => ({
  id,
  openedWith,
  ...session,
});
