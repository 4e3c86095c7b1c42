import { ProblemException } from '@portcullis/auth';

export const keyNotFound = (): ProblemException =>
  new ProblemException('not_found', 'There is no such key.');

export const keyRevoked = (): ProblemException =>
  new ProblemException('conflict', 'This key was revoked already.');
