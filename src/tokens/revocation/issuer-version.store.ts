import type { CommitCondition } from '@portcullis/auth';

/** The version of everybody (`issuer_ver`): raising it ends every session there is. */
export abstract class IssuerVersionStore {
  /** From the primary, now. 1 before the first revoke. */
  abstract read(): Promise<number>;
  /** The commit of a revoke: raises the version by one, only while `condition` holds. */
  abstract commit(condition: CommitCondition): Promise<boolean>;
}
