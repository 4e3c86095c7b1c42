import type { SqliteRow, SqliteValue } from './row.js';

/** What an open database does, for what is needed to open one. */
export interface StatementRunner {
  all(text: string, ...values: readonly SqliteValue[]): SqliteRow[];
  first(text: string, ...values: readonly SqliteValue[]): SqliteRow | null;
  exec(text: string): void;
  transaction<T>(work: () => T): T;
}
