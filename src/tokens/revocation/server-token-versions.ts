import { Inject, Injectable } from '@nestjs/common';
import {
  TokenVersions,
  UnavailableError,
  type CheckedToken,
  type TokenVerdict,
} from '@portcullis/auth';
import { LRUCache } from 'lru-cache';
import { Environment } from '../../config/environment.js';
import { Database } from '../../storage/database.js';
import { SubjectVersions } from './subject-versions.js';
import { subjectsOf, type Subject } from './subject.js';

const maxSubjects = 200_000;

/**
 * Compares a token with its five subjects. The embedded server is the only writer of its database, so
 * there versions are kept in memory and a warm check is synchronous; nodes that share MongoDB read the
 * database at every check, and so does `REVOCATION_CACHE=off`.
 */
@Injectable()
export class ServerTokenVersions extends TokenVersions {
  private readonly versions: LRUCache<Subject, number> | null;

  constructor(
    @Inject(SubjectVersions) private readonly source: SubjectVersions,
    @Inject(Environment) environment: Environment,
    @Inject(Database) database: Database,
  ) {
    super();
    const isOnlyNode = database.engine === 'sqlite' && environment.revocationCache;
    this.versions = isOnlyNode ? new LRUCache({ max: maxSubjects }) : null;
  }

  override check(token: CheckedToken): TokenVerdict | Promise<TokenVerdict> {
    const subjects = subjectsOf(token.claims, token.kid);
    for (const [subject, named] of subjects) {
      const current = this.versions?.get(subject);
      // Newer than what is remembered (an application whose id was taken again): asked, not refused.
      if (current === undefined || current < named) return this.readAll(subjects);
      if (current !== named) return refusalOf(subject);
    }
    return 'current';
  }

  /** After the commit of a revoke: no older version is believed here from now on. */
  raise(subject: Subject, version: number): void {
    if (this.versions) this.learn(subject, version);
  }

  private async readAll(subjects: readonly [Subject, number][]): Promise<TokenVerdict> {
    let refusal: TokenVerdict | undefined;
    try {
      await Promise.all(
        subjects.map(async ([subject, named]) => {
          const read = await this.source.read(subject);
          // One that does not exist is refused and not remembered.
          const current = read === null ? null : this.learn(subject, read);
          if (current !== named && refusal !== 'token_revoked') refusal = refusalOf(subject);
        }),
      );
    } catch (error) {
      throw new UnavailableError('It cannot be known now whether the token still holds.', error);
    }
    return refusal ?? 'current';
  }

  /** Versions only grow: a read that began before a revoke must not undo what the revoke taught. */
  private learn(subject: Subject, version: number): number {
    if (!this.versions) return version;
    const current = Math.max(this.versions.get(subject) ?? 0, version);
    this.versions.set(subject, current);
    return current;
  }
}

function refusalOf(subject: Subject): TokenVerdict {
  return subject.startsWith('s:') ? 'session_revoked' : 'token_revoked';
}
