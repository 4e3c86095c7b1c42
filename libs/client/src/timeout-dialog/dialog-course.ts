// When the dialog opens, what it says, what its buttons do, and when it closes: the client decides.
import type { SessionClient } from '../session-client.js';
import type { SessionEnded } from '../session-events.js';
import { setText, type DialogView } from './dialog-view.js';
import { focusMain, takeFocusFrom } from './focus.js';
import { announce, type Host } from './host.js';
import { isSeen, keep, listenToPage } from './page-events.js';
import { phaseDue } from './phase.js';
import { Reminder } from './reminder.js';
import { milestone } from './speech.js';
import { TabTitle } from './tab-title.js';
import { textsOf, type Ended, type Phase } from './texts.js';
import { wholeSeconds } from './time-words.js';

export class DialogCourse {
  readonly #client: SessionClient;
  readonly #view: DialogView;
  readonly #host: Host;
  readonly #title = new TabTitle();
  readonly #reminder = new Reminder();
  #phase: Phase = 'closed';
  #isBusy = false;
  #hasFailed = false;
  #ended: Ended = { reason: 'invalid', allowedMs: 0 };
  /** Entered, and not yet rendered; if nothing was open before, what it says is read out with it. */
  #news: 'change' | 'opening' | null = null;
  #seconds = 0;
  #hadFocus = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** From start to stop. */
  #life: AbortController | null = null;
  /** It covered the page when it was stopped. */
  #isCover = false;

  constructor(client: SessionClient, view: DialogView, host: Host) {
    this.#client = client;
    this.#view = view;
    this.#host = host;
  }

  start(): void {
    if (this.#life) return;
    const { signal } = (this.#life = new AbortController());
    const client = this.#client;
    for (const type of ['warning', 'statechange', 'token', 'signedin'] as const) {
      client.on(type, this.update, { signal });
    }
    client.on('ended', (event) => this.#end(event), { signal });
    listenToPage(this.#view, signal, {
      update: this.update,
      act: () => this.#act(),
      dismiss: (event) => this.#dismiss(event),
      signOut: () => {
        if (announce(this.#host, 'signout')) void client.signOut().catch(() => 0);
      },
    });
    // Moved: nobody is signed in for that.
    if (this.#isCover) this.#enter('ended');
    this.update();
  }

  stop(): void {
    this.#life?.abort();
    this.#life = null;
    this.#isCover = this.#phase === 'ended';
    clearTimeout(this.#timer);
    this.#close();
  }

  /** Reads all there is to know anew: a timer that was late, or asleep, makes nothing wrong. */
  readonly update = (): void => {
    if (!this.#life) return;
    const left = this.#client.remaining();
    // It is over, and why is about to be told: no time to speak of.
    if (!left && this.#phase !== 'ended') return;
    const ms = left ? Math.max(0, Math.min(left.idleMs, left.absoluteMs)) : 0;
    this.#enter(phaseDue(this.#client, this.#phase, left, ms, this.#reminder));
    const isOpen = this.#phase !== 'closed';
    if (isOpen) this.#render(ms);
    clearTimeout(this.#timer);
    const wait = isOpen ? (ms % 1000) + 1 : this.#reminder.away(ms);
    if (ms && wait > 0 && (isOpen || !left?.extendable)) {
      this.#timer = setTimeout(this.update, wait);
    }
  };

  #enter(due: Phase): void {
    const { dialog, speech, farewell } = this.#view;
    if (due === 'closed') {
      const isActive = (): boolean => this.#client.state === 'active';
      const isRelief = isActive() && (this.#phase === 'warning' || this.#phase === 'unknown');
      this.#close();
      if (!isRelief) return;
      // Not at once: the page is told that it can be read again before it is told this.
      setTimeout(() => {
        if (isSeen() && isActive()) setText(farewell, this.#host.texts.stayed);
      }, 100);
    } else if (due !== this.#phase) {
      const isNew = this.#phase === 'closed';
      this.#phase = due;
      this.#news = isNew ? 'opening' : 'change';
      this.#isBusy = this.#hasFailed = false;
      setText(speech);
      setText(farewell);
      // Prevented, the page shows a warning of its own, and all this goes on unseen.
      if (isNew && due !== 'ended' && !announce(this.#host, 'warning')) return;
      // Told so, the page may have ended it, or taken the element away.
      if (this.#phase !== due) return;
      if (isNew) this.#hadFocus = document.activeElement !== document.body;
      // Anew, to be above what the page has opened meanwhile.
      dialog.close();
      dialog.showModal();
      // The first button takes it from there, once somebody sees it.
      dialog.focus();
    }
  }

  #close(): void {
    if (this.#phase === 'closed') return;
    this.#phase = 'closed';
    this.#title.restore();
    this.#view.dialog.close();
    takeFocusFrom(this.#host);
    if (this.#hadFocus && document.activeElement === document.body) focusMain();
  }

  #render(ms: number): void {
    const { dialog, primary, out, description, status, speech } = this.#view;
    const { texts: labels, language } = this.#host;
    const phase = this.#phase;
    const isEnded = phase === 'ended';
    const texts = textsOf(phase, labels, language, ms, this.#ended);
    const { message, time } = texts;
    this.#view.show(texts);
    dialog.className = isEnded || phase === 'unknown' ? 'cover' : '';
    out.hidden = isEnded || this.#host.hasAttribute('hide-sign-out');
    setText(out, labels.signOut);
    // Not `disabled`, which would take the focus away.
    primary.ariaBusy = primary.ariaDisabled = String(this.#isBusy);
    const trouble = navigator.onLine ? this.#hasFailed && labels.failed : labels.offline;
    setText(status, (this.#isBusy ? labels.working : phase === 'warning' && trouble) || '');

    const seconds = wholeSeconds(ms);
    const due = this.#news ? 'time' : milestone(this.#seconds, seconds);
    this.#seconds = seconds;
    if (due) setText(description, message);
    if (due && this.#news !== 'opening' && isSeen()) {
      setText(speech, due === 'final' ? labels.messageFinal : message);
    }
    this.#news = null;
    if (isSeen() && this.#host.shadowRoot?.activeElement === dialog) primary.focus();
    if (isSeen() || isEnded || !time || this.#host.hasAttribute('no-title')) this.#title.restore();
    else this.#title.show((title) => labels.tabTitle(time, title));
  }

  #end(event: SessionEnded): void {
    const { texts, language } = this.#host;
    this.#ended = event;
    const { message } = textsOf('ended', texts, language, 0, event);
    setText(this.#view.farewell);
    // Beneath it, the page could not put the focus anywhere.
    this.#view.dialog.close();
    // Nothing is painted in between: the page is never seen again, whoever hides it.
    const isOurs = announce(this.#host, 'ended', { ...event, message });
    if (!this.#life) return;
    this.#enter(isOurs ? 'ended' : 'closed');
    this.update();
  }

  /** The first button, and Escape, and Android's Back: the safe thing to do in each phase. */
  #act(): void {
    if (this.#phase === 'absolute') {
      this.#reminder.dismiss(this.#seconds * 1000);
      this.update();
    } else if (this.#phase !== 'ended') void this.#stay();
    else if (announce(this.#host, 'signin')) location.reload();
  }

  async #stay(): Promise<void> {
    if (this.#isBusy || !announce(this.#host, 'extend')) return;
    this.#isBusy = true;
    this.update();
    // With a newer token the client is active again, which is what closes the dialog.
    this.#hasFailed = !(await this.#client.extend().catch(() => 0));
    this.#isBusy = false;
    this.update();
  }

  #dismiss(event: Event): boolean {
    const { dialog } = this.#view;
    const isShut = event.type === 'close';
    if (this.#phase === 'closed' || dialog.open === isShut) return false;
    keep(event);
    if (isShut) dialog.showModal();
    if (this.#phase !== 'ended') this.#act();
    this.update();
    return true;
  }
}
