import { SecondLevel, type StoredVersion } from '../revocation/check/second-level.js';
import { isCount, type Unknown } from '../revocation/messages.js';
import type { Subject } from '../revocation/subject.js';
import type { SharedCache } from './shared-cache.js';

const lifeMs = 300_000;

/** The second level in Redis. What comes back is read like anything from outside: it may be anything. */
export class RedisSecondLevel extends SecondLevel {
  constructor(private readonly cache: SharedCache) {
    super();
  }

  override async get(log: string, subject: Subject): Promise<StoredVersion | null> {
    return readStored(await this.cache.get<unknown>(`${log}:${subject}`));
  }

  override set(log: string, subject: Subject, version: StoredVersion): void {
    this.cache.set(`${log}:${subject}`, version, lifeMs);
  }
}

function readStored(value: unknown): StoredVersion | null {
  const { version, status, number, at } = (value ?? {}) as Unknown<StoredVersion>;
  const isRecord =
    isCount(version) && typeof status === 'string' && isCount(number) && Number.isFinite(at);
  return isRecord ? { version, status, number, at: at as number } : null;
}
