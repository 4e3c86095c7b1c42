// @ts-check
/** Where seeded rows go: the server's own stores' rows, many at a time. */
import { parseEnvironment } from '../../dist/config/parse-environment.js';
import { openMongoSink } from './mongo-sink.mjs';
import { openSqliteSink } from './sqlite-sink.mjs';

/**
 * @typedef {object} Sink
 * @property {string} name for whoever looks on
 * @property {(id: string) => Promise<boolean>} hasUser
 * @property {(rows: import('./generator.mjs').Application[]) => Promise<void>} insertApplications those that are there stay
 * @property {(rows: import('./generator.mjs').NewUser[]) => Promise<void>} insertUsers
 * @property {(rows: import('./generator.mjs').Session[]) => Promise<void>} insertSessions
 * @property {(rows: import('./generator.mjs').AuditEntry[]) => Promise<void>} insertEntries
 * @property {() => Promise<void>} finish
 * @property {() => Promise<void>} close
 */

/**
 * @param {Record<string, string | undefined>} env
 * @returns {Promise<Sink>}
 */
export function openSink(env) {
  const { mongodbUri, dataDir } = parseEnvironment(env);
  return mongodbUri === null ? openSqliteSink(dataDir) : openMongoSink(mongodbUri);
}
