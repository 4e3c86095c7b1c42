// @portcullis/client/timeout-dialog: importing it defines <session-timeout-dialog>, once.
import { SessionTimeoutDialog } from './session-timeout-dialog.js';

export { describeEnd, returnPath, type EndDescription } from './describe-end.js';
export type { TimeoutLabels } from './labels.js';
export { SessionTimeoutDialog, type SessionEndedDetail } from './session-timeout-dialog.js';

const name = 'session-timeout-dialog';

const registry = (globalThis as { customElements?: CustomElementRegistry }).customElements;
if (registry && !registry.get(name)) registry.define(name, SessionTimeoutDialog);
