/**
 * Keeps a version from being written by anything but a revoke. A version that is set, lowered or
 * raised elsewhere brings tokens back to life or ends them without a trace, and no test of the code
 * that did it would notice; so the schema refuses it.
 */
import type { Query, Schema } from 'mongoose';

export class VersionWriteError extends Error {
  constructor(field: string) {
    super(`${field} is written by a revoke alone`);
    this.name = 'VersionWriteError';
  }
}

/** The queries of revokes. A set of ours and not an option: nobody can put himself into it. */
const revokes = new WeakSet<object>();

/** Marks `query` as the commit of a revoke. Called by `commit` of a store, and by nothing else. */
export function asRevoke<Q extends object>(query: Q): Q {
  revokes.add(query);
  return query;
}

export function guardVersion<Row>(schema: Schema<Row>, field: string): void {
  const queries = { query: true, document: false } as const;
  schema.pre<Query<unknown, Row>>(/^(update|findOneAndUpdate)/, queries, function () {
    if (!revokes.has(this) && writes(this.getUpdate(), field)) throw new VersionWriteError(field);
  });
  // A whole new document brings a version of its own, or none.
  schema.pre(/^(replaceOne|findOneAndReplace)/, queries, () => {
    throw new VersionWriteError(field);
  });
  schema.pre('save', function () {
    if (!this.isNew && this.isModified(field)) throw new VersionWriteError(field);
  });
  schema.pre('bulkWrite', (operations) => {
    if (operations.some((operation) => writesInBulk(operation, field))) {
      throw new VersionWriteError(field);
    }
  });
}

function writesInBulk(operation: object, field: string): boolean {
  if ('replaceOne' in operation) return true;
  return Object.values(operation).some(
    ({ update }: { update?: unknown }) => update !== undefined && writes(update, field),
  );
}

/** Under any operator, or in any stage of a pipeline. */
function writes(update: unknown, field: string): boolean {
  if (typeof update !== 'object' || update === null) return false;
  return Object.entries(update).some(
    ([key, value]) =>
      key === field ||
      key === '$replaceWith' ||
      key === '$replaceRoot' ||
      (namesFields.has(key) && strings(value).includes(field)) ||
      writes(value, field),
  );
}

/** Operators that name a field by a value. Elsewhere a value that reads like it is just a text. */
const namesFields = new Set(['$rename', '$unset']);

function strings(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(strings) : [];
}
