import { ProblemException } from '@portcullis/auth';

/** One answer for an unknown address and a wrong password. */
export const invalidCredentials = (): ProblemException =>
  new ProblemException('invalid_credentials', 'The e-mail address or the password is wrong.');

export const accountSuspended = (): ProblemException =>
  new ProblemException('account_suspended', 'This account is suspended.');

export const unknownApplication = (): ProblemException =>
  new ProblemException('validation_failed', 'The application is not known.', {
    errors: [{ field: 'application', message: 'is not an application that users can log in to' }],
  });

export const sessionNotFound = (): ProblemException =>
  new ProblemException('not_found', 'There is no such session.');

/** Whoever sends both has a client that marks every request passive: better told than obeyed. */
export const passiveExtension = (): ProblemException =>
  new ProblemException('invalid_request', 'A passive request cannot extend the session.');
