import type { CommitCondition } from '@portcullis/auth';
import { trusted, type Model, type PipelineStage } from 'mongoose';
import { commandTimeMs, type MongoConnection } from '../../storage/mongo/connection.js';
import { createIndexes } from '../../storage/mongo/define-model.js';
import { inTime } from '../../storage/mongo/in-time.js';
import { findPage } from '../../storage/mongo/keyset.js';
import { guarded } from '../../storage/mongo/mongo-errors.js';
import { startsWith } from '../../storage/mongo/starts-with.js';
import { readNow } from '../../storage/mongo/read-now.js';
import type { Page } from '../../storage/page.js';
import { liveThen } from './live-then.js';
import { toEndedFilter, toFilter, toLiveFilter, toOrder } from './mongo/session.filter.js';
import {
  sessionIndexes,
  sessionModel,
  toSession,
  type SessionRow,
} from './mongo/session.schema.js';
import type { Session, SessionEnd, SessionVersion } from './session.js';
import {
  SessionsStore,
  type EndedSessions,
  type LiveSessionsBy,
  type SessionQuery,
  type SessionTouch,
  type UserActivity,
} from './sessions.store.js';

const batchSize = 1_000;

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

  override async findByPrefix(prefix: string): Promise<Session | null> {
    const [row, another] = await guarded(() =>
      this.sessions
        .find({ _id: startsWith(prefix) })
        .limit(2)
        .lean<SessionRow[]>(),
    );
    return row !== undefined && another === undefined ? toSession(row) : null;
  }

  override async usersFrom(ip: string, limit: number): Promise<readonly string[]> {
    const rows = await this.aggregate<{ _id: string }>([
      { $match: { ip: { $eq: ip } } },
      { $group: { _id: '$userId' } },
      { $limit: limit },
    ]);
    return rows.map(({ _id }) => _id);
  }

  override async readVersion(id: string): Promise<SessionVersion | null> {
    const row = await readNow(this.sessions, id, ['end']);
    if (row === null) return null;
    return row.end === null ? 1 : 2;
  }

  override async list(query: SessionQuery): Promise<Page<Session>> {
    const found = await findPage(this.sessions, toFilter(query), toOrder(query.sort), query);
    return { ...found, rows: found.rows.map(toSession) };
  }

  override countLive(at: Date, by: LiveSessionsBy = {}): Promise<number> {
    return guarded(() => this.sessions.countDocuments(toLiveFilter(at, by)).exec());
  }

  override async countLiveUsers(at: Date): Promise<number> {
    const [counted] = await this.aggregate<{ n: number }>([
      { $match: toLiveFilter(at, {}) },
      { $group: { _id: '$userId' } },
      { $count: 'n' },
    ]);
    return counted?.n ?? 0;
  }

  override countLiveThen(moments: readonly Date[]): Promise<readonly number[]> {
    return liveThen(moments, async (first, stepMs) => {
      const stretch = (date: unknown): object => {
        return { $max: [0, { $ceil: { $divide: [{ $subtract: [date, first] }, stepMs] } }] };
      };
      const over = { $min: [{ $ifNull: ['$end.at', '$idleExpiresAt'] }, '$idleExpiresAt'] };
      const rows = await this.aggregate<{ _id: { begun: number; over: number }; n: number }>([
        { $match: { idleExpiresAt: { $gt: first } } },
        {
          $group: {
            _id: { begun: stretch('$createdAt'), over: stretch(over) },
            n: { $sum: 1 },
          },
        },
      ]);
      return rows.map(({ _id, n }) => ({ ..._id, n }));
    });
  }

  override async activityOf(
    userIds: readonly string[],
    at: Date,
  ): Promise<ReadonlyMap<string, UserActivity>> {
    const isLive = {
      $and: [
        { $eq: [{ $ifNull: ['$end', null] }, null] },
        { $gt: ['$expiresAt', at] },
        { $gt: ['$idleExpiresAt', at] },
      ],
    };
    const rows = await this.aggregate<{ _id: string; live: number; lastSeenAt: Date }>([
      { $match: { userId: { $in: [...userIds] } } },
      {
        $group: {
          _id: '$userId',
          live: { $sum: { $cond: [isLive, 1, 0] } },
          lastSeenAt: { $max: '$lastSeenAt' },
        },
      },
    ]);
    return new Map(
      rows.map(({ _id, live, lastSeenAt }) => [_id, { liveSessions: live, lastSeenAt }]),
    );
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
  override async endAll(ended: EndedSessions, end: SessionEnd): Promise<number> {
    const filter = toEndedFilter(ended, end.at);
    for (let count = 0; ;) {
      const ids = await guarded(() => this.sessions.find(filter, '_id').limit(batchSize).lean());
      if (ids.length === 0) return count;
      const batch = { _id: trusted({ $in: ids.map((row) => row._id) }), end: null };
      const result = await guarded(() => this.sessions.updateMany(batch, { $set: { end } }));
      count += result.modifiedCount;
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

  /** Values in a pipeline come from the code and from checked filters; a pipeline is not sanitized. */
  private aggregate<Row>(pipeline: PipelineStage[]): Promise<Row[]> {
    return guarded(() =>
      this.sessions.aggregate<Row>(pipeline).option({ maxTimeMS: commandTimeMs }).exec(),
    );
  }
}
