import { Inject, Injectable } from '@nestjs/common';
import { SharedCache } from '@portcullis/auth';
import { Environment } from '../config/environment.js';
import { AttemptCounters } from './counters/attempt-counters.js';
import { AttemptKeys } from './counters/attempt-keys.js';
import { accountLimit, clientLimit, knownAddressLimit, knownAddressMs } from './limits.js';
import { rateLimited } from './throttle.errors.js';

/** An attempt that was let through; it counts as failed until it is said to have succeeded. */
export interface Attempt {
  succeeded(): void;
}

const uncounted: Attempt = { succeeded: () => undefined };

/**
 * Bounds how often the password of one account may be guessed, from wherever. An address that the
 * account was signed in from lately is counted apart: whoever fails ten times on purpose elsewhere does
 * not lock the user out of the place he works at.
 */
@Injectable()
export class LoginAttempts {
  constructor(
    @Inject(AttemptCounters) private readonly counters: AttemptCounters,
    @Inject(AttemptKeys) private readonly keys: AttemptKeys,
    @Inject(SharedCache) private readonly cache: SharedCache,
    @Inject(Environment) private readonly environment: Environment,
  ) {}

  /**
   * Counted before the password is looked at, so that a thousand at once are not all let through; and
   * alike for accounts that do not exist.
   * @param account how it is named in the request: an e-mail address's key, or a user's id.
   * @throws ProblemException `rate_limited`
   */
  async begin(account: string, address: string): Promise<Attempt> {
    if (!this.environment.throttle) return uncounted;
    const known = this.keys.of('known', account, address);
    const isKnown = (await this.cache.get<boolean>(known)) === true;
    const key = isKnown
      ? this.keys.of('account', account, address)
      : this.keys.of('account', account);
    const { isGranted, restMs } = await this.counters.take(
      key,
      isKnown ? knownAddressLimit : accountLimit,
    );
    if (!isGranted) throw rateLimited(restMs);
    return {
      succeeded: () => {
        this.counters.giveBack(key);
        this.cache.set(known, true, knownAddressMs);
      },
    };
  }

  /**
   * A wrong secret of an application. Right ones are never counted: a service asks a thousand times a
   * second, and a secret of 256 bits is not guessed.
   * @throws ProblemException `rate_limited` when there were too many.
   */
  async clientFailed(clientId: string, address: string): Promise<void> {
    if (!this.environment.throttle) return;
    const key = this.keys.of('client', clientId, address);
    const { isGranted, restMs } = await this.counters.take(key, clientLimit);
    if (!isGranted) throw rateLimited(restMs);
  }
}
