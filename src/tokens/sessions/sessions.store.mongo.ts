import type { CommitCondition } from '@portcullis/auth';
import { trusted, type Model, type QueryFilter } from 'mongoose';
import type { MongoConnection } from '../../storage/mongo/connection.js';
import { createIndexes } from '../../storage/mongo/define-model.js';
import { inTime } from '../../storage/mongo/in-time.js';
import { findPage } from '../../storage/mongo/keyset.js';
import { guarded } from '../../storage/mongo/mongo-errors.js';
import { readNow } from '../../storage/mongo/read-now.js';
import type { Page } from '../../storage/page.js';
import type { Session, SessionEnd, SessionVersion } from './session.js';
import { sessionIndexes, sessionModel, toSession, type SessionRow } from './session.schema.js';
import { SessionsStore, type SessionQuery, type SessionTouch } from './sessions.store.js';

const batchSize = 1_000;

const newestFirst = { field: 'createdAt', type: 'date', descending: true } as const;

/** Sessions in MongoDB, for several nodes. */
export class MongoSessionsStore extends SessionsStore {
  private readonly sessions: Model<SessionRow>;

  constructor(connection: MongoConnection) {
    super();
    this.sessions = sessionModel(connection);
  }

  ensureIndexes(): Promise<void> {
    return createIndexes(this.sessions, sessionIndexes);
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

  override async end(
    id: string,
    { version, notAfter }: CommitCondition,
    end: SessionEnd,
  ): Promise<boolean> {
    if (version !== 1) return false;
    const filter = { _id: id, end: null, ...inTime(notAfter) };
    const ended = await guarded(() =>
      this.sessions.findOneAndUpdate(filter, { $set: { end } }).lean(),
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
