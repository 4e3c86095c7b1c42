/** One page of a list, begun where the last one ended and not at a number of rows. */
import { trusted, type Model, type QueryFilter } from 'mongoose';
import { decodeCursor, InvalidCursorError, toPage, type Page, type PageRequest } from '../page.js';
import { guarded } from './mongo-errors.js';

/** What a list is sorted by; rows that share a value are sorted by `_id`. */
export interface Order<Row> {
  readonly field: keyof Row & string;
  readonly type: 'date' | 'string';
  readonly descending: boolean;
}

export function findPage<Row extends { _id: string }>(
  model: Model<Row>,
  filter: QueryFilter<Row>,
  order: Order<Row>,
  { cursor, limit }: PageRequest,
): Promise<Page<Row>> {
  const { field, descending } = order;
  const direction = descending ? -1 : 1;
  return guarded(async () => {
    const rest = cursor === undefined ? filter : { $and: [filter, after(order, cursor)] };
    const [fetched, total] = await Promise.all([
      model
        .find(rest as QueryFilter<Row>)
        .sort({ [field]: direction, _id: direction })
        .limit(limit + 1)
        .lean<Row[]>(),
      model.countDocuments(filter),
    ]);
    return toPage(fetched, limit, total, (row) => ({ value: toScalar(row[field]), id: row._id }));
  });
}

/** The bound on `field` alone is implied by the rest; it is what lets an index begin there. */
function after<Row>(order: Order<Row>, cursor: string): Record<string, unknown> {
  const { field, type, descending } = order;
  const position = decodeCursor(cursor, type === 'date' ? 'number' : 'string');
  const value = type === 'date' ? toDate(position.value) : position.value;
  const [beyond, from] = descending ? ['$lt', '$lte'] : ['$gt', '$gte'];
  return {
    [field]: trusted({ [from]: value }),
    $or: [{ [field]: trusted({ [beyond]: value }) }, { _id: trusted({ [beyond]: position.id }) }],
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
