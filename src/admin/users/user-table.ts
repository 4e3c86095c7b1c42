import { CsvTable } from '../csv/csv-table.js';
import type { ListedUser } from './admin-users.service.js';

export const userTable = new CsvTable<ListedUser>('users', 'user.export', [
  ['id', ({ user }) => user.id],
  ['email', ({ user }) => user.email],
  ['displayName', ({ user }) => user.displayName],
  ['status', ({ user }) => user.status],
  ['roles', ({ user }) => user.roles.join(' ')],
  ['createdAt', ({ user }) => user.createdAt],
  ['updatedAt', ({ user }) => user.updatedAt],
  ['suspendedAt', ({ user }) => user.suspension?.at ?? null],
  ['suspendedBy', ({ user }) => user.suspension?.by ?? null],
  ['suspensionReason', ({ user }) => user.suspension?.reason ?? null],
  ['liveSessions', ({ activity }) => activity?.liveSessions ?? 0],
  ['lastSeenAt', ({ activity }) => activity?.lastSeenAt ?? null],
]);
