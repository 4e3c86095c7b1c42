/** The contract of @portcullis/auth: what is not exported here is private. */
export {
  AccessTokenError,
  UnavailableError,
  type TokenRefusal,
} from './access-token/access-token.errors.js';
export { type AccessTokenClaims } from './access-token/claims.js';
export { maxTokenBytes, normalizeSignature } from './access-token/compact-jws.js';
export { hasDuplicateMember } from './access-token/json-members.js';
export { type CheckedToken, type Principal } from './access-token/principal.js';
export { VerificationKeys } from './access-token/verification-keys.js';
export { VerifiedTokens } from './access-token/verified-tokens.js';
export { Clock, SystemClock } from './clock.js';
export { CurrentToken, CurrentUser, Public, Roles, SkipRefresh } from './decorators.js';
export { checkedTokenOf, isPassive, type HttpRequest } from './http-message.js';
export { ProblemException, type ProblemOptions } from './problem/problem.exception.js';
export { problems, type ErrorCode, type FieldFault, type Problem } from './problem/problem.js';
export { AccessTokenIssuer } from './refresh/access-token.issuer.js';
export { FreshestTokens, isDueForRefresh, type MintedToken } from './refresh/freshest-tokens.js';
export { AuthOptionsError } from './resolve-options.js';
export type { NodeAcknowledgement, Revocation, RevocationScope } from './revocation/revocation.js';
export { SharedAuthModule, SharedAuthModule as AuthModule } from './shared-auth.module.js';
export type { SharedAuthOptions } from './shared-auth.options.js';
export { TokenVersions, type TokenVerdict } from './token-versions/token-versions.js';
