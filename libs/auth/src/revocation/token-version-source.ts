import type { Subject, SubjectVersion } from './subject.js';

/** The truth about one subject: the database, or in another service the server. */
export abstract class TokenVersionSource {
  /**
   * The subject at some moment after the call began, linearizable; null when there is none, which is
   * refused like a revoked one.
   * @throws when it cannot be known now.
   */
  abstract read(subject: Subject): Promise<SubjectVersion | null>;
}
