import {
  Inject,
  Injectable,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import {
  Clock,
  RevocationNode,
  Revoker,
  UnavailableError,
  type Revocation,
  type RevocationScope,
  type RevokingChange,
} from '@portcullis/auth';
import { Ids } from '../../storage/ids.js';
import { StorageUnavailableError } from '../../storage/storage.errors.js';
import { KeysService } from '../keys/keys.service.js';

export interface RevocationRequest {
  readonly scope: RevocationScope;
  readonly reason: string;
}

/**
 * The one way by which anything is revoked on this server, and this server's membership among the nodes
 * that refuse it.
 */
@Injectable()
export class RevocationService implements OnApplicationBootstrap, BeforeApplicationShutdown {
  constructor(
    @Inject(Revoker) private readonly revoker: Revoker,
    @Inject(RevocationNode) private readonly node: RevocationNode,
    @Inject(KeysService) private readonly keys: KeysService,
    @Inject(Ids) private readonly ids: Ids,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** This process, as the answers of revokes name it. */
  get nodeId(): string {
    return this.node.id;
  }

  async onApplicationBootstrap(): Promise<void> {
    this.node.state.listen({
      // A login right after a key's revoke must not be signed with it.
      applied: ({ subject }) => {
        if (subject.startsWith('k:')) this.keys.doubt(subject.slice(2));
      },
      missed: () => this.keys.refresh(),
    });
    await this.node.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.node.stop();
  }

  /**
   * Answers when no node accepts an earlier token.
   * @param afterCommit bookkeeping that nothing waits for but the answer: done beside the wait for nodes.
   *   It is given the version that the change was raised to.
   * @throws ProblemException `unavailable`, with what was and was not done. Success is never answered
   *   before it is true (fosite CVE-2020-15223).
   */
  async revoke<Result>(
    request: RevocationRequest,
    change: RevokingChange<Result>,
    afterCommit?: (result: Result, version: number) => Promise<unknown>,
  ): Promise<{ result: Result; revocation: Revocation }> {
    const { results, revocation } = await this.revokeAll(request, [change], afterCommit);
    const [outcome] = results;
    if (outcome?.status !== 'fulfilled') throw outcome?.reason;
    return { result: outcome.value, revocation };
  }

  /** Several subjects under one revocation; each succeeds or fails by itself. */
  async revokeAll<Result>(
    { scope, reason }: RevocationRequest,
    changes: readonly RevokingChange<Result>[],
    afterCommit: (result: Result, version: number) => Promise<unknown> = () => Promise.resolve(),
  ): Promise<{ results: readonly PromiseSettledResult<Result>[]; revocation: Revocation }> {
    const bookkeeping: Promise<unknown>[] = [];
    // What fails here takes nothing back. Caught at once: a rejection that nobody looks at until the nodes
    // have answered would end the process.
    const keepBooks = (result: Result, version: number): void => {
      bookkeeping.push(afterCommit(result, version).catch(() => undefined));
    };
    const committing = changes.map((change) => confirmed(change, keepBooks));
    const { results, nodes, durationMs } = await this.revoker.revoke(committing);
    await Promise.all(bookkeeping);
    const effectiveAt = new Date(this.clock.now());
    const id = this.ids.next();
    return { results, revocation: { id, scope, reason, effectiveAt, durationMs, nodes } };
  }
}

/** A commit that the database did not confirm may have happened. */
function confirmed<Result>(
  change: RevokingChange<Result>,
  onCommit: (result: Result, version: number) => void,
): RevokingChange<Result> {
  return {
    ...change,
    commit: async (condition) => {
      try {
        const result = await change.commit(condition);
        if (result !== null) onCommit(result, condition.version + 1);
        return result;
      } catch (error) {
        if (!(error instanceof StorageUnavailableError)) throw error;
        throw new UnavailableError(
          'The revoke could not be confirmed: it is not known whether it was done. It is safe to repeat.',
          error,
        );
      }
    },
  };
}
