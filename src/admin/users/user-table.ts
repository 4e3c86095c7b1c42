import type { User } from '../../users/user.js';
import { CsvTable } from '../csv/csv-table.js';

export const userTable = new CsvTable<User>('users', 'user.export', [
  ['id', (user) => user.id],
  ['email', (user) => user.email],
  ['displayName', (user) => user.displayName],
  ['status', (user) => user.status],
  ['roles', (user) => user.roles.join(' ')],
  ['createdAt', (user) => user.createdAt],
  ['updatedAt', (user) => user.updatedAt],
  ['suspendedAt', (user) => user.suspension?.at ?? null],
  ['suspendedBy', (user) => user.suspension?.by ?? null],
  ['suspensionReason', (user) => user.suspension?.reason ?? null],
]);
