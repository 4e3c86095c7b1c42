/** No road but a revoke leads to a version, whichever way a query is put. No server is asked. */
import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import type { Connection, Model } from 'mongoose';
import { startWireServer, type WireServer } from '../../../test/support/mongo-wire.js';
import { connectMongo } from './connection.js';
import { defineModel } from './define-model.js';
import { asRevoke, VersionWriteError } from './guard-version.js';

interface Row {
  _id: string;
  name: string;
  version: number;
}

let server: WireServer;
let connection: Connection;
let rows: Model<Row>;

beforeAll(async () => {
  server = await startWireServer();
  server.answer = () => ({ ok: 1, n: 1, nModified: 1, value: null });
  connection = await connectMongo(server.uri);
  const fields = { _id: String, name: String, version: Number };
  rows = defineModel<Row>(connection, fields, { name: 'rows', version: 'version' });
});
afterAll(async () => {
  await connection.close(true);
  await server.close();
});
beforeEach(() => {
  server.commands.length = 0;
});

const one = { _id: 'a' };
const set = { $set: { version: 1 } };
const old = (): InstanceType<typeof rows> => rows.hydrate({ _id: 'a', name: 'x', version: 2 });

it.each<[string, () => PromiseLike<unknown>]>([
  ['updateOne', () => rows.updateOne(one, set)],
  ['updateOne without an operator', () => rows.updateOne(one, { version: 1 })],
  ['updateMany', () => rows.updateMany({}, set)],
  ['findOneAndUpdate', () => rows.findOneAndUpdate(one, set)],
  ['findByIdAndUpdate', () => rows.findByIdAndUpdate('a', { $inc: { version: -1 } })],
  ['$inc', () => rows.updateOne(one, { $inc: { version: 1 } })],
  ['$min', () => rows.updateOne(one, { $min: { version: 1 } })],
  ['$mul', () => rows.updateOne(one, { $mul: { version: 0 } })],
  ['$unset', () => rows.updateOne(one, { $unset: { version: 1 } })],
  ['$setOnInsert', () => rows.updateOne(one, { $setOnInsert: { version: 1 } }, { upsert: true })],
  ['$rename to it', () => rows.updateOne(one, { $rename: { name: 'version' } })],
  ['$rename of it', () => rows.updateOne(one, { $rename: { version: 'name' } })],
  ['a pipeline', () => rows.updateOne(one, [set], { updatePipeline: true })],
  [
    'a pipeline that replaces',
    () => rows.updateOne(one, [{ $replaceWith: '$other' }], { updatePipeline: true }),
  ],
  [
    'a pipeline that unsets',
    () => rows.updateOne(one, [{ $unset: ['version'] }], { updatePipeline: true }),
  ],
  ['replaceOne', () => rows.replaceOne(one, { name: 'x', version: 3 })],
  ['findOneAndReplace', () => rows.findOneAndReplace(one, { name: 'x', version: 3 })],
  ['a bulk that updates', () => rows.bulkWrite([{ updateOne: { filter: one, update: set } }])],
  [
    'a bulk that replaces',
    () => rows.bulkWrite([{ replaceOne: { filter: one, replacement: { name: 'x', version: 3 } } }]),
  ],
  ['save', () => old().set('version', 1).save()],
  ['a query’s set', () => rows.updateOne(one, {}).set('version', 1)],
  ['a document’s updateOne', () => old().updateOne(set)],
])('refuses %s', async (_, write) => {
  await expect(Promise.resolve().then(write)).rejects.toThrow(VersionWriteError);
  expect(server.commands).toEqual([]);
});

it.each<[string, () => PromiseLike<unknown>]>([
  ['a commit', () => asRevoke(rows.findOneAndUpdate(one, { $inc: { version: 1 } }))],
  ['an insert', () => rows.create({ _id: 'a', name: 'x', version: 1 })],
  [
    'a bulk that inserts',
    () => rows.bulkWrite([{ insertOne: { document: { _id: 'a', name: 'x', version: 1 } } }]),
  ],
  ['other fields', () => rows.updateOne(one, { $set: { name: 'version' } })],
  [
    'other fields in a bulk',
    () => rows.bulkWrite([{ updateOne: { filter: { version: 1 }, update: { name: 'x' } } }]),
  ],
  ['save of other fields', () => old().set('name', 'y').save()],
  ['a delete', () => rows.deleteOne({ _id: 'a', version: 1 })],
])('allows %s', async (_, write) => {
  await write();
  expect(server.commands).toHaveLength(1);
});

it('allows a commit once: the mark is the query’s, not the caller’s', async () => {
  await asRevoke(rows.findOneAndUpdate(one, { $inc: { version: 1 } }));
  const next = rows.findOneAndUpdate(one, { $inc: { version: 1 } });
  await expect(next).rejects.toThrow(VersionWriteError);
});
