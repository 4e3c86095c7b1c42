/** An error and what caused it, as text for the log: stacks, and none of the properties that errors carry. */

const maxCauses = 5;

/**
 * Drivers hang whole commands on their errors (documents, connection strings), and loggers copy every
 * property they find; so only the stack is taken.
 */
export function describeError(error: unknown): string {
  const parts: string[] = [];
  let current = error;
  while (current !== undefined && parts.length < maxCauses) {
    parts.push(current instanceof Error ? (current.stack ?? String(current)) : typeof current);
    current = current instanceof Error ? current.cause : undefined;
  }
  return parts.join('\ncaused by ');
}
