import { Inject, Injectable } from '@nestjs/common';
import type { Revocation } from '@portcullis/auth';
import { ApplicationsService } from '../../applications/applications.service.js';
import { KeysService } from '../../tokens/keys/keys.service.js';
import type { SigningKey } from '../../tokens/keys/signing-key.js';
import { RevocationService } from '../../tokens/revocation/revocation.service.js';
import { OperatorLog } from '../operator-log.js';
import type { Operator } from '../operator.js';
import { keyNotFound, keyRevoked } from './admin-keys.errors.js';

/** Clocks of services that check tokens may be behind by so much. */
const overlapMarginSeconds = 60;

/** The issuer's signing keys: looked at, rotated, revoked. */
@Injectable()
export class AdminKeysService {
  constructor(
    @Inject(KeysService) private readonly keys: KeysService,
    @Inject(ApplicationsService) private readonly applications: ApplicationsService,
    @Inject(RevocationService) private readonly revocations: RevocationService,
    @Inject(OperatorLog) private readonly log: OperatorLog,
  ) {}

  /** Newest first. */
  list(): Promise<readonly SigningKey[]> {
    return this.keys.list();
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
