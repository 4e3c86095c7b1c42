/** The version of everybody (`issuer_ver`): raising it ends every session there is. */
export abstract class IssuerVersionStore {
  /** From the primary, now. 1 before the first revoke. */
  abstract read(): Promise<number>;
  /** The commit of a revoke: to `version + 1`, only while it is `version`. */
  abstract commit(version: number): Promise<boolean>;
}
