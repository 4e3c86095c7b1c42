// Where the focus goes when the dialog has closed and the element that had it is gone.

/** To `main`, so that a keyboard user is not sent back to the top of the page. */
export function focusMain(): void {
  const main = document.querySelector<HTMLElement>('main,[role=main]');
  if (!main) return;
  if (!main.hasAttribute('tabindex')) {
    main.tabIndex = -1;
    main.addEventListener('blur', () => main.removeAttribute('tabindex'), { once: true });
  }
  main.focus();
}
