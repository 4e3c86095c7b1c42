export { Clock, SystemClock } from './clock.js';
export { ProblemException, type ProblemOptions } from './problem/problem.exception.js';
export { problems, type ErrorCode, type FieldFault, type Problem } from './problem/problem.js';
export type { NodeAcknowledgement, Revocation, RevocationScope } from './revocation/revocation.js';
