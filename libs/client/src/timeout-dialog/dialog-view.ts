// The dialog's elements, and how texts get into them. Knows no session.
import { css } from './styles.js';
import type { Texts } from './texts.js';

export class DialogView {
  readonly dialog = make('dialog', {
    part: 'dialog',
    role: 'alertdialog',
    autofocus: true,
    tabIndex: -1,
  });
  readonly primary = make('button', { className: 'primary' });
  readonly out = make('button', { part: 'out' });
  readonly description = make('p', { id: 'd', className: 'unseen' });
  readonly status = make('p', { part: 'status', role: 'status' });
  readonly speech = make('p', { className: 'unseen', role: 'status' });
  /** Outside the dialog: what is in a closed one is not spoken. */
  readonly farewell = make('p', { className: 'unseen', role: 'status' });
  readonly #title = make('slot', { name: 'title' });
  // Seen, it changes each second; spoken, it would never end. The description says it instead.
  readonly #message = make('p', { part: 'message', ariaHidden: 'true' });
  readonly #time = make('bdi', { part: 'time' });

  constructor(root: ShadowRoot) {
    const { dialog, primary, out, description, status, speech } = this;
    const heading = make('h2', { id: 't', part: 'title' });
    const buttons = make('div', {});
    heading.append(this.#title);
    this.#message.append('', this.#time, '');
    buttons.append(primary, out);
    dialog.setAttribute('aria-labelledby', 't');
    dialog.setAttribute('aria-describedby', 'd');
    const extra = make('slot', { name: 'extra' });
    dialog.append(heading, this.#message, description, extra, status, speech, buttons);
    root.append(dialog, this.farewell);
    // A constructed sheet: a strict content security policy forbids `<style>`, and this is none.
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    root.adoptedStyleSheets = [sheet];
  }

  show({ title, message, time, primary, part }: Texts): void {
    const [before, ...after] = time ? message.split(time) : [message];
    setText(this.#title, title);
    setText(this.#message.firstChild, before);
    setText(this.#time, after.length ? time : '');
    setText(this.#message.lastChild, after.join(time));
    setText(this.primary, primary);
    this.primary.setAttribute('part', part);
  }
}

/** Left alone when it says so already: an equal text would be spoken once more. */
export function setText(node: Node | null, text = ''): void {
  if (node && node.textContent !== text) node.textContent = text;
}

const make = <K extends keyof HTMLElementTagNameMap>(
  tag: K,
  properties: Readonly<Record<string, unknown>>,
): HTMLElementTagNameMap[K] => Object.assign(document.createElement(tag), properties);
