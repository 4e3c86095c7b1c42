import { Inject, Injectable } from '@nestjs/common';
import type { Revocation } from '@portcullis/auth';
import { ApplicationsService } from '../../applications/applications.service.js';
import { KeysService } from '../../tokens/keys/keys.service.js';
import type { SigningKey } from '../../tokens/keys/signing-key.js';
import { RevocationService } from '../../tokens/revocation/revocation.service.js';
import { SessionsService } from '../../tokens/sessions/sessions.service.js';
import { OperatorLog } from '../operator-log.js';
import type { Operator } from '../operator.js';
import { keyNotFound, keyRevoked } from './admin-keys.errors.js';

/** Clocks of services that check tokens may be behind by so much. */
const overlapMarginSeconds = 60;

export interface ListedKey {
  readonly key: SigningKey;
  readonly liveSessions: number;
}

/** The issuer's signing keys: looked at, rotated, revoked. */
@Injectable()
export class AdminKeysService {
  constructor(
    @Inject(KeysService) private readonly keys: KeysService,
    @Inject(ApplicationsService) private readonly applications: ApplicationsService,
    @Inject(SessionsService) private readonly sessions: SessionsService,
    @Inject(RevocationService) private readonly revocations: RevocationService,
    @Inject(OperatorLog) private readonly log: OperatorLog,
  ) {}

  /** Newest first. */
  list(): Promise<readonly SigningKey[]> {
    return this.keys.list();
  }

  /** With how many sessions would end with each. */
  async listWithSessions(): Promise<readonly ListedKey[]> {
    const keys = await this.keys.list();
    return Promise.all(
      keys.map(async (key) => ({ key, liveSessions: await this.countSignedBy(key) })),
    );
  }

  /** The sessions that would end. @throws ProblemException `not_found`, `conflict` when it was revoked. */
  async countLive(kid: string): Promise<number> {
    await this.readVersion(kid);
    const key = (await this.keys.list()).find((one) => one.kid === kid);
    return key === undefined ? 0 : this.countSignedBy(key);
  }

  /**
   * Live sessions whose newest token is of this key, going by when they were last seen: which key signed
   * what is kept nowhere. Who was seen within `refreshAfter` of a rotation may be counted with the other.
   */
  private async countSignedBy({ activatedAt, retiredAt, revokedAt }: SigningKey): Promise<number> {
    if (activatedAt === null || revokedAt !== null) return 0;
    return this.sessions.countLive({
      seenFrom: activatedAt,
      ...(retiredAt !== null && { seenBefore: retiredAt }),
    });
  }

  /** The next key signs from now on; the one before stays published until its last token has expired. */
  async rotate(operator: Operator, reason?: string): Promise<readonly SigningKey[]> {
    await this.log.record(operator, { action: 'key.rotate', reason }, async () => {
      const before = this.keys.current.kid;
      const applications = await this.applications.list();
      const longest = Math.max(0, ...applications.map(({ policy }) => policy.accessTokenTtl));
      await this.keys.rotate(longest + overlapMarginSeconds);
      const after = this.keys.current.kid;
      return {
        target: { type: 'key', id: after } as const,
        changes: { current: [before, after] as const },
      };
    });
    return this.keys.list();
  }

  /**
   * Every token that this key signed is refused from now on.
   * @throws ProblemException `not_found`, `conflict` when it was revoked already.
   */
  async revoke(operator: Operator, kid: string, reason?: string): Promise<Revocation> {
    const action = { action: 'key.revoke', target: { type: 'key', id: kid }, reason } as const;
    const { revocation } = await this.log.record(operator, action, () =>
      this.revocations.revoke(
        { scope: 'key', reason: reason ?? 'key_revoked' },
        {
          subject: `k:${kid}`,
          readVersion: () => this.readVersion(kid),
          commit: async (condition) => (await this.keys.revoke(kid, condition)) || null,
        },
      ),
    );
    return revocation;
  }

  private async readVersion(kid: string): Promise<number> {
    const version = await this.keys.readVersion(kid);
    if (version === null) throw keyNotFound();
    if (version !== 1) throw keyRevoked();
    return version;
  }
}
