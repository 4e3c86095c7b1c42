import { trusted, type Model, type QueryFilter } from 'mongoose';
import type { MongoConnection } from '../../storage/mongo/connection.js';
import {
  createIndexes,
  defineModel,
  part,
  type Fields,
  type Index,
} from '../../storage/mongo/define-model.js';
import { findPage } from '../../storage/mongo/keyset.js';
import { guarded } from '../../storage/mongo/mongo-errors.js';
import { readNow } from '../../storage/mongo/read-now.js';
import type { Page } from '../../storage/page.js';
import type { Session, SessionEnd, SessionVersion } from './session.js';
import { SessionsStore, type SessionQuery, type SessionTouch } from './sessions.store.js';

interface SessionRow extends Omit<Session, 'id'> {
  readonly _id: string;
}

const fields: Fields<SessionRow> = {
  _id: String,
  userId: String,
  application: String,
  createdAt: Date,
  expiresAt: Date,
  idleExpiresAt: Date,
  lastSeenAt: Date,
  ip: String,
  userAgent: String,
  end: { type: part<SessionEnd>({ at: Date, reason: String, by: String }), default: null },
};

/** Kept for a week after their absolute end, for whoever looks into what happened. */
const keptSeconds = 7 * 24 * 60 * 60;

const batchSize = 1_000;

const newestFirst = { field: 'createdAt', type: 'date', descending: true } as const;

const indexes: readonly Index[] = [
  [{ expiresAt: 1 }, { expireAfterSeconds: keptSeconds }],
  [{ createdAt: 1, _id: 1 }],
  [{ userId: 1, createdAt: 1, _id: 1 }],
  [{ application: 1, createdAt: 1, _id: 1 }],
  [{ ip: 1, createdAt: 1, _id: 1 }],
  // Of what is kept few are live, and all of those are at its upper end.
  [{ idleExpiresAt: 1 }],
];

/** Sessions in MongoDB, for several nodes. */
export class MongoSessionsStore extends SessionsStore {
  private readonly sessions: Model<SessionRow>;

  constructor(connection: MongoConnection) {
    super();
    this.sessions = defineModel(connection, fields, { name: 'sessions' });
  }

  ensureIndexes(): Promise<void> {
    return createIndexes(this.sessions, indexes);
  }

  override async insert({ id, ...session }: Session): Promise<void> {
    await guarded(() => this.sessions.create({ _id: id, ...session }));
  }

  override async findById(id: string): Promise<Session | null> {
    const row = await guarded(() => this.sessions.findById(id).lean<SessionRow>());
    return row && toSession(row);
  }

  override async readVersion(id: string): Promise<SessionVersion | null> {
    const row = await readNow(this.sessions, id, ['end']);
    if (row === null) return null;
    return row.end === null ? 1 : 2;
  }

  override async list({
    liveAt,
    userId,
    application,
    ip,
    ...page
  }: SessionQuery): Promise<Page<Session>> {
    const filter: QueryFilter<SessionRow> = {
      ...(userId === undefined ? {} : { userId }),
      ...(application === undefined ? {} : { application }),
      ...(ip === undefined ? {} : { ip }),
      ...(liveAt === undefined ? {} : live(liveAt)),
    };
    const found = await findPage(this.sessions, filter, newestFirst, page);
    return { ...found, rows: found.rows.map(toSession) };
  }

  override countLive(
    at: Date,
    by: { userId?: string; application?: string } = {},
  ): Promise<number> {
    return guarded(() => this.sessions.countDocuments({ ...by, ...live(at) }).exec());
  }

  override async end(id: string, end: SessionEnd): Promise<boolean> {
    const ended = await guarded(() =>
      this.sessions.findOneAndUpdate({ _id: id, end: null }, { $set: { end } }).lean(),
    );
    return ended !== null;
  }

  /** In batches: everybody's sessions are more than one command may take. */
  override async endAll(
    { exceptId, ...by }: { userId?: string; application?: string; exceptId?: string },
    end: SessionEnd,
  ): Promise<number> {
    const rest = exceptId === undefined ? {} : { _id: trusted({ $ne: exceptId }) };
    const filter = { ...by, ...rest, ...liveBefore(end.at) };
    for (let ended = 0; ;) {
      const ids = await guarded(() => this.sessions.find(filter, '_id').limit(batchSize).lean());
      if (ids.length === 0) return ended;
      const batch = { _id: trusted({ $in: ids.map((row) => row._id) }), end: null };
      const result = await guarded(() => this.sessions.updateMany(batch, { $set: { end } }));
      ended += result.modifiedCount;
    }
  }

  override async touch(batch: readonly SessionTouch[]): Promise<void> {
    if (batch.length === 0) return;
    // `$eq`, because filters of a bulk are not sanitized.
    const updates = batch.map(({ id, ...times }) => ({
      updateOne: { filter: { _id: { $eq: id } }, update: { $max: times } },
    }));
    await guarded(() => this.sessions.bulkWrite(updates, { ordered: false }));
  }
}

const live = (at: Date): QueryFilter<SessionRow> => ({
  end: null,
  expiresAt: trusted({ $gt: at }),
  idleExpiresAt: trusted({ $gt: at }),
});

/**
 * Whoever logs in while a revoke is being written down is not part of it. What is written behind may
 * be a minute late, and would make a session live again in the lists.
 */
const liveBefore = (at: Date): QueryFilter<SessionRow> => ({
  ...live(at),
  idleExpiresAt: trusted({ $gt: new Date(at.getTime() - 60_000) }),
  createdAt: trusted({ $lte: at }),
});

const toSession = ({ _id: id, ...session }: SessionRow): Session => ({ id, ...session });
