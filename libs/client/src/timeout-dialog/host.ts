// The element as the dialog's course sees it: what the page has said, and whom to tell.
import type { TimeoutLabels } from './labels.js';

/** What the page has said about its dialog. */
export type Host = HTMLElement & {
  readonly texts: TimeoutLabels;
  readonly language: string;
};

/** @returns false when a listener does the thing itself. */
export function announce(host: Host, what: string, detail?: unknown): boolean {
  const init = { bubbles: true, composed: true, cancelable: true, detail };
  return host.dispatchEvent(new CustomEvent('session-' + what, init));
}
