import { Inject, Injectable } from '@nestjs/common';
import { createHmac, hkdfSync, type BinaryLike } from 'node:crypto';
import { Environment } from '../../config/environment.js';

/**
 * Under which key something is counted, the same on every node. Redis learns no e-mail address, no
 * account and no network address from it. Without `KEYS_SECRET` the key can be found out by whoever
 * tries all addresses he can think of, as with any plain hash.
 */
@Injectable()
export class AttemptKeys {
  private readonly secret: BinaryLike;

  constructor(@Inject(Environment) { keysSecret, issuerUrl }: Environment) {
    // The issuer keeps two servers apart that share a Redis.
    const secret = hkdfSync('sha256', keysSecret ?? '', issuerUrl, 'portcullis attempts', 32);
    this.secret = Buffer.from(secret);
  }

  /** Of the parts in their order; as JSON, so that no two lists of parts are written alike. */
  of(...parts: readonly string[]): string {
    return createHmac('sha256', this.secret).update(JSON.stringify(parts)).digest('base64url');
  }
}
