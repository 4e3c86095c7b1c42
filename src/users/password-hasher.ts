import { argon2id, hash, needsRehash, verify } from 'argon2';
import { randomBytes } from 'node:crypto';
import { tooManyHashes } from './users.errors.js';

/** OWASP and ASVS 5.0 appendix C: argon2id with 19 MiB, two passes, one lane. */
const parameters = { type: argon2id, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/** Half of libuv's four threads: file and DNS work must go on during a login flood. */
const maxRunning = 2;
/** About half a second of work; whoever comes after that is told to come back. */
const maxWaiting = 32;

/** argon2id behind a bounded queue. */
export class PasswordHasher {
  private running = 0;
  private readonly waiting: (() => void)[] = [];
  private readonly dummyHash: Promise<string>;

  constructor(private readonly options: Partial<typeof parameters> & { timeCost?: number } = {}) {
    this.dummyHash = hash(randomBytes(16), { ...parameters, ...this.options });
    // Reported where it is used; a start without argon2 must not crash on an unhandled rejection.
    this.dummyHash.catch(() => undefined);
  }

  /** @throws ProblemException `unavailable` when the queue is full. */
  hash(password: string): Promise<string> {
    return this.bounded(() => hash(password, { ...parameters, ...this.options }));
  }

  /**
   * Whether `password` belongs to `passwordHash`. With null (no such user) the same work is done on a
   * dummy hash with the live parameters, so that time does not tell which addresses have an account.
   */
  verify(passwordHash: string | null, password: string): Promise<boolean> {
    return this.bounded(async () => {
      const matches = await verify(passwordHash ?? (await this.dummyHash), password);
      return matches && passwordHash !== null;
    });
  }

  /** Whether a hash was made with weaker parameters than today's. */
  isOutdated(passwordHash: string): boolean {
    return needsRehash(passwordHash, { ...parameters, ...this.options });
  }

  /** The permit is held until argon2 itself is done: freed on disconnect it would bound nothing. */
  private async bounded<T>(work: () => Promise<T>): Promise<T> {
    if (this.running >= maxRunning) {
      if (this.waiting.length >= maxWaiting) throw tooManyHashes();
      await new Promise<void>((resolve) => this.waiting.push(resolve));
    } else {
      this.running++;
    }
    try {
      return await work();
    } finally {
      const next = this.waiting.shift();
      if (next) next();
      else this.running--;
    }
  }
}
