import { Global, Module } from '@nestjs/common';
import { AttemptCounters } from './counters/attempt-counters.js';
import { AttemptKeys } from './counters/attempt-keys.js';
import { LoginAttempts } from './login-attempts.js';

/** Bounds guessing of passwords and secrets; guarded routes in general are not throttled. */
@Global()
@Module({
  providers: [AttemptCounters, AttemptKeys, LoginAttempts],
  exports: [AttemptCounters, AttemptKeys, LoginAttempts],
})
export class ThrottleModule {}
