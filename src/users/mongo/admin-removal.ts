/**
 * One document that two nodes must both write before either takes an administrator's rights away.
 * Without it each of two administrators counts the other and suspends him, and nobody is left.
 */
import { randomBytes } from 'node:crypto';
import { trusted, type Model } from 'mongoose';
import type { MongoConnection } from '../../storage/mongo/connection.js';
import { defineModel, part } from '../../storage/mongo/define-model.js';
import { guarded, unlessTaken } from '../../storage/mongo/mongo-errors.js';
import { readNow } from '../../storage/mongo/read-now.js';
import { StorageUnavailableError } from '../../storage/storage.errors.js';
import { activeAdministrators, type UserRow } from './user.schema.js';

interface Claim {
  /** The user who is to lose the role, the account or both. */
  readonly user: string;
  /** The node that wants it, so that no other's claim is released. */
  readonly node: string;
  readonly at: Date;
}

interface ClaimsRow {
  readonly _id: string;
  readonly revision: number;
  readonly pending: readonly Claim[];
}

const documentId = 'administrators';
/** A claim whose node died must not keep administrators in office for ever. */
const claimLifeMs = 60_000;
/** Of N who write at once one succeeds each time: this many would have to be at it together. */
const attempts = 100;

const claim = part<Claim>({ user: String, node: String, at: Date });

export class AdminRemovalClaims {
  private readonly claims: Model<ClaimsRow>;
  private readonly node = randomBytes(12).toString('base64url');

  constructor(
    connection: MongoConnection,
    private readonly users: Model<UserRow>,
  ) {
    const fields = { _id: String, revision: Number, pending: [claim] };
    this.claims = defineModel<ClaimsRow>(connection, fields, { name: 'guards' });
  }

  /**
   * Who is left is counted after the claims were read. What a claim allowed was committed before it
   * was released; so either the count sees it, or the claim is still there, or it came after the
   * read and has moved the revision on, and everything begins again.
   */
  async claim(user: string, at: Date): Promise<boolean> {
    return this.change(async (pending) => {
      const standing = pending.filter((other) => at.getTime() - other.at.getTime() < claimLifeMs);
      const leaving = [user, ...standing.map((other) => other.user)];
      const left = await guarded(() =>
        this.users.countDocuments({ ...activeAdministrators, _id: trusted({ $nin: leaving }) }),
      );
      return left > 0 ? [...standing, { user, node: this.node, at }] : null;
    });
  }

  /** One claim goes, not all of this user's: two requests may be about the same administrator. */
  async release(user: string): Promise<void> {
    await this.change(async (pending) => {
      const own = pending.findIndex((other) => other.user === user && other.node === this.node);
      return own < 0 ? null : pending.toSpliced(own, 1);
    });
  }

  /** Repeats until nobody else wrote in between. False when `next` wants nothing written. */
  private async change(
    next: (pending: readonly Claim[]) => Promise<readonly Claim[] | null>,
  ): Promise<boolean> {
    for (let attempt = 0; attempt < attempts; attempt += 1) {
      const row = await readNow(this.claims, documentId, ['revision', 'pending']);
      const pending = await next(row?.pending ?? []);
      if (pending === null) return false;
      if (await this.replace(row?.revision ?? 0, pending)) return true;
    }
    throw new StorageUnavailableError('too many changes of administrators at once');
  }

  private async replace(revision: number, pending: readonly Claim[]): Promise<boolean> {
    const row = { revision: revision + 1, pending };
    if (revision === 0) {
      return unlessTaken(async () => {
        await this.claims.create({ _id: documentId, ...row });
        return true;
      }, false);
    }
    const filter = { _id: documentId, revision };
    const replaced = await guarded(() =>
      this.claims.findOneAndUpdate(filter, { $set: row }).lean(),
    );
    return replaced !== null;
  }
}
