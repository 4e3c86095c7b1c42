/** A list's query, as MongoDB's filter. */
import { trusted, type QueryFilter } from 'mongoose';
import type { AuditQuery } from '../audit.store.js';
import { toPrefix, type AuditRow } from './audit.schema.js';

export function toFilter({
  actor,
  target,
  action,
  result,
  ip,
  requestId,
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
    ...(result === undefined ? {} : { result }),
    ...(ip === undefined ? {} : { ip }),
    ...(requestId === undefined ? {} : { requestId }),
    ...(from === undefined && to === undefined ? {} : { order: trusted(range) }),
    ...(revocations === true ? { 'revocation.id': trusted({ $gt: '' }) } : {}),
  };
}
