/**
 * Where to look for a page in a database whose indexes are not in order.
 *
 * FerretDB (2.7) finds by an index but sorts all that it found: the first 50 of 100,000 take as long as all
 * of them. A range of the value that is sorted by makes it few. How wide it must be is told by fences: a
 * sample of the values, which cuts the collection into parts of about the same size.
 */
import type { Connection, Model } from 'mongoose';
import { commandTimeMs } from './connection.js';

const sampleSize = 512;
/** They get stale, which costs time and nothing else. */
const usesPerSample = 1_000;
const widening = 8;

type Value = Date | string;

interface Fences {
  readonly values: readonly Value[];
  readonly documents: number;
}

interface Sample {
  readonly fences: Promise<Fences>;
  usesLeft: number;
}

/** Of which databases it is known that they sort everything. */
const sorting = new WeakSet<Connection>();
const samples = new WeakMap<Connection, Map<string, Sample>>();

/** Asked once, at start. */
export async function learnHowToSort(connection: Connection): Promise<void> {
  const info = await connection.getClient().db().admin().command({ buildInfo: 1 });
  if ('ferretdb' in info) sorting.add(connection);
}

export const sortsEverything = (connection: Connection): boolean => sorting.has(connection);

/** What is looked for: so many rows from `start` on (null: from the beginning), of `total` that match. */
export interface Wanted<Row> {
  readonly field: keyof Row & string;
  readonly descending: boolean;
  readonly start: Value | null;
  readonly rows: number;
  readonly total: number;
}

/**
 * Bounds within which the rows may be, each wider than the one before; whoever finds too few within all of
 * them looks without a bound. None where a bound would not help.
 */
export async function boundsFor<Row>(
  model: Model<Row>,
  wanted: Wanted<Row>,
): Promise<readonly Value[]> {
  const { values, documents } = await fencesOf(model, wanted.field);
  const { descending, start, total } = wanted;
  const perPart = documents / values.length;
  const ahead = descending
    ? values.filter((value) => start === null || value < start).reverse()
    : values.filter((value) => start === null || value > start);
  const bounds: Value[] = [];
  // Twice as many as are expected to do: parts are not of quite the same size.
  let parts = Math.ceil((2 * wanted.rows * values.length) / total);
  while (parts <= ahead.length && parts * perPart < 2 * total) {
    const bound = ahead[parts - 1];
    if (bound !== undefined) bounds.push(bound);
    parts *= widening;
  }
  return bounds;
}

function fencesOf<Row>(model: Model<Row>, field: keyof Row & string): Promise<Fences> {
  const known = samples.get(model.db) ?? new Map<string, Sample>();
  samples.set(model.db, known);
  const name = `${model.collection.name}.${field}`;
  const sample = known.get(name);
  if (sample !== undefined && sample.usesLeft > 0) {
    sample.usesLeft -= 1;
    return sample.fences;
  }
  const fences = takeSample(model, field);
  known.set(name, { fences, usesLeft: usesPerSample });
  fences.catch(() => known.delete(name));
  return fences;
}

async function takeSample<Row>(model: Model<Row>, field: keyof Row & string): Promise<Fences> {
  const [documents, rows] = await Promise.all([
    model.estimatedDocumentCount({ maxTimeMS: commandTimeMs }),
    model
      .aggregate<Record<string, Value>>([
        { $sample: { size: sampleSize } },
        { $project: { _id: 0, [field]: 1 } },
      ])
      .option({ maxTimeMS: commandTimeMs }),
  ]);
  const values = rows.flatMap((row) => row[field] ?? []);
  return { values: values.sort(compare), documents };
}

const compare = (one: Value, other: Value): number => (one < other ? -1 : one > other ? 1 : 0);
