/** What a list or a count asks for, as MongoDB's filter and order. */
import { trusted, type QueryFilter } from 'mongoose';
import type { Order } from '../../../storage/mongo/keyset.js';
import {
  touchLateMs,
  type EndedSessions,
  type LiveSessionsBy,
  type SessionQuery,
  type SessionsBy,
  type SessionSort,
} from '../sessions.store.js';
import type { SessionRow } from './session.schema.js';

const filter = ({ userId, application, ip }: SessionsBy): QueryFilter<SessionRow> => ({
  ...(userId === undefined ? {} : { userId }),
  ...(application === undefined ? {} : { application }),
  ...(ip === undefined ? {} : { ip }),
});

export function toFilter({ ids, state, ...by }: SessionQuery): QueryFilter<SessionRow> {
  return {
    ...filter(by),
    ...(ids === undefined ? {} : { _id: trusted({ $in: [...ids] }) }),
    ...(state === undefined ? {} : inState(state)),
  };
}

function inState({ is, at, lateMs }: NonNullable<SessionQuery['state']>): QueryFilter<SessionRow> {
  if (is === 'live') return live(at, lateMs);
  if (is === 'ended') return { 'end.at': trusted({ $gt: new Date(0) }) };
  const over = trusted({ $lte: at });
  return { end: null, $or: [{ expiresAt: over }, { idleExpiresAt: over }] };
}

const live = (at: Date, lateMs = 0): QueryFilter<SessionRow> => ({
  end: null,
  expiresAt: trusted({ $gt: at }),
  idleExpiresAt: trusted({ $gt: new Date(at.getTime() - lateMs) }),
});

export function toLiveFilter(at: Date, by: LiveSessionsBy): QueryFilter<SessionRow> {
  const { seenFrom, seenBefore } = by;
  if (seenFrom === undefined && seenBefore === undefined) return { ...filter(by), ...live(at) };
  const seen = {
    ...(seenFrom === undefined ? {} : { $gte: seenFrom }),
    ...(seenBefore === undefined ? {} : { $lt: seenBefore }),
  };
  return { ...filter(by), ...live(at), lastSeenAt: trusted(seen) };
}

/** Lower, or not there: in sessions from before these versions were kept. */
const notFrom = (version: number): object => trusted({ $not: { $gte: version } });

/** What is written behind would make a session live again in the lists. */
export function toEndedFilter(
  { exceptId, openedBelow = {}, ...by }: EndedSessions,
  at: Date,
): QueryFilter<SessionRow> {
  const { user, application, issuer } = openedBelow;
  return {
    ...filter(by),
    ...(exceptId === undefined ? {} : { _id: trusted({ $ne: exceptId }) }),
    ...live(at, touchLateMs),
    ...(user === undefined ? {} : { 'openedWith.user': notFrom(user) }),
    ...(application === undefined ? {} : { 'openedWith.application': notFrom(application) }),
    ...(issuer === undefined ? {} : { 'openedWith.issuer': notFrom(issuer) }),
  };
}

export function toOrder(sort: SessionSort = '-createdAt'): Order<SessionRow> {
  const descending = sort.startsWith('-');
  const field = descending ? sort.slice(1) : sort;
  if (field !== 'createdAt' && field !== 'lastSeenAt')
    throw new RangeError(`no such sort: ${sort}`);
  return { field, type: 'date', descending };
}
