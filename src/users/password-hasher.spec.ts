import { describe, expect, it } from '@jest/globals';
import { PasswordHasher } from './password-hasher.js';

describe('hashing passwords', () => {
  it('uses argon2id with the parameters of ASVS 5.0 appendix C', async () => {
    expect(await new PasswordHasher().hash('a long enough passphrase')).toMatch(
      /^\$argon2id\$v=19\$m=19456,(?:t=2,p=1|p=1,t=2)\$/,
    );
  });

  it('knows the right one, and only exactly that', async () => {
    const hasher = new PasswordHasher();
    const hash = await hasher.hash('A long enough passphrase');
    expect(await hasher.verify(hash, 'A long enough passphrase')).toBe(true);
    for (const other of ['a long enough passphrase', ' A long enough passphrase', '', 'A long']) {
      expect(await hasher.verify(hash, other)).toBe(false);
    }
  });

  it('knows nobody by no hash, with the same work', async () => {
    const hasher = new PasswordHasher();
    const hash = await hasher.hash('a long enough passphrase');
    const median = async (target: string | null): Promise<number> => {
      const times: number[] = [];
      for (let i = 0; i < 7; i++) {
        const start = performance.now();
        expect(await hasher.verify(target, 'wrong')).toBe(false);
        times.push(performance.now() - start);
      }
      return times.sort((a, b) => a - b)[3] ?? 0;
    };
    await median(null);
    const [known, unknown] = [await median(hash), await median(null)];
    // An invalid dummy hash would answer in half a millisecond; a factor of three is far from that.
    expect(unknown).toBeGreaterThan(known / 3);
  });

  it('sheds with 503 and Retry-After what would wait too long, and goes on afterwards', async () => {
    const hasher = new PasswordHasher({ timeCost: 2 });
    const results = await Promise.allSettled(
      Array.from({ length: 60 }, () => hasher.verify(null, 'x')),
    );
    const shed = results.filter((result) => result.status === 'rejected');
    expect(shed).toHaveLength(60 - 2 - 32);
    expect(shed[0]?.reason).toMatchObject({ code: 'unavailable', headers: { 'retry-after': '1' } });
    expect(await hasher.verify(null, 'x')).toBe(false);
  });

  it('sees hashes with weaker parameters', async () => {
    const weak = await new PasswordHasher({ timeCost: 2, memoryCost: 12_288 as never }).hash('x');
    expect(new PasswordHasher().isOutdated(weak)).toBe(true);
    expect(new PasswordHasher().isOutdated(await new PasswordHasher().hash('x'))).toBe(false);
  });
});
