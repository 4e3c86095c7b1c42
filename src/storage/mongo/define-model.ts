/** Models as the stores of this server want them: strict, plain and never waiting for ever. */
import { Schema, type Connection, type IndexOptions, type Model, type SchemaDefinition } from 'mongoose';
import { commandTimeMs } from './connection.js';
import { guardVersion } from './guard-version.js';
import { guarded } from './mongo-errors.js';

export interface ModelOptions {
  /** Of the model and, as it is, of the collection. */
  readonly name: string;
  /** The field that only a revoke may write. */
  readonly version?: string;
}

/** The same model again when another store of this connection has defined it. */
export function defineModel<Row extends { _id: string }>(
  connection: Connection,
  definition: SchemaDefinition<Row>,
  { name, version }: ModelOptions,
): Model<Row> {
  const known = connection.models[name] as Model<Row> | undefined;
  if (known) return known;
  const schema = new Schema<Row>(definition, {
    collection: name,
    versionKey: false,
    strict: 'throw',
    strictQuery: 'throw',
    minimize: false,
  });
  schema.pre(/^(find|count|update|delete|replace)/, { query: true, document: false }, function () {
    const { maxTimeMS } = this.getOptions();
    if (maxTimeMS === undefined) this.setOptions({ maxTimeMS: commandTimeMs });
  });
  if (version !== undefined) guardVersion(schema, version);
  return connection.model<Row>(name, schema);
}

/** A sub-document without an `_id` of its own. */
export const part = <Part>(definition: SchemaDefinition<Part>): Schema<Part> =>
  new Schema<Part>(definition, { _id: false, id: false, strict: 'throw', minimize: false });

export type Index = readonly [keys: Record<string, 1 | -1>, options?: IndexOptions];

/** On a collection that has grown a build takes minutes, hence no deadline. Repeating does nothing. */
const buildTimeMs = 10 * 60_000;

export async function createIndexes<Row>(model: Model<Row>, indexes: readonly Index[]): Promise<void> {
  for (const [keys, options] of indexes) {
    await model.collection.createIndex(keys, { ...options, socketTimeoutMS: buildTimeMs });
  }
}
