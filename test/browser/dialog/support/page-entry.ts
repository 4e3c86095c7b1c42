// What the page of these tests loads: the element, and a client that does what the test says.
import type { SessionClient } from '@portcullis/client';
import {
  describeEnd,
  returnPath,
  type SessionTimeoutDialog,
  type TimeoutLabels,
} from '@portcullis/client/timeout-dialog';
import { FakeClient } from './fake-client.js';

/** How the element may leave the place where it is. */
export type Leave = 'move' | 'remove' | 'no client';

export interface DialogPage {
  readonly fake: FakeClient;
  readonly element: SessionTimeoutDialog;
  readonly events: { type: string; detail: unknown }[];
  /** Types that the page prevents. */
  readonly prevented: Set<string>;
  readonly FakeClient: typeof FakeClient;
  readonly describeEnd: typeof describeEnd;
  readonly returnPath: typeof returnPath;
  /** What the live region said since it was watched, in order. */
  readonly spoken: string[];
  watchSpeech(): void;
  setVisibility(state: DocumentVisibilityState): void;
  useLabels(labels: Partial<TimeoutLabels>): void;
  leave(how: Leave): void;
}

declare global {
  interface Window {
    t: DialogPage;
  }
}

const element = document.createElement('session-timeout-dialog');
const fake = new FakeClient();
const events: DialogPage['events'] = [];
const prevented = new Set<string>();
const spoken: string[] = [];

for (const what of ['warning', 'extend', 'signout', 'ended', 'signin']) {
  document.addEventListener(`session-${what}`, (event) => {
    events.push({ type: event.type, detail: (event as CustomEvent<unknown>).detail });
    if (prevented.has(what)) event.preventDefault();
  });
}

const live = (): Element[] => [
  ...(element.shadowRoot?.querySelectorAll('.unseen[role=status]') ?? []),
];

window.t = {
  fake,
  element,
  events,
  prevented,
  FakeClient,
  describeEnd,
  returnPath,
  spoken,
  watchSpeech: () => {
    for (const region of live()) {
      const observer = new MutationObserver(() => {
        if (region.textContent) spoken.push(region.textContent);
      });
      observer.observe(region, { childList: true, characterData: true, subtree: true });
    }
  },
  setVisibility: (state) => {
    Object.defineProperty(document, 'visibilityState', { value: state, configurable: true });
    document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
  },
  useLabels: (labels) => {
    element.labels = labels;
  },
  leave: (how) => {
    if (how === 'move') document.querySelector('main')?.prepend(element);
    else if (how === 'remove') element.remove();
    else element.client = null;
  },
};

element.client = fake as unknown as SessionClient;
document.body.append(element);
