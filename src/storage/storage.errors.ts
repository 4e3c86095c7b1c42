/** What storage can fail with, whichever engine is below. */

/**
 * The database could not be reached, is full, or did not confirm in time. The HTTP layer answers
 * 503 `unavailable`: an outage is never 401 and never "allowed".
 */
export class StorageUnavailableError extends Error {
  constructor(what: string, options?: ErrorOptions) {
    super(what, options);
    this.name = 'StorageUnavailableError';
  }
}

/** A unique value (an e-mail address, an application's id) is taken. */
export class DuplicateError extends Error {
  constructor(readonly field: string) {
    super(`${field} is taken`);
    this.name = 'DuplicateError';
  }
}

/** The folder or file cannot be used at all; the server does not start. One clear line. */
export class StorageRefusedError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'StorageRefusedError';
  }
}
