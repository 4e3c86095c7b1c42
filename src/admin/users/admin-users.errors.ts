import { ProblemException } from '@portcullis/auth';

export const lastAdministrator = (): ProblemException =>
  new ProblemException('last_admin', 'This is the last active administrator.');

export const ownAccount = (): ProblemException =>
  new ProblemException('conflict', 'An administrator cannot do this to his own account.');
