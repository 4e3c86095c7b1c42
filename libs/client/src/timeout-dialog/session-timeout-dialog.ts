// <session-timeout-dialog>: its properties, attributes and events, and when it listens to what.
import type { SessionClient } from '../session-client.js';
import type { SessionEnded } from '../session-events.js';
import { DialogCourse } from './dialog-course.js';
import { DialogView } from './dialog-view.js';
import { englishLabels, type TimeoutLabels } from './labels.js';
import { validLanguage } from './time-words.js';

/** `detail` of `session-ended`. Prevented, the page shows for itself what has happened. */
export interface SessionEndedDetail extends SessionEnded {
  /** Why, in words. */
  readonly message: string;
}

declare global {
  interface HTMLElementTagNameMap {
    'session-timeout-dialog': SessionTimeoutDialog;
  }
}

/** Rendered on a server the class is there, so that importing it breaks nothing, and does nothing. */
const Base = (globalThis as { HTMLElement?: typeof HTMLElement }).HTMLElement ?? (Object as never);

/** One over a page: two would hide each other. So the first does it, and the next when that one has gone. */
const present = new Set<SessionTimeoutDialog>();

export class SessionTimeoutDialog extends Base {
  static get observedAttributes(): readonly string[] {
    return ['lang', 'hide-sign-out', 'no-title'];
  }

  #client: SessionClient | null = null;
  #labels: Partial<TimeoutLabels> = {};
  #view: DialogView | null = null;
  #course: DialogCourse | null = null;

  get client(): SessionClient | null {
    return this.#client;
  }

  set client(client: SessionClient | null) {
    if (client === this.#client) return;
    this.#stop();
    this.#course = null;
    this.#client = client;
    this.#start();
  }

  /** Texts instead of the English ones; those that are left out stay. */
  get labels(): Partial<TimeoutLabels> {
    return this.#labels;
  }

  set labels(labels: Partial<TimeoutLabels>) {
    this.#labels = labels;
    this.#course?.update();
  }

  get open(): boolean {
    return !!this.#view?.dialog.open;
  }

  /** @internal What it says now: given texts before the English ones. */
  get texts(): TimeoutLabels {
    return { ...englishLabels, ...this.#labels };
  }

  /** @internal Of the element, else of the document. */
  get language(): string {
    const nearest = this.closest<HTMLElement>('[lang]') ?? document.documentElement;
    return validLanguage(nearest.lang || navigator.language);
  }

  connectedCallback(): void {
    // What the page had said before this was defined hides the accessors.
    const { client, labels } = this;
    for (const name of ['client', 'labels']) Reflect.deleteProperty(this, name);
    Object.assign(this, { client, labels });
    this.#start();
  }

  disconnectedCallback(): void {
    this.#stop();
  }

  attributeChangedCallback(): void {
    this.#course?.update();
  }

  #start(): void {
    if (!this.#client || !this.isConnected) return;
    present.add(this);
    SessionTimeoutDialog.#runFirst();
  }

  #stop(): void {
    this.#course?.stop();
    present.delete(this);
    SessionTimeoutDialog.#runFirst();
  }

  static #runFirst(): void {
    const [first] = present;
    if (!first || !first.#client) return;
    first.#view ??= new DialogView(first.attachShadow({ mode: 'open' }));
    first.#course ??= new DialogCourse(first.#client, first.#view, first);
    first.#course.start();
  }
}
