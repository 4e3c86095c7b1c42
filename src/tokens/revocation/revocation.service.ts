import { Inject, Injectable } from '@nestjs/common';
import {
  Clock,
  ProblemException,
  UnavailableError,
  type Revocation,
  type RevocationScope,
} from '@portcullis/auth';
import { Ids } from '../../storage/ids.js';
import { StorageUnavailableError } from '../../storage/storage.errors.js';
import { ServerTokenVersions } from './server-token-versions.js';
import type { Subject } from './subject.js';

/** One subject to revoke, and the write that does it. */
export interface RevokingChange<Result> {
  readonly subject: Subject;
  /** The subject's version now; throws `not_found` where there is nothing to revoke. */
  readonly readVersion: () => Promise<number>;
  /**
   * Raises the version from exactly `version` by one, with whatever else changes, in one confirmed
   * write. Null when the version was another: somebody else was first.
   */
  readonly commit: (version: number) => Promise<Result | null>;
}

export interface RevocationRequest {
  readonly scope: RevocationScope;
  readonly reason: string;
}

const maxAttempts = 5;

/**
 * The one way by which anything is revoked. Answers only when the change is confirmed in the database
 * and this node refuses every earlier token; other nodes read the database at every check.
 */
@Injectable()
export class RevocationService {
  /** This process, as the answers of revokes name it. */
  readonly nodeId: string;

  constructor(
    @Inject(ServerTokenVersions) private readonly versions: ServerTokenVersions,
    @Inject(Ids) private readonly ids: Ids,
    @Inject(Clock) private readonly clock: Clock,
  ) {
    this.nodeId = ids.next();
  }

  /**
   * @throws ProblemException `unavailable` when the commit could not be confirmed: it is safe to repeat.
   *   Success is never answered before it is true (fosite CVE-2020-15223).
   */
  async revoke<Result>(
    request: RevocationRequest,
    change: RevokingChange<Result>,
  ): Promise<{ result: Result; revocation: Revocation }> {
    const { results, revocation } = await this.revokeAll(request, [change]);
    const [outcome] = results;
    if (outcome?.status !== 'fulfilled') throw outcome?.reason;
    return { result: outcome.value, revocation };
  }

  /** Several subjects under one revocation; each succeeds or fails by itself. */
  async revokeAll<Result>(
    request: RevocationRequest,
    changes: readonly RevokingChange<Result>[],
  ): Promise<{ results: PromiseSettledResult<Result>[]; revocation: Revocation }> {
    const startedAt = performance.now();
    const results = await Promise.allSettled(changes.map((change) => this.commit(change)));
    const durationMs = Math.round((performance.now() - startedAt) * 1000) / 1000;
    const revocation: Revocation = {
      id: this.ids.next(),
      scope: request.scope,
      reason: request.reason,
      effectiveAt: new Date(this.clock.now()),
      durationMs,
      nodes: [{ id: this.nodeId, kind: 'server', acknowledgedAfterMs: durationMs }],
    };
    return { results, revocation };
  }

  private async commit<Result>(change: RevokingChange<Result>): Promise<Result> {
    for (let attempt = 0; attempt < maxAttempts; attempt++) {
      const version = await change.readVersion();
      const result = await this.confirm(change, version);
      if (result !== null) {
        this.versions.raise(change.subject, version + 1);
        return result;
      }
    }
    throw new ProblemException(
      'unavailable',
      'The revoke lost to others every time; nothing was changed.',
      {
        headers: { 'retry-after': '1' },
      },
    );
  }

  private async confirm<Result>(
    change: RevokingChange<Result>,
    version: number,
  ): Promise<Result | null> {
    try {
      return await change.commit(version);
    } catch (error) {
      if (!(error instanceof StorageUnavailableError)) throw error;
      throw new UnavailableError(
        'The revoke could not be confirmed: it is not known whether it was done. It is safe to repeat.',
        error,
      );
    }
  }
}
