// @ts-check
/** A database of one run's own, on a server that may be somebody else's. */
import mongoose from 'mongoose';

/**
 * @typedef {object} TestDatabase
 * @property {number} port where the server listens
 * @property {(port: number) => string} uriAt the same database by another way
 * @property {() => Promise<void>} drop
 */

/** @param {string} serverUri @param {string} name @returns {TestDatabase} */
export function findDatabase(serverUri, name) {
  const server = new URL(serverUri);
  if (!['127.0.0.1', 'localhost'].includes(server.hostname)) {
    throw new Error('Faults are put between processes of this machine: MONGODB_URI must name it.');
  }
  /** @param {number} port */
  const uriAt = (port) => {
    const uri = new URL(serverUri);
    uri.hostname = '127.0.0.1';
    uri.port = String(port);
    uri.pathname = `/${name}`;
    // Else the driver asks the set for its members, and goes round the proxy.
    uri.searchParams.delete('replicaSet');
    uri.searchParams.set('directConnection', 'true');
    return uri.href;
  };
  const port = Number(server.port || 27_017);
  return {
    port,
    uriAt,
    async drop() {
      const connection = await mongoose.createConnection(uriAt(port)).asPromise();
      await connection.dropDatabase();
      await connection.close();
    },
  };
}
