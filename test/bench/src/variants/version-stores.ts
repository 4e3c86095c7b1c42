/** The look-ups that peers add to be able to revoke: the user's version, by its id, at every request. */
import Database from 'libsql';
import mongoose from 'mongoose';
import { createClient } from 'redis';
import { serviceAt } from './started.js';
import { everyUser, userId } from './users.js';

export type Store = 'redis' | 'sqlite' | 'mongodb';
export type FindVersion = (user: string) => Promise<number | null>;

export function openStore(store: Store): Promise<FindVersion> {
  return { redis: openRedis, sqlite: openSqlite, mongodb: openMongo }[store]();
}

async function openRedis(): Promise<FindVersion> {
  const client = createClient({ url: serviceAt('REDIS_URL') });
  client.on('error', () => process.exit(1));
  await client.connect();
  const key = (user: string): string => `bench:version:${user}`;
  await Promise.all(everyUser((index) => client.set(key(userId(index)), '1')));
  return async (user) => {
    const version = await client.get(key(user));
    return version === null ? null : Number(version);
  };
}

/** In the same process and in memory: less than any database over a network can cost. */
function openSqlite(): Promise<FindVersion> {
  const database = new Database(':memory:');
  database.exec('CREATE TABLE users (id TEXT PRIMARY KEY, email TEXT, version INTEGER)');
  const insert = database.prepare('INSERT INTO users VALUES (?, ?, 1)');
  everyUser((index) => insert.run([userId(index), `user${index}@example.org`]));
  const select = database.prepare('SELECT id, email, version FROM users WHERE id = ?');
  return Promise.resolve((user) => {
    const [row] = select.all([user]) as { version: number }[];
    return Promise.resolve(row?.version ?? null);
  });
}

async function openMongo(): Promise<FindVersion> {
  const schema = new mongoose.Schema({ _id: String, email: String, version: Number });
  // A database of this run's own, on a server that may be somebody else's.
  await mongoose.connect(serviceAt('MONGODB_URI'), { dbName: serviceAt('BENCH_DATABASE') });
  const users = mongoose.model('User', schema);
  const documents = everyUser((index) => ({ _id: userId(index), email: '', version: 1 }));
  await users.bulkWrite(
    documents.map((replacement) => ({
      replaceOne: { filter: { _id: replacement._id }, replacement, upsert: true },
    })),
  );
  return async (user) => (await users.findById(user).lean())?.version ?? null;
}
