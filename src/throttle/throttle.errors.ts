import { ProblemException } from '@portcullis/auth';

/** @param restMs until it is worth trying again. */
export const rateLimited = (restMs: number): ProblemException => {
  const seconds = Math.max(1, Math.ceil(restMs / 1000));
  return new ProblemException('rate_limited', 'Too many attempts; try again later.', {
    headers: { 'retry-after': String(seconds) },
  });
};
