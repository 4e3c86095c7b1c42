/** What the driver throws, as what the ports say they throw. */
import { mongo, MongooseError } from 'mongoose';
import { DuplicateError, StorageUnavailableError } from '../storage.errors.js';

/** Whatever the driver retries and waits for, nobody waits longer than this for one operation. */
export const operationDeadlineMs = 3_000;

/**
 * Runs one operation of a store.
 * @throws DuplicateError for a unique index, named like the field callers know
 * @throws StorageUnavailableError for everything else the database did not confirm, a failed write
 *   concern and a late answer included: it may or may not have happened
 */
export async function guarded<T>(operation: () => Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<never>((_, reject) => {
    const giveUp = (): void => {
      reject(new StorageUnavailableError('the database did not answer in time'));
    };
    // Not before what has arrived was looked at: a process that got no CPU finds its timers first.
    timer = setTimeout(() => setImmediate(giveUp), operationDeadlineMs);
  });
  try {
    return await Promise.race([operation(), deadline]);
  } catch (error) {
    throw toStorageError(error);
  } finally {
    clearTimeout(timer);
  }
}

/** As `guarded`, without the deadline: for what is done once, before there are requests. */
export async function startingUp<T>(operation: () => Promise<T>): Promise<T> {
  try {
    return await operation();
  } catch (error) {
    throw toStorageError(error);
  }
}

/** As `guarded`, with `otherwise` in place of a DuplicateError: somebody else was first. */
export async function unlessTaken<T>(operation: () => Promise<T>, otherwise: T): Promise<T> {
  try {
    return await guarded(operation);
  } catch (error) {
    if (error instanceof DuplicateError) return otherwise;
    throw error;
  }
}

function toStorageError(error: unknown): unknown {
  if (error instanceof mongo.MongoServerError && error.code === duplicateKey) {
    return new DuplicateError(takenField(error.message));
  }
  if (error instanceof mongo.MongoError || isDisconnection(error) || isOfSocket(error)) {
    return new StorageUnavailableError('the database did not confirm', { cause: error });
  }
  return error;
}

const duplicateKey = 11_000;

/** Only the index is taken from the message: it also quotes the value, which is an address. */
function takenField(message: string): string {
  const index = /\bindex:? '?(?:\S+\.\$)?(\w+)/i.exec(message)?.[1] ?? 'id';
  return index === '_id_' ? 'id' : index;
}

/** Mongoose has no class of its own for these two; other MongooseErrors are faults in the code. */
const isDisconnection = (error: unknown): boolean =>
  error instanceof MongooseError &&
  error.name === 'MongooseError' &&
  /before initial connection|force closed/.test(error.message);

/**
 * Node's own, as the driver passes it on when a connection is closed by the other side while a write waits
 * for room: `EPIPE`, `ECONNRESET`, `ERR_STREAM_DESTROYED`.
 */
const isOfSocket = (error: unknown): boolean =>
  error instanceof Error &&
  /^(?:E[A-Z]+|ERR_(?:STREAM|SOCKET)_[A-Z_]+)$/.test(String((error as NodeJS.ErrnoException).code));
