import { CsvTable } from '../csv/csv-table.js';
import type { ListedSession } from './session-filter.js';

export const sessionTable = new CsvTable<ListedSession>('sessions', 'session.export', [
  ['id', ({ session }) => session.id],
  ['userId', ({ session }) => session.userId],
  ['email', ({ user }) => user?.email ?? null],
  ['application', ({ session }) => session.application],
  ['state', ({ state }) => state],
  ['createdAt', ({ session }) => session.createdAt],
  ['lastSeenAt', ({ session }) => session.lastSeenAt],
  ['idleExpiresAt', ({ session }) => session.idleExpiresAt],
  ['expiresAt', ({ session }) => session.expiresAt],
  ['ip', ({ session }) => session.ip],
  ['userAgent', ({ session }) => session.userAgent],
  ['endedAt', ({ session }) => session.end?.at ?? null],
  ['endReason', ({ session }) => session.end?.reason ?? null],
  ['endedBy', ({ session }) => session.end?.by ?? null],
]);
