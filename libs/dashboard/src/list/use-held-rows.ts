// Rows that stay where they are while the pointer is over them: what changed in them is shown, but
// nothing comes, goes or moves under a finger that is about to press.
import { useRef } from 'react';

export function useHeldRows<Row>(
  rows: readonly Row[],
  idOf: (row: Row) => string,
  isHeld: boolean,
): readonly Row[] {
  const held = useRef<readonly Row[]>(rows);
  const shown = isHeld ? inOrderOf(held.current, rows, idOf) : rows;
  held.current = shown;
  return shown;
}

/** The old rows in their places, each as it is now. Rows of quite another list replace them. */
export function inOrderOf<Row>(
  old: readonly Row[],
  fresh: readonly Row[],
  idOf: (row: Row) => string,
): readonly Row[] {
  const byId = new Map(fresh.map((row) => [idOf(row), row]));
  const isSameList = old.some((row) => byId.has(idOf(row)));
  return isSameList ? old.map((row) => byId.get(idOf(row)) ?? row) : fresh;
}
