import { Strategy, type VerifiedCallback } from 'passport-jwt';
import type { CompactJws } from './compact-jws.js';
import type { VerificationKeys } from './verification-keys.js';

interface StrategyRequest {
  readonly jws: CompactJws;
}

/**
 * passport-jwt, set so that nothing is inferred from the token: ES256 only, the key from our own set by
 * `kid`, issuer and audience exact. Times are judged outside, by the clock that was passed in.
 *
 * It is run by hand and not registered with `passport`, whose registry of names is one per process:
 * two applications in one process would check each other's tokens with the wrong keys.
 */
export class JwtStrategy extends Strategy {
  constructor(keys: VerificationKeys, issuer: string, audience: string) {
    super(
      {
        jwtFromRequest: (request: unknown) => (request as StrategyRequest).jws.token,
        secretOrKeyProvider: (request: unknown, _token: string, done) => {
          const { kid } = (request as StrategyRequest).jws;
          void findKey(keys, kid, done as KeyCallback);
        },
        algorithms: ['ES256'],
        issuer,
        audience,
        ignoreExpiration: true,
      },
      (payload: object, done: VerifiedCallback) => {
        done(null, payload);
      },
    );
  }

  /**
   * Whether the signature, issuer and audience hold.
   * @throws what the key source throws when the key cannot be known now.
   */
  verify(jws: CompactJws): Promise<boolean> {
    return new Promise((resolve, reject) => {
      const attempt = Object.create(this) as this;
      attempt.success = () => {
        resolve(true);
      };
      attempt.error = reject;
      attempt.fail = (challenge?: unknown) => {
        // passport-jwt reports a key that could not be had as a failed login; an outage is not that.
        if (challenge instanceof KeyLookupError) reject(challenge.failure);
        else resolve(false);
      };
      attempt.authenticate({ jws } as never, {});
    });
  }
}

type KeyCallback = (error: unknown, key?: unknown) => void;

class KeyLookupError extends Error {
  constructor(readonly failure: Error) {
    super('the key could not be looked up');
  }
}

async function findKey(keys: VerificationKeys, kid: string, done: KeyCallback): Promise<void> {
  let key;
  try {
    key = await keys.find(kid);
  } catch (error) {
    done(new KeyLookupError(error instanceof Error ? error : new Error(String(error))));
    return;
  }
  if (key === null) done(new Error('unknown key'));
  else done(null, key);
}
