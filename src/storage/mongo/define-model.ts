/** Models as the stores of this server want them: strict, plain and never waiting for ever. */
import {
  Schema,
  type mongo,
  type Model,
  type Query,
  type SchemaDefinition,
  type SchemaDefinitionProperty,
} from 'mongoose';
import { commandTimeMs, type MongoConnection } from './connection.js';
import { guardVersion } from './guard-version.js';
import { startingUp } from './mongo-errors.js';
import { learnHowToSort } from './sort-fences.js';

/** Every field of a row, none forgotten: a strict schema refuses what it does not know. */
export type Fields<Row> = Record<keyof Row, SchemaDefinitionProperty>;

export interface ModelOptions {
  /** Of the model and, as it is, of the collection. */
  readonly name: string;
  /** The field that only a revoke may write. */
  readonly version?: string;
}

/** The same model again when another store of this connection has defined it. */
export function defineModel<Row extends { _id: string }>(
  connection: MongoConnection,
  fields: Fields<Row>,
  { name, version }: ModelOptions,
): Model<Row> {
  const known = connection.models[name] as Model<Row> | undefined;
  if (known) return known;
  const schema = new Schema<Row>(fields as SchemaDefinition<Row>, {
    collection: name,
    versionKey: false,
    strict: 'throw',
    strictQuery: 'throw',
    minimize: false,
  });
  const commands = /^(find|count|update|delete)/;
  schema.pre<Query<unknown, Row>>(commands, { query: true, document: false }, function () {
    if (this.getOptions().maxTimeMS === undefined) this.setOptions({ maxTimeMS: commandTimeMs });
  });
  if (version !== undefined) guardVersion(schema, version);
  return connection.model<Row>(name, schema);
}

/** A sub-document without an `_id` of its own. */
export const part = <Part>(fields: Fields<Part>): Schema<Part> =>
  new Schema<Part>(fields as SchemaDefinition<Part>, {
    _id: false,
    id: false,
    strict: 'throw',
    minimize: false,
  });

export type Index = readonly [
  keys: Record<string, 1 | -1>,
  options?: Pick<mongo.IndexOptions, 'name' | 'unique' | 'expireAfterSeconds'>,
];

/** A collection that has grown takes minutes, which is more than a request may. */
const buildTimeMs = 10 * 60_000;

/** Repeating it changes nothing. Several nodes may start at once. */
export async function createIndexes<Row>(
  model: Model<Row>,
  indexes: readonly Index[],
): Promise<void> {
  await startingUp(() => learnHowToSort(model.db));
  // The driver hands the time-out on to the socket, though its types do not name it here.
  const patient: object = { socketTimeoutMS: buildTimeMs };
  for (const [keys, options] of indexes) {
    await startingUp(() => model.collection.createIndex(keys, options, patient));
  }
}
