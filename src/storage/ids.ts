import { randomBytes } from 'node:crypto';

/** Makes identifiers for users, sessions, tokens and audit entries. A port, so that tests can count. */
export abstract class Ids {
  abstract next(): string;
}

/**
 * 24 characters of base64url from 18 random bytes (144 bits; ASVS 11.5.1 asks for 128, which a
 * UUIDv4 misses). Letters and digits only, so that an id pasted into a shell is never read as an
 * option. Ids are never used twice: a token for a deleted user must not fit a new one.
 */
export class RandomIds extends Ids {
  override next(): string {
    for (;;) {
      const id = randomBytes(18).toString('base64url');
      if (/^[A-Za-z0-9]+$/.test(id)) return id;
    }
  }
}
