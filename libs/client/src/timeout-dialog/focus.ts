// Where the focus goes when the dialog has closed, which gives it back by itself if it can.

/** Away from what is hidden, where it would stay until that is painted. */
export function takeFocusFrom(host: HTMLElement): void {
  const { activeElement } = document;
  if (!host.contains(activeElement)) return;
  ((host.shadowRoot?.activeElement ?? activeElement) as HTMLElement).blur();
}

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
