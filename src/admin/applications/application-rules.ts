/** What an application may be set to, where a rule needs more than one field or more than a pattern. */
import { ProblemException, type FieldFault } from '@portcullis/auth';
import type { Application, SessionPolicy } from '../../applications/application.js';

const day = 86_400;

/** The same ranges as the environment has for the default application. */
const ranges = {
  accessTokenTtl: [10, day],
  refreshAfter: [0, day - 1],
  sessionTtl: [10, 30 * day],
  warnBefore: [0, day - 1],
} as const satisfies Record<keyof SessionPolicy, readonly [number, number]>;

export function policyFaults(policy: SessionPolicy): readonly FieldFault[] {
  const { accessTokenTtl, refreshAfter, sessionTtl, warnBefore } = policy;
  const faults = (Object.keys(ranges) as (keyof SessionPolicy)[])
    .filter((field) => !isWithin(policy[field], ranges[field]))
    .map((field) => {
      const [min, max] = ranges[field];
      return { field, message: `must be a whole number of seconds from ${min} to ${max}` };
    });
  // Of what is out of its range nothing more can be said.
  if (faults.length > 0) return faults;
  const below = 'must be below accessTokenTtl';
  return [
    ...(refreshAfter < accessTokenTtl ? [] : [{ field: 'refreshAfter', message: below }]),
    ...(warnBefore < accessTokenTtl ? [] : [{ field: 'warnBefore', message: below }]),
    ...(sessionTtl >= accessTokenTtl
      ? []
      : [{ field: 'sessionTtl', message: 'must not be below accessTokenTtl' }]),
  ];
}

const isWithin = (value: number, [min, max]: readonly [number, number]): boolean =>
  Number.isInteger(value) && value >= min && value <= max;

/** A whole policy from what was given; the rest as the defaults have it, so far as it fits. */
export function completePolicy(
  given: Partial<SessionPolicy>,
  defaults: SessionPolicy,
): SessionPolicy {
  const { accessTokenTtl = defaults.accessTokenTtl } = given;
  return {
    accessTokenTtl,
    refreshAfter: given.refreshAfter ?? Math.min(defaults.refreshAfter, accessTokenTtl - 1),
    sessionTtl: given.sessionTtl ?? Math.max(defaults.sessionTtl, accessTokenTtl),
    warnBefore: given.warnBefore ?? Math.min(defaults.warnBefore, accessTokenTtl - 1),
  };
}

/** Scheme, host and port in the one spelling that browsers send; no path, no wildcard, no `null`. */
export function isExactOrigin(text: string): boolean {
  // To the URL parser a star is part of a name; here it would read like a wildcard, and is none.
  if (!/^https?:\/\/[^*]+$/.test(text) || !URL.canParse(text)) return false;
  return new URL(text).origin === text;
}

const maxOrigins = 50;

/**
 * Checks what a pattern of one field cannot.
 * @throws ProblemException `validation_failed` with every fault.
 */
export function assertValid(
  { policy, allowedOrigins, audience }: Pick<Application, 'policy' | 'allowedOrigins' | 'audience'>,
  issuerUrl: string,
): void {
  const errors: FieldFault[] = [...policyFaults(policy)];
  if (allowedOrigins.length > maxOrigins || !allowedOrigins.every(isExactOrigin)) {
    const message = `must be at most ${maxOrigins} origins, each exactly as a browser sends it: https://app.example.org`;
    errors.push({ field: 'allowedOrigins', message });
  }
  // Every token names the issuer: such a service would be shown everybody's.
  if (audience === issuerUrl) errors.push({ field: 'audience', message: 'must not be the issuer' });
  if (errors.length === 0) return;
  throw new ProblemException('validation_failed', 'The application cannot be like this.', {
    errors,
  });
}
