import { Inject, Injectable } from '@nestjs/common';
import type { CommitCondition } from '@portcullis/auth';
import { IssuerVersionStore } from './issuer-version.store.js';

/** The version of everybody, which a token names as `issuer_ver`. */
@Injectable()
export class IssuerVersionService {
  constructor(@Inject(IssuerVersionStore) private readonly store: IssuerVersionStore) {}

  /** From the database, now. */
  read(): Promise<number> {
    return this.store.read();
  }

  /** The commit of a revoke of everybody; called by the revocation service only. */
  commit(condition: CommitCondition): Promise<boolean> {
    return this.store.commit(condition);
  }
}
