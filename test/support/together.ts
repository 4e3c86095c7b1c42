/** Runs all at the same moment, and tells how many ended how. */
export async function together<T>(
  attempts: readonly (() => Promise<T>)[],
): Promise<{ values: T[]; errors: unknown[] }> {
  const settled = await Promise.allSettled(attempts.map((attempt) => attempt()));
  const values: T[] = [];
  const errors: unknown[] = [];
  for (const result of settled) {
    if (result.status === 'fulfilled') values.push(result.value);
    else errors.push(result.reason);
  }
  return { values, errors };
}

export const repeat = <T>(times: number, make: (index: number) => T): T[] =>
  Array.from({ length: times }, (_, index) => make(index));
