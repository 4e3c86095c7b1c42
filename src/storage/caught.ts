/** What was caught, by its members: an error of Node or of a driver may be of another realm's class. */

/** `ENOENT` and the like. */
export const codeOf = (caught: unknown): unknown => member(caught, 'code');

export function messageOf(caught: unknown): string {
  const message = member(caught, 'message');
  return typeof message === 'string' ? message : String(caught);
}

export function member(caught: unknown, name: string): unknown {
  const isObject = typeof caught === 'object' && caught !== null;
  return isObject ? (caught as Readonly<Record<string, unknown>>)[name] : undefined;
}
