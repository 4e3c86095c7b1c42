// What happens on the page that the dialog must know of, until the signal says otherwise.
import type { DialogView } from './dialog-view.js';

export const isSeen = (): boolean => document.visibilityState === 'visible';

/** A dialog of the page, beneath this one, would take the key as its own. */
export function keep(event: Event): void {
  event.preventDefault();
  event.stopImmediatePropagation();
}

interface Reactions {
  readonly update: () => void;
  readonly act: () => void;
  /** @returns whether it was for the dialog. */
  readonly dismiss: (event: Event) => boolean;
  readonly signOut: () => void;
}

export function listenToPage(view: DialogView, signal: AbortSignal, reactions: Reactions): void {
  const { update, act, dismiss, signOut } = reactions;
  const listen = (target: EventTarget, types: string, listener: (event: Event) => void): void => {
    for (const type of types.split(' ')) {
      target.addEventListener(type, listener, { signal, capture: type.startsWith('key') });
    }
  };
  // After sleep, in the background or without a network, timers are late or for nothing.
  listen(window, 'pageshow focus online offline visibilitychange', update);
  // Chromium closes a dialog at the first or second Escape whatever `cancel` says: before that, and
  // before a page's own dialog hears of it. The rest of that press is not for the page either.
  let isTaken = false;
  listen(window, 'keydown keyup', (event) => {
    const { key, type, repeat } = event as KeyboardEvent;
    if (key !== 'Escape') return;
    if (type === 'keydown' && !repeat) isTaken = dismiss(event);
    else if (isTaken) keep(event);
  });
  listen(view.dialog, 'cancel close', dismiss);
  listen(view.primary, 'click', act);
  listen(view.out, 'click', signOut);
}
