import { EnvironmentError } from '../config/parse-environment.js';
import { StorageRefusedError, StorageUnavailableError } from '../storage/storage.errors.js';

/** Why the program could not start, in one line for each fault. */
export function explainStartFailure(error: unknown): string {
  if (error instanceof EnvironmentError || error instanceof StorageRefusedError)
    return error.message;
  if (error instanceof StorageUnavailableError) {
    return `MONGODB_URI or DATA_DIR: the database cannot be used (${error.message})`;
  }
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'EADDRINUSE')
    return 'PORT: another program listens on this port; choose another one';
  if (code === 'EACCES') return `PORT, HOST or DATA_DIR: not allowed (${message})`;
  return `Portcullis could not start: ${message}`;
}
