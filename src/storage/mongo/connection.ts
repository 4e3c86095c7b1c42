/** The one place that says how this server talks to MongoDB. */
import { createConnection, mongo, type Connection, type ConnectOptions } from 'mongoose';
import { StorageRefusedError, StorageUnavailableError } from '../storage.errors.js';
import { operationDeadlineMs } from './mongo-errors.js';
import { watchMonitor } from './watch-monitor.js';

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

/** To connect and to greet takes two commands' time at most; the driver's default keeps answers back for 10 s. */
const heartbeatLimits = { atOnceMs: 3 * commandTimeMs, keptBackMs: 10_000 + 3 * commandTimeMs };

/** What an address may name but not decide: the driver would let it win over some of the above. */
const decidedHere =
  /^(w|j|journal|wtimeout(ms)?|readconcernlevel|readpreference(tags)?|maxstalenessseconds|retry(reads|writes)|sockettimeoutms)=/i;

const defaultDatabase = 'portcullis';

/**
 * @param database in place of the one that `uri` names, or of `portcullis` when it names none
 * @throws StorageUnavailableError when no primary answers within two seconds
 * @throws StorageRefusedError when trying again cannot help: the address or the password is wrong
 */
export async function connectMongo(uri: string, database?: string): Promise<MongoConnection> {
  checkAddress(uri);
  const dbName = database ?? (namesDatabase(uri) ? undefined : defaultDatabase);
  const connection = createConnection();
  try {
    await connection.openUri(withoutDecisions(uri), {
      ...options,
      ...(dbName === undefined ? {} : { dbName }),
    });
    watch(connection);
    return connection;
  } catch (error) {
    await connection.close().catch(() => undefined);
    throw toStartError(error);
  }
}

function watch(connection: Connection): void {
  let isClosed = false;
  connection.once('close', () => (isClosed = true));
  watchMonitor(connection.getClient(), heartbeatLimits, () => !isClosed);
}

const namesDatabase = (uri: string): boolean => /^mongodb(\+srv)?:\/\/[^/]+\/[^?]/.test(uri);

function withoutDecisions(uri: string): string {
  const [address = '', query = ''] = uri.split('?', 2);
  const kept = query.split('&').filter((pair) => pair !== '' && !decidedHere.test(pair));
  return kept.length === 0 ? address : `${address}?${kept.join('&')}`;
}

/** Apart from connecting, and without the driver's own words: some of them quote the address. */
function checkAddress(uri: string): void {
  try {
    new mongo.MongoClient(uri);
  } catch {
    throw new StorageRefusedError(
      'MONGODB_URI is no address of a MongoDB: is something in the password not percent-encoded?',
    );
  }
}

function toStartError(error: unknown): Error {
  if (error instanceof mongo.MongoServerError && authenticationCodes.has(error.code)) {
    return new StorageRefusedError('MongoDB refused the user or the password in MONGODB_URI');
  }
  const why = error instanceof Error ? error.message : 'no reason given';
  return new StorageUnavailableError(`MongoDB cannot be reached: ${why}`, { cause: error });
}

/** Unauthorized, AuthenticationFailed, and Atlas' own. */
const authenticationCodes = new Set<unknown>([13, 18, 8000]);
