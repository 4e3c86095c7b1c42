/** The one place that says how this server talks to MongoDB. */
import { createConnection, mongo, type Connection, type ConnectOptions } from 'mongoose';
import { StorageRefusedError, StorageUnavailableError } from '../storage.errors.js';
import { operationDeadlineMs } from './mongo-errors.js';

export type MongoConnection = Connection;

/** What a server may take for one command, so that it gives up before its client does. */
export const commandTimeMs = 2_000;

const options: ConnectOptions = {
  appName: 'portcullis',
  // A revoke that was acknowledged must survive the loss of the member that acknowledged it.
  writeConcern: { w: 'majority', journal: true, wtimeoutMS: commandTimeMs },
  // Never what an election may take back: a token minted with a version that is rolled back would
  // fit the account again after the next revoke.
  readConcern: { level: 'majority' },
  readPreference: 'primary',
  // Once more after an election; the server sees to it that a write is not applied twice.
  retryWrites: true,
  retryReads: true,
  serverSelectionTimeoutMS: commandTimeMs,
  connectTimeoutMS: commandTimeMs,
  socketTimeoutMS: operationDeadlineMs,
  waitQueueTimeoutMS: commandTimeMs,
  // While disconnected Mongoose would queue commands, and requests would hang instead of failing.
  bufferCommands: false,
  // Indexes and collections are made at start, awaited (`ensureIndexes`), and not behind our back.
  autoIndex: false,
  autoCreate: false,
  // `{$ne: null}` in place of a string is compared, not obeyed; our own operators are `trusted()`.
  sanitizeFilter: true,
};

const defaultDatabase = 'portcullis';

/**
 * @param database in place of the one that `uri` names, or of `portcullis` when it names none
 * @throws StorageUnavailableError when no primary answers within two seconds
 * @throws StorageRefusedError when trying again cannot help: the address or the password is wrong
 */
export async function connectMongo(uri: string, database?: string): Promise<MongoConnection> {
  const dbName = database ?? (namesDatabase(uri) ? undefined : defaultDatabase);
  const connection = createConnection();
  try {
    return await connection.openUri(uri, {
      ...options,
      ...(dbName === undefined ? {} : { dbName }),
    });
  } catch (error) {
    await connection.close().catch(() => undefined);
    throw toStartError(error);
  }
}

const namesDatabase = (uri: string): boolean => /^mongodb(\+srv)?:\/\/[^/]+\/[^?]/.test(uri);

/** Errors about the address quote it, password included: they are neither shown nor kept. */
function toStartError(error: unknown): Error {
  if (error instanceof mongo.MongoServerError && authenticationCodes.has(error.code)) {
    return new StorageRefusedError('MongoDB refused the user or the password in MONGODB_URI');
  }
  if (error instanceof mongo.MongoAPIError || error instanceof mongo.MongoParseError) {
    return new StorageRefusedError('MONGODB_URI is not an address that MongoDB can be reached by');
  }
  const why = error instanceof Error ? error.message : 'no reason given';
  return new StorageUnavailableError(`MongoDB cannot be reached: ${why}`, { cause: error });
}

const authenticationCodes = new Set<unknown>([13, 18, 8000]);
