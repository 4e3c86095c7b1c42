/** What goes into a statement and what comes out of one. */

export type SqliteValue = string | number | boolean | Date | null;

/**
 * As the driver takes it. It ends the whole process when it is given a boolean or an object, and cuts
 * a text at its first NUL when it reads it back; so neither ever gets there. A NUL becomes what the
 * driver makes of a lone surrogate: U+FFFD, "cannot be represented".
 */
export function toBound(value: SqliteValue): string | number | null {
  if (value === null) return null;
  if (typeof value === 'string') return value.replaceAll('\0', '\uFFFD');
  if (typeof value === 'boolean') return value ? 1 : 0;
  const number = value instanceof Date ? value.getTime() : value;
  if (typeof number !== 'number' || !Number.isFinite(number)) {
    throw new TypeError(`a ${typeof number} cannot be stored`);
  }
  return number;
}

/** One row, read column by column as the type it must have. */
export class SqliteRow {
  constructor(private readonly columns: Readonly<Record<string, unknown>>) {}

  text(column: string): string {
    const value = this.columns[column];
    if (typeof value !== 'string') throw unexpected(column, 'a text');
    return value;
  }

  number(column: string): number {
    const value = this.columns[column];
    if (typeof value !== 'number') throw unexpected(column, 'a number');
    return value;
  }

  boolean(column: string): boolean {
    return this.number(column) === 1;
  }

  date(column: string): Date {
    return new Date(this.number(column));
  }

  textOrNull(column: string): string | null {
    return this.columns[column] === null ? null : this.text(column);
  }

  numberOrNull(column: string): number | null {
    return this.columns[column] === null ? null : this.number(column);
  }

  /** What `JSON.stringify` made of it. */
  jsonOrNull(column: string): unknown {
    const text = this.textOrNull(column);
    return text === null ? null : JSON.parse(text);
  }

  texts(column: string): readonly string[] {
    const value = this.jsonOrNull(column);
    const isText = (item: unknown): item is string => typeof item === 'string';
    if (!Array.isArray(value) || !value.every(isText)) throw unexpected(column, 'a list of texts');
    return value;
  }
}

const unexpected = (column: string, type: string): TypeError =>
  new TypeError(`column ${column} is not ${type}`);
