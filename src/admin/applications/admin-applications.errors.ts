import { ProblemException } from '@portcullis/auth';

export const defaultApplicationStays = (): ProblemException =>
  new ProblemException('conflict', 'The default application cannot be disabled or deleted.');
