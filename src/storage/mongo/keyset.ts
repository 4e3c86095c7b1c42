/** One page of a list, begun where the last one ended and not at a number of rows. */
import { trusted, type Model, type QueryFilter } from 'mongoose';
import { decodeCursor, InvalidCursorError, toPage, type Page, type PageRequest } from '../page.js';
import { guarded } from './mongo-errors.js';
import { boundsFor, sortsEverything } from './sort-fences.js';

/** What a list is sorted by; rows that share a value are sorted by `_id`. */
export interface Order<Row> {
  readonly field: keyof Row & string;
  readonly type: 'date' | 'string';
  readonly descending: boolean;
}

/** Of so few all are sorted in no time. */
const few = 2_000;

export function findPage<Row extends { _id: string }>(
  model: Model<Row>,
  filter: QueryFilter<Row>,
  order: Order<Row>,
  request: PageRequest,
): Promise<Page<Row>> {
  const { field } = order;
  const { limit, cursor } = request;
  return guarded(async () => {
    const name = `${model.modelName} by ${field} ${order.descending ? 'DESC' : 'ASC'}`;
    const start = cursor === undefined ? null : startOf(order, cursor, name);
    const [fetched, total] = await (sortsEverything(model.db)
      ? findNear(model, filter, order, start, limit)
      : Promise.all([
          findFrom(model, filter, order, start, limit),
          model.countDocuments(filter).exec(),
        ]));
    return toPage(fetched, limit, total, name, (row) => ({
      value: toScalar(row[field]),
      id: row._id,
    }));
  });
}

/** For a database that sorts all that it finds. */
async function findNear<Row extends { _id: string }>(
  model: Model<Row>,
  filter: QueryFilter<Row>,
  order: Order<Row>,
  start: Start | null,
  limit: number,
): Promise<[Row[], number]> {
  const { field, descending } = order;
  const total = await model.countDocuments(filter);
  if (total > few) {
    const wanted = { field, descending, start: start?.value ?? null, rows: limit + 1, total };
    for (const bound of await boundsFor(model, wanted)) {
      const near = { [field]: trusted({ [descending ? '$gte' : '$lte']: bound }) };
      const within = { $and: [filter, near] } as QueryFilter<Row>;
      const rows = await findFrom(model, within, order, start, limit, { [field]: 1, _id: 1 });
      if (rows.length > limit) return [rows, total];
    }
  }
  return [await findFrom(model, filter, order, start, limit), total];
}

function findFrom<Row extends { _id: string }>(
  model: Model<Row>,
  filter: QueryFilter<Row>,
  order: Order<Row>,
  start: Start | null,
  limit: number,
  index?: Record<string, 1>,
): Promise<Row[]> {
  const direction = order.descending ? -1 : 1;
  const rest = start === null ? filter : { $and: [filter, after(order, start)] };
  const query = model
    .find(rest as QueryFilter<Row>)
    .sort({ [order.field]: direction, _id: direction })
    .limit(limit + 1);
  return (index === undefined ? query : query.hint(index)).lean<Row[]>().exec();
}

interface Start {
  readonly value: Date | string;
  readonly id: string;
}

function startOf<Row>({ type }: Order<Row>, cursor: string, name: string): Start {
  const { value, id } = decodeCursor(cursor, name, type === 'date' ? 'number' : 'string');
  return { value: type === 'date' ? toDate(value) : String(value), id };
}

/** The bound on `field` alone is implied by the rest; it is what lets an index begin there. */
function after<Row>({ field, descending }: Order<Row>, start: Start): Record<string, unknown> {
  const { value, id } = start;
  const [beyond, from] = descending ? ['$lt', '$lte'] : ['$gt', '$gte'];
  return {
    [field]: trusted({ [from]: value }),
    $or: [{ [field]: trusted({ [beyond]: value }) }, { _id: trusted({ [beyond]: id }) }],
  };
}

/** A number that is no date could only be in a forged cursor. */
function toDate(value: string | number): Date {
  const date = new Date(value);
  if (Number.isNaN(date.getTime())) throw new InvalidCursorError();
  return date;
}

const toScalar = (value: unknown): string | number =>
  value instanceof Date ? value.getTime() : String(value);
