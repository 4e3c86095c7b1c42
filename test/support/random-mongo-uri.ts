import { randomBytes } from 'node:crypto';
import { createConnection } from 'mongoose';

/** A database of a test's own on the server that the run found; nothing else on it is touched. */
export function randomMongoUri(): { uri: string; drop: () => Promise<void> } {
  const server = process.env['TEST_MONGODB_URI'];
  if (server === undefined) throw new Error('no MongoDB in this run');
  const url = new URL(server);
  url.pathname = `/portcullis_${randomBytes(6).toString('hex')}`;
  const uri = url.href;
  const drop = async (): Promise<void> => {
    const connection = await createConnection(uri).asPromise();
    await connection.dropDatabase();
    await connection.close();
  };
  return { uri, drop };
}
