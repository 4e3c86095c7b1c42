// @portcullis/client: keeps a browser's session what the server says it is.
export { createSessionClient } from './create-session-client.js';
export { PortcullisError, SessionEndedError } from './errors.js';
export type * from './session.js';
export type * from './session-client.js';
export type * from './session-events.js';
