import {
  RevocationLog,
  type Appended,
  type LogHead,
  type PollReply,
  type PollRequest,
  type RevocationEvent,
} from '@portcullis/auth';
import type { Collection } from 'mongoose';
import { RandomIds } from '../../../storage/ids.js';
import { commandTimeMs, type MongoConnection } from '../../../storage/mongo/connection.js';
import { guarded, unlessTaken } from '../../../storage/mongo/mongo-errors.js';
import { StorageUnavailableError } from '../../../storage/storage.errors.js';
import { checkCount, checkEvents, checkLog, checkNode, checkPoll } from './log-input.js';
import { isOfLog, toReply } from './poll-reply.js';
import {
  addition,
  documentId,
  entryOf,
  nodePath,
  toEntries,
  toEvents,
  type LogRow,
} from './revocation-log.schema.js';

/** So many come with every poll; whoever missed more asks once more, for all. */
const eventsPerPoll = 16;
/** By so much the clocks of the members may differ, of which one wrote `born` and another may answer. */
const clockDifferenceMs = 5_000;

const head = { log: 1, seq: 1, nodes: 1 } as const;

/**
 * The log in MongoDB, for several nodes: one document, and each access one `findOneAndUpdate`, journalled
 * by a majority, so that it is a linearizable register. Not by way of a model, whose casting would cost
 * each poll more than the driver does.
 */
export class MongoRevocationLog extends RevocationLog {
  private readonly logs: Collection<LogRow>;
  private readonly users: Collection;

  constructor(connection: MongoConnection) {
    super();
    this.logs = connection.collection<LogRow>('revocations');
    this.users = connection.collection('users');
  }

  /** Found by `_id` alone. Makes the document, so that a new database's log is its first. */
  async ensureIndexes(): Promise<void> {
    await this.readHead();
  }

  override async poll(request: PollRequest): Promise<PollReply> {
    checkPoll(request);
    return guarded(async () => {
      const row = (await this.pollOn(request)) ?? (await this.pollAnew(request));
      const now = entryOf(row, request.node)?.at;
      if (now === undefined) throw new StorageUnavailableError('the node’s entry is not there');
      return toReply(request, { ...row, events: toEvents(row.events), now });
    });
  }

  override async append(events: readonly RevocationEvent[]): Promise<Appended> {
    checkEvents(events);
    const projection = { ...head, born: 1, isFirst: 1, events: { $slice: -1 } };
    const row = await guarded(() =>
      this.orCreate(() => this.update({}, addition(events), projection)),
    );
    const [last] = toEvents(row.events);
    if (last === undefined) throw new StorageUnavailableError('the event is not there');
    const { at } = last;
    const ageMs = at.getTime() - (row.born ?? at).getTime() - clockDifferenceMs;
    return { ...toHead(row), at, logAgeMs: row.isFirst ? null : Math.max(0, ageMs) };
  }

  override async readHead(): Promise<LogHead> {
    const options = {
      projection: head,
      readPreference: 'primary',
      maxTimeMS: commandTimeMs,
    } as const;
    return guarded(async () =>
      toHead(await this.orCreate(() => this.logs.findOne({ _id: documentId }, options))),
    );
  }

  override async expel(log: string, node: string, polls: number): Promise<void> {
    checkLog(log);
    checkNode(node);
    checkCount('polls', polls);
    const path = nodePath(node);
    const still = { log: { $eq: log }, [`${path}.polls`]: { $eq: polls } };
    await guarded(() => this.update(still, { $unset: { [path]: '' } }, { _id: 1 }));
  }

  override async leave(node: string): Promise<void> {
    checkNode(node);
    await guarded(() => this.update({}, { $unset: { [nodePath(node)]: '' } }, { _id: 1 }));
  }

  /** Null when the request's numbers are not of this log, or more is missing than comes with a poll. */
  private async pollOn(request: PollRequest): Promise<LogRow | null> {
    const { log, acked, after } = request;
    if (log === null) return null;
    const isOfIt = { log: { $eq: log }, seq: { $gte: Math.max(acked, after) } };
    const row = await this.register(request, isOfIt, acked, { $slice: -eventsPerPoll });
    return row && isOfLog(request, row) && row.seq - after <= row.events.length ? row : null;
  }

  /** What was acknowledged in another log counts for nothing in this one. */
  private pollAnew(request: PollRequest): Promise<LogRow> {
    return this.orCreate(() => this.register(request, {}, 0, 1));
  }

  /**
   * Everything only grows, as polls may arrive late. The lease too: a node that did not get the answer
   * with the shorter one still holds the longer.
   */
  private register(
    { node, kind, polls, leaseMs }: PollRequest,
    filter: object,
    acked: number,
    events: 1 | { readonly $slice: number },
  ): Promise<LogRow | null> {
    const path = nodePath(node);
    const update = {
      $max: { [`${path}.acked`]: acked, [`${path}.polls`]: polls, [`${path}.leaseMs`]: leaseMs },
      $set: { [`${path}.kind`]: kind },
      $currentDate: { [`${path}.at`]: true },
    };
    return this.update(filter, update, { log: 1, seq: 1, events, [path]: 1 });
  }

  private update(filter: object, update: object, projection: object): Promise<LogRow | null> {
    return this.logs.findOneAndUpdate({ _id: documentId, ...filter }, update, {
      returnDocument: 'after',
      projection,
      maxTimeMS: commandTimeMs,
    });
  }

  /** Deleted after a restore from backup, or of an earlier release: another log begins. */
  private async orCreate<T>(access: () => Promise<T | null>): Promise<T> {
    const there = await access();
    if (there !== null) return there;
    await this.create();
    const made = await access();
    if (made === null) throw new StorageUnavailableError('the revocation log is not there');
    return made;
  }

  /** Without users no token was ever minted, so nobody follows a log that was here before. */
  private async create(): Promise<void> {
    const anybody = { projection: { _id: 1 }, maxTimeMS: commandTimeMs };
    const isFirst = (await guarded(() => this.users.findOne({}, anybody))) === null;
    const log = new RandomIds().next();
    // Another before it may have had intents of commits that are still to come: as if they were cut off.
    const seq = isFirst ? 0 : 1;
    const row = { _id: documentId, log, seq, events: [], nodes: {}, isFirst };
    await unlessTaken(() => this.logs.insertOne(row, { maxTimeMS: commandTimeMs }), null);
    await this.update({ born: null }, { $currentDate: { born: true } }, { _id: 1 });
  }
}

const toHead = ({ log, seq, nodes }: Pick<LogRow, keyof typeof head>): LogHead => ({
  log,
  seq,
  nodes: toEntries(nodes),
});
