import { ProblemException, type FieldFault } from '@portcullis/auth';

export const emailTaken = (): ProblemException =>
  new ProblemException('email_taken', 'An account with this e-mail address exists.');

export const userNotFound = (): ProblemException =>
  new ProblemException('not_found', 'There is no such user.');

/** A password that the policy refuses; the message says why and never repeats it (NIST 800-63B §3.1.1.2). */
export const passwordRefused = (field: string, message: string): ProblemException => {
  const errors: FieldFault[] = [{ field, message }];
  return new ProblemException('validation_failed', `The password ${message}.`, { errors });
};

/** Too many passwords are being hashed: shed, so that a login flood does not slow token checks. */
export const tooManyHashes = (): ProblemException =>
  new ProblemException('unavailable', 'The server is busy checking passwords.', {
    headers: { 'retry-after': '1' },
  });
