/** The Redis and the database that variants read: found or started, and left as they were. */
import { randomBytes } from 'node:crypto';
import mongoose from 'mongoose';
import type { Chosen } from '../choose.js';
import { loadProcesses, loadServices } from '../server-files.js';
import type { Given } from '../variants/started.js';

export interface Services {
  readonly given: Given;
  /** What they are and where they came from, for people. */
  readonly how: readonly string[];
  stop(): Promise<void>;
}

export async function startServices({ variants, parts }: Chosen): Promise<Services> {
  const { startMongo, startRedis, explain } = await loadServices();
  // Its folder is deleted also when this process is killed outright.
  const group = await (await loadProcesses()).openServerGroup();
  const database = `portcullis_bench_${randomBytes(6).toString('hex')}`;
  const ends: (() => Promise<void>)[] = [() => group.close()];
  const given: { -readonly [K in keyof Given]: Given[K] } = {
    BENCH_DATABASE: database,
    BENCH_FOLDER: group.folder,
  };
  const how: string[] = [];
  const needs = (service: 'redis' | 'mongodb'): boolean =>
    variants.some((variant) => variant.needs === service) || parts.includes('revocation');

  if (needs('redis')) {
    // One of its own: what others ask of a shared one would be measured, too.
    const redis = await startRedis({ own: true });
    if ('missing' in redis) how.push(`no Redis: ${explain(redis)}`);
    else {
      given.REDIS_URL = redis.uri;
      how.push(redis.how);
      ends.unshift(() => redis.stop());
    }
  }
  if (needs('mongodb')) {
    const mongo = await startMongo();
    if ('missing' in mongo) how.push(`no MongoDB: ${explain(mongo)}`);
    else {
      given.MONGODB_URI = mongo.uri;
      how.push(mongo.how);
      ends.unshift(() => mongo.stop());
      if (variants.some((variant) => variant.needs === 'mongodb')) {
        ends.unshift(() => drop(mongo.uri, database));
      }
    }
  }
  return {
    given,
    how,
    async stop() {
      for (const end of ends.splice(0)) await end();
    },
  };
}

async function drop(uri: string, dbName: string): Promise<void> {
  const connection = await mongoose.createConnection(uri, { dbName }).asPromise();
  await connection.dropDatabase();
  await connection.close();
}
