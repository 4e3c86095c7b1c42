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
  private readonly bound: SqliteValue[] = [];

  and(condition: string, ...values: readonly SqliteValue[]): this {
    this.conditions.push(condition);
    this.bound.push(...values);
    return this;
  }

  /** A filter that the caller left out lets everything through. */
  andIfSet(condition: string, value: SqliteValue | undefined): this {
    return value === undefined ? this : this.and(condition, value);
  }

  /** One of `alternatives` must hold; without any, everything goes through. */
  andOneOf(alternatives: readonly Sql[]): this {
    if (alternatives.length === 0) return this;
    const condition = alternatives.map(({ text }) => text).join(' OR ');
    return this.and(`(${condition})`, ...alternatives.flatMap(({ values }) => values));
  }

  get text(): string {
    return this.conditions.length === 0 ? '' : ` WHERE ${this.conditions.join(' AND ')}`;
  }

  get values(): readonly SqliteValue[] {
    return this.bound;
  }
}
