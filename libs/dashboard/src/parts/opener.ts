// Who opened a dialog, so that the focus goes back there. An entry of a menu is gone by then: its
// menu's button takes its place. And where that is gone too, the heading of the screen.

let lastPressed: HTMLElement | null = null;

/** Before anything reacts to it: a menu closes, and takes the focus away, before a dialog opens. */
document.addEventListener(
  'click',
  ({ target }) => {
    if (target instanceof Element) lastPressed = buttonOf(target);
  },
  { capture: true },
);

function buttonOf(target: Element): HTMLElement | null {
  const menu = target.closest('[role="menu"]');
  if (menu?.id !== undefined && menu.id !== '') {
    return document.querySelector<HTMLElement>(`[aria-controls="${CSS.escape(menu.id)}"]`);
  }
  return target.closest<HTMLElement>('button, a[href]');
}

export function findOpener(): HTMLElement | null {
  const { activeElement } = document;
  const isUsable =
    activeElement instanceof HTMLElement &&
    activeElement !== document.body &&
    activeElement.closest('[role="menu"], [role="dialog"]') === null;
  return isUsable ? activeElement : lastPressed;
}

export function giveFocusBack(opener: HTMLElement | null): void {
  // When React has taken the dialog away.
  setTimeout(() => {
    const isAtHome = document.activeElement !== null && document.activeElement !== document.body;
    if (isAtHome) return;
    if (opener?.isConnected === true) opener.focus();
    else document.querySelector<HTMLElement>('h1')?.focus();
  });
}
