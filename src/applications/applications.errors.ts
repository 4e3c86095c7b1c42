import { ProblemException } from '@portcullis/auth';

export const applicationNotFound = (): ProblemException =>
  new ProblemException('not_found', 'There is no such application.');

export const applicationExists = (): ProblemException =>
  new ProblemException('conflict', 'An application with this id exists.');

export const applicationContended = (): ProblemException =>
  new ProblemException('conflict', 'Others keep changing this application. Try again.');

export const tooManyApplications = (max: number): ProblemException =>
  new ProblemException('conflict', `There can be at most ${String(max)} applications.`);

/** RFC 6749 §5.2 `invalid_client`: the caller is no application of ours, told apart by nothing. */
export const invalidClient = (): ProblemException =>
  new ProblemException('invalid_credentials', 'The application could not be authenticated.', {
    headers: { 'www-authenticate': 'Basic realm="portcullis", charset="UTF-8"' },
  });
