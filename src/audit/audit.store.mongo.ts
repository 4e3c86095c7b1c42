import { Schema, trusted, type Model, type QueryFilter } from 'mongoose';
import type { MongoConnection } from '../storage/mongo/connection.js';
import {
  createIndexes,
  defineModel,
  part,
  type Fields,
  type Index,
} from '../storage/mongo/define-model.js';
import { findPage } from '../storage/mongo/keyset.js';
import { guarded } from '../storage/mongo/mongo-errors.js';
import type { Page } from '../storage/page.js';
import type { AuditActor, AuditEntry, AuditTarget } from './audit-entry.js';
import { AuditStore, type AuditQuery } from './audit.store.js';

interface AuditRow extends Omit<AuditEntry, 'id'> {
  readonly _id: string;
  /** The millisecond, then the number of the append on its node: ids do not tell what came first. */
  readonly order: string;
}

const { Mixed } = Schema.Types;

const fields: Fields<AuditRow> = {
  _id: String,
  order: String,
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

const newestFirst = { field: 'order', type: 'string', descending: true } as const;

const indexes: readonly Index[] = [
  [{ order: 1, _id: 1 }],
  [{ 'actor.id': 1, order: 1, _id: 1 }],
  [{ 'target.id': 1, order: 1, _id: 1 }],
  [{ action: 1, order: 1, _id: 1 }],
  [{ 'revocation.id': 1, order: 1, _id: 1 }],
];

/** The audit log in MongoDB, for several nodes. */
export class MongoAuditStore extends AuditStore {
  private readonly entries: Model<AuditRow>;
  private appended = 0;

  constructor(connection: MongoConnection) {
    super();
    this.entries = defineModel(connection, fields, { name: 'audit' });
  }

  ensureIndexes(): Promise<void> {
    return createIndexes(this.entries, indexes);
  }

  override async append({ id, ...entry }: AuditEntry): Promise<void> {
    this.appended += 1;
    const order = `${toPrefix(entry.at)}-${String(this.appended).padStart(12, '0')}`;
    await guarded(() => this.entries.create({ _id: id, order, ...entry }));
  }

  override async list(query: AuditQuery): Promise<Page<AuditEntry>> {
    const page = await findPage(this.entries, toFilter(query), newestFirst, query);
    return { ...page, rows: page.rows.map(toEntry) };
  }
}

function toFilter({
  actor,
  target,
  action,
  from,
  to,
  revocations,
}: AuditQuery): QueryFilter<AuditRow> {
  const range = {
    ...(from === undefined ? {} : { $gte: toPrefix(from) }),
    ...(to === undefined ? {} : { $lt: toPrefix(to) }),
  };
  return {
    ...(actor === undefined ? {} : { 'actor.id': actor }),
    ...(target === undefined ? {} : { 'target.id': target }),
    ...(action === undefined ? {} : { action }),
    ...(from === undefined && to === undefined ? {} : { order: trusted(range) }),
    ...(revocations === true ? { 'revocation.id': trusted({ $gt: '' }) } : {}),
  };
}

/** Of one length, so that they compare like the times they stand for; `-` comes before every digit. */
const toPrefix = (at: Date): string => String(at.getTime()).padStart(16, '0');

const toEntry = ({ _id: id, order: _, ...entry }: AuditRow): AuditEntry => ({ id, ...entry });
