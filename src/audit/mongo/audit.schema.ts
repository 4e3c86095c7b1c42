/** How an audit entry is kept in MongoDB. */
import { Schema, type Model } from 'mongoose';
import type { MongoConnection } from '../../storage/mongo/connection.js';
import { defineModel, part, type Fields, type Index } from '../../storage/mongo/define-model.js';
import type { AuditActor, AuditEntry, AuditTarget } from '../audit-entry.js';

export interface AuditRow extends Omit<AuditEntry, 'id'> {
  readonly _id: string;
  /** The millisecond, then the number of the append on its node: ids do not tell what came first. */
  readonly order: string;
  /** By the database's clock, which all nodes share: what is new to whoever follows the log. */
  readonly storedAt: Date;
}

const { Mixed } = Schema.Types;

const fields: Fields<AuditRow> = {
  _id: String,
  order: String,
  storedAt: Date,
  at: Date,
  actor: part<AuditActor>({ type: { type: String }, id: String }),
  action: String,
  target: { type: part<AuditTarget>({ type: { type: String }, id: String }), default: null },
  result: String,
  reason: { type: String, default: null },
  ip: { type: String, default: null },
  requestId: { type: String, default: null },
  changes: { type: Mixed, default: null },
  revocation: { type: Mixed, default: null },
};

export const auditModel = (connection: MongoConnection): Model<AuditRow> =>
  defineModel(connection, fields, { name: 'audit' });

export const auditIndexes: readonly Index[] = [
  [{ storedAt: 1, _id: 1 }],
  [{ order: 1, _id: 1 }],
  [{ 'actor.id': 1, order: 1, _id: 1 }],
  [{ 'target.id': 1, order: 1, _id: 1 }],
  [{ action: 1, order: 1, _id: 1 }],
  [{ action: 1, result: 1, order: 1, _id: 1 }],
  [{ result: 1, order: 1, _id: 1 }],
  [{ ip: 1, order: 1, _id: 1 }],
  [{ requestId: 1, order: 1, _id: 1 }],
  [{ 'revocation.id': 1, order: 1, _id: 1 }],
];

/** Of one length, so that they compare like the times they stand for; `-` comes before every digit. */
export const toPrefix = (at: Date): string => String(at.getTime()).padStart(16, '0');

export const toEntry = ({ _id: id, order: _, storedAt: __, ...entry }: AuditRow): AuditEntry => ({
  id,
  ...entry,
});
