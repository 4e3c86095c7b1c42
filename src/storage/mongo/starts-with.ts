import { trusted } from 'mongoose';

/**
 * Matches a field that begins with `text` literally, by an index. Everything but letters, digits and what
 * cannot be an operator is escaped: `.*` from outside would match everybody, `(a+)+$` would never return.
 */
export function startsWith(text: string): { $regex: string } {
  const literal = text.replace(/[\\^$.*+?()[\]{}|/#-]/g, '\\$&').replaceAll('\0', '\\x00');
  return trusted({ $regex: `^${literal}` });
}
