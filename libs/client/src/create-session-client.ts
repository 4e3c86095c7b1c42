// The one way in. Importing does nothing; a page is looked for when a client is made.
import { Client } from './client.js';
import { createInertClient } from './inert-client.js';
import type { SessionClient, SessionClientOptions } from './session-client.js';

/**
 * Keeps the session of this page. Make one per page and application, outside of any component.
 * Without a window (a server that renders) there is no session and `fetch` is the plain one.
 */
export const createSessionClient = (options: SessionClientOptions): SessionClient =>
  typeof window === 'undefined' ? createInertClient(options) : new Client(options, window);
