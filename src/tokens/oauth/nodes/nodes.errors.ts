import { ProblemException } from '@portcullis/auth';

/** @param what as in "64 nodes": what an application may have at a time. */
export const tooMany = (what: string): ProblemException =>
  new ProblemException('rate_limited', `An application may have ${what} at a time.`, {
    headers: { 'retry-after': '10' },
  });
