/** What the driver throws, as what the ports say they throw. */
import { member, messageOf } from '../caught.js';
import { DuplicateError, StorageRefusedError, StorageUnavailableError } from '../storage.errors.js';

/** SQLite's primary result codes; the extended ones have them in their lowest byte. */
const code = {
  error: 1,
  busy: 5,
  locked: 6,
  corrupt: 11,
  constraint: 19,
  mismatch: 20,
  misuse: 21,
  range: 25,
  notDatabase: 26,
} as const;

const uniqueConstraint = 2067;
const primaryKeyConstraint = 1555;

/** The fault is in our SQL or in our values: it must look like one, and not like an outage. */
const ours: ReadonlySet<number> = new Set([
  code.error,
  code.constraint,
  code.mismatch,
  code.misuse,
  code.range,
]);

/** For an error of a running database. */
export function toStorageError(error: unknown): unknown {
  const extended = resultCode(error);
  if (extended === null) return error;
  if (extended === uniqueConstraint || extended === primaryKeyConstraint) {
    return new DuplicateError(takenField(messageOf(error)));
  }
  if (ours.has(extended & 0xff)) return error;
  return new StorageUnavailableError('the database did not confirm', { cause: error });
}

/** For an error while the database in `folder` is opened: one line for whoever starts the server. */
export function toRefusal(error: unknown, folder: string, file: string): unknown {
  const extended = resultCode(error);
  if (extended === null) return error;
  return new StorageRefusedError(reason(extended & 0xff, messageOf(error), folder, file), {
    cause: error,
  });
}

function reason(primary: number, message: string, folder: string, file: string): string {
  if (primary === code.busy || primary === code.locked) {
    return `DATA_DIR ${folder} is used by another Portcullis: stop it first, or choose another folder`;
  }
  if (primary === code.notDatabase) return `${file} is not a database; it was left as it is`;
  if (primary === code.corrupt) return damaged(file, message);
  return `${file} cannot be opened: ${message}`;
}

export const damaged = (file: string, what: string): string =>
  `${file} is damaged (${what}); it was left as it is: restore it from a backup`;

function resultCode(error: unknown): number | null {
  const code = member(error, 'rawCode');
  return typeof code === 'number' ? code : null;
}

/** `UNIQUE constraint failed: users.email_key`: callers know the column as `email`. */
function takenField(message: string): string {
  return /\.(\w+?)(?:_key)?$/.exec(message)?.[1] ?? 'id';
}
