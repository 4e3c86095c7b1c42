// What happens on the page that the dialog must know of, until the signal says otherwise.
import type { DialogView } from './dialog-view.js';

interface Reactions {
  readonly update: () => void;
  readonly act: () => void;
  readonly dismiss: (event: Event) => void;
  readonly signOut: () => void;
}

export function listenToPage(view: DialogView, signal: AbortSignal, reactions: Reactions): void {
  const { update, act, dismiss, signOut } = reactions;
  const listen = (target: EventTarget, types: string, listener: (event: Event) => void): void => {
    for (const type of types.split(' ')) {
      target.addEventListener(type, listener, { signal, capture: type === 'keydown' });
    }
  };
  // After sleep, in the background or without a network, timers are late or for nothing.
  listen(window, 'pageshow focus online offline visibilitychange', update);
  // Chromium closes a dialog at the first or second Escape whatever `cancel` says: before that, and
  // before a page's own dialog hears of it.
  listen(window, 'keydown', (event) => {
    if ((event as KeyboardEvent).key === 'Escape') dismiss(event);
  });
  listen(view.dialog, 'cancel close', dismiss);
  listen(view.primary, 'click', act);
  listen(view.out, 'click', signOut);
}
