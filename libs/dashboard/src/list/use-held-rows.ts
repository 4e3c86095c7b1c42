// Rows that stay where they are while the pointer is over them: what changed in them is shown, but
// nothing comes, goes or moves under a finger that is about to press.
import { useRef } from 'react';

export interface Rows<Row> {
  readonly rows: readonly Row[];
  /** What was asked for; null before the first answer. */
  readonly question: string | null;
}

export interface Arrived<Row> extends Rows<Row> {
  /** The answer is on its way: these are still the rows of the question before. */
  readonly isStale: boolean;
}

export function useHeldRows<Row>(
  arrived: Arrived<Row>,
  idOf: (row: Row) => string,
  isHeld: boolean,
): readonly Row[] {
  const shown = useRef<Rows<Row>>({ rows: [], question: null });
  shown.current = nextRows(shown.current, arrived, idOf, isHeld);
  return shown.current.rows;
}

/** Held are the rows of one question: whoever asks for others (a search, an order, Back) sees the others. */
export function nextRows<Row>(
  shown: Rows<Row>,
  { rows, isStale, ...arrived }: Arrived<Row>,
  idOf: (row: Row) => string,
  isHeld: boolean,
): Rows<Row> {
  const question = isStale ? shown.question : arrived.question;
  const isSame = question === shown.question;
  return { rows: isHeld && isSame ? inOrderOf(shown.rows, rows, idOf) : rows, question };
}

/** The old rows in their places, each as it is now. Rows of quite another list replace them. */
function inOrderOf<Row>(
  old: readonly Row[],
  fresh: readonly Row[],
  idOf: (row: Row) => string,
): readonly Row[] {
  const byId = new Map(fresh.map((row) => [idOf(row), row]));
  const isSameList = old.some((row) => byId.has(idOf(row)));
  return isSameList ? old.map((row) => byId.get(idOf(row)) ?? row) : fresh;
}
