/** Pieces of SQL. Their texts come from the code alone; what comes from outside is bound. */
import type { SqliteValue } from './row.js';

export interface Sql {
  readonly text: string;
  readonly values: readonly SqliteValue[];
}

/** Columns and what they are set to; those that are `undefined` are left as they are. */
export type Columns = Readonly<Record<string, SqliteValue | undefined>>;

export function insertInto(table: string, columns: Columns): Sql {
  const entries = set(columns);
  const names = entries.map(([name]) => name).join(', ');
  const marks = entries.map(() => '?').join(', ');
  return {
    text: `INSERT INTO ${table} (${names}) VALUES (${marks})`,
    values: entries.map(([, value]) => value),
  };
}

export function assignments(columns: Columns): Sql {
  const entries = set(columns);
  return {
    text: entries.map(([name]) => `${name} = ?`).join(', '),
    values: entries.map(([, value]) => value),
  };
}

const set = (columns: Columns): [string, SqliteValue][] =>
  Object.entries(columns).filter((entry): entry is [string, SqliteValue] => entry[1] !== undefined);

/** Conditions of a SELECT, with the values that are bound to their question marks. */
export class Where {
  private readonly conditions: string[] = [];
  private readonly alongTheOrder: string[] = [];
  private readonly bound: SqliteValue[] = [];

  and(condition: string, ...values: readonly SqliteValue[]): this {
    return this.andEither({ condition, walking: condition }, ...values);
  }

  /** A filter that the caller left out lets everything through. */
  andIfSet(condition: string, value: SqliteValue | undefined): this {
    return value === undefined ? this : this.and(condition, value);
  }

  /**
   * The same condition in two spellings: one that an index may begin with, and one that asks it of each
   * row that is met. Without statistics SQLite cannot tell which is better.
   */
  andEither(
    { condition, walking }: { readonly condition: string; readonly walking: string },
    ...values: readonly SqliteValue[]
  ): this {
    this.conditions.push(condition);
    this.alongTheOrder.push(walking);
    this.bound.push(...values);
    return this;
  }

  get text(): string {
    return toText(this.conditions);
  }

  /** For whoever walks along an order until there is enough. */
  get walking(): string {
    return toText(this.alongTheOrder);
  }

  get values(): readonly SqliteValue[] {
    return this.bound;
  }
}

const toText = (conditions: readonly string[]): string =>
  conditions.length === 0 ? '' : ` WHERE ${conditions.join(' AND ')}`;
