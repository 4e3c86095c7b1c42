import { toMinted, CheckedToken, type AccessTokenClaims } from '@portcullis/auth';
import { SharedValues } from '../../../libs/auth/src/access-token/shared-values.js';

const shared = new SharedValues();

/** As a guard would have verified it. */
export const toChecked = (token: string, claims: AccessTokenClaims): CheckedToken =>
  new CheckedToken(toMinted(token, claims), 'k', shared);
