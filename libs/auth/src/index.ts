/** The contract of @portcullis/auth: what is not exported here is private. */
export {
  AccessTokenError,
  UnavailableError,
  type TokenRefusal,
} from './access-token/access-token.errors.js';
export { type AccessTokenClaims } from './access-token/claims.js';
export { maxTokenBytes, normalizeSignature } from './access-token/compact-jws.js';
export { hasDuplicateMember } from './access-token/json-members.js';
export { toMinted, CheckedToken, type MintedToken } from './access-token/checked-token.js';
export type { Principal } from './access-token/principal.js';
export { VerificationKeys } from './access-token/verification-keys.js';
export { VerifiedTokens } from './access-token/verified-tokens.js';
export { Clock, SystemClock } from './clock.js';
export { CurrentToken, CurrentUser, Public, Roles, SkipRefresh } from './decorators.js';
export { bearerTokenOf } from './guard/bearer-token.js';
export { TokenChecks } from './guard/token-checks.js';
export { checkedTokenOf, isPassive, type HttpRequest } from './http-message.js';
export { ProblemException, type ProblemOptions } from './problem/problem.exception.js';
export { problems, type ErrorCode, type FieldFault, type Problem } from './problem/problem.js';
export { AccessTokenIssuer } from './refresh/access-token.issuer.js';
export { FreshestTokens, isDueForRefresh } from './refresh/freshest-tokens.js';
export { AuthOptionsError } from './resolve-options.js';
export { RedisConnection } from './redis/redis.connection.js';
export { RedisDoorbell } from './redis/redis-doorbell.js';
export { RedisSecondLevel } from './redis/redis-second-level.js';
export { SharedCache } from './redis/shared-cache.js';
export { type SecondLevel, type StoredVersion } from './revocation/check/second-level.js';
export { TokenVersions, type TokenVerdict } from './revocation/check/token-versions.js';
export { Doorbell, toCarry, type Acknowledgement, type Ring } from './revocation/doorbell.js';
export { NodeClock, SystemNodeClock, type Moment } from './revocation/node.clock.js';
export type { EndReason, OpenConnection } from './revocation/open-connection.js';
export { OpenConnections } from './revocation/open-connections.js';
export {
  RevocationFeed,
  RevocationLog,
  type Appended,
  type LogHead,
  type NodeEntry,
  type NodeKind,
  type NumberedEvent,
  type PollReply,
  type PollRequest,
  type RevocationEvent,
} from './revocation/revocation-log.js';
export { RevocationNode, type NodeSetup } from './revocation/revocation-node.js';
export { longestLeaseMs } from './revocation/revoke/acknowledgements.js';
export type {
  NodeAcknowledgement,
  Revocation,
  RevocationScope,
} from './revocation/revoke/revocation.js';
export {
  Revoker,
  type CommitCondition,
  type Revoked,
  type RevokingChange,
} from './revocation/revoke/revoker.js';
export type { RevocationState } from './revocation/state/revocation-state.js';
export type { StateListener } from './revocation/state/state-types.js';
export {
  isSubject,
  type NamedSubjects,
  type NamedVersion,
  type Subject,
  type SubjectVersion,
} from './revocation/subject.js';
export { TokenVersionSource } from './revocation/token-version-source.js';
export { SharedAuthModule, SharedAuthModule as AuthModule } from './shared-auth.module.js';
export type { SharedAuthOptions, SharedAuthPorts } from './shared-auth.options.js';
