// The page of somebody who is signed in: what is ordered, and a form with a draft.
import type { SessionInfo } from '@portcullis/client';

import type { Surroundings } from '../surroundings.js';
import { button, element } from '../dom.js';

interface Order {
  readonly id: number;
  readonly item: string;
}

const pollMs = 5000;

const words = {
  Orders: { heading: 'Your orders', draft: 'New order', hint: 'What do you need?', send: 'Order' },
  Billing: {
    heading: 'To be billed',
    draft: 'Bill something else',
    hint: 'What for?',
    send: 'Add',
  },
} as const;

export function workView(
  app: Surroundings,
  session: SessionInfo,
  signal: AbortSignal,
): HTMLElement {
  const { config, client } = app;
  const list = element('ul', { className: 'orders' });
  const note = element('p', { className: 'hint', role: 'status' });
  const refresh = async (activity: 'auto' | 'passive'): Promise<void> => {
    const response = await client.fetch(new URL('/orders', config.ordersService), { activity });
    if (!response.ok || signal.aborted) return;
    const { orders } = (await response.json()) as { orders: readonly Order[] };
    const rows = orders.map(({ id, item }) =>
      element('li', {}, element('span', {}, `No. ${String(id)}`), item),
    );
    list.replaceChildren(...(rows.length > 0 ? rows : [element('li', {}, 'Nothing yet.')]));
  };
  const attempt = (action: () => Promise<unknown>): void => {
    action().then(
      () => (note.textContent = ''),
      () => (note.textContent = 'The service cannot be reached at the moment.'),
    );
  };
  // A poll is nobody's activity: however long this page stays open, it keeps nobody signed in.
  const poll = setInterval(() => attempt(() => refresh('passive')), pollMs);
  signal.addEventListener('abort', () => clearInterval(poll));
  attempt(() => refresh('auto'));

  const { heading } = words[config.name];
  return element(
    'section',
    { className: 'card' },
    element('h1', { tabIndex: -1 }, heading),
    element('p', { className: 'hint' }, `Signed in as ${session.user.email || session.user.id}`),
    list,
    note,
    draftForm(app, session.user.id, () => attempt(() => refresh('auto'))),
    element(
      'div',
      { className: 'buttons' },
      button('Send 30 requests at once', () => attempt(() => flood(() => refresh('auto')))),
      button(config.signsOutEverywhere ? 'Sign out everywhere' : 'Sign out', () => {
        void client.signOut({ everywhere: config.signsOutEverywhere });
      }),
    ),
    element('p', { className: 'policy' }, signOutPolicy(app)),
  );
}

const flood = (request: () => Promise<void>): Promise<unknown> =>
  Promise.all(Array.from({ length: 30 }, request));

const signOutPolicy = ({ config }: Surroundings): string =>
  config.signsOutEverywhere
    ? `Signing out of ${config.name} signs you out of ${config.other.name} as well.`
    : `Signing out of ${config.name} leaves you signed in to ${config.other.name}.`;

/** Each key is kept at once: the session may end at any moment, and nobody asks before. */
function draftForm(app: Surroundings, userId: string, sent: () => void): HTMLElement {
  const { draft, hint, send } = words[app.config.name];
  const text = element('textarea', { name: 'draft', rows: 3, placeholder: hint, maxLength: 200 });
  const kept = element('p', { className: 'hint' });
  const tell = (): void => {
    kept.textContent = text.value === '' ? '' : 'Kept on this computer until you send it.';
  };
  text.value = app.drafts.load(userId);
  tell();
  text.oninput = () => {
    app.drafts.save(userId, text.value);
    tell();
  };
  let isSending = false;
  const submit = async (): Promise<void> => {
    const item = text.value;
    const response = await app.client.fetch(new URL('/orders', app.config.ordersService), {
      method: 'POST',
      activity: 'user',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ item }),
    });
    if (!response.ok) throw new Error(`answered ${String(response.status)}`);
    // What was typed meanwhile is the next one.
    if (text.value === item) {
      text.value = '';
      app.drafts.save(userId, '');
    }
    tell();
    sent();
  };
  return element(
    'form',
    {
      onsubmit: (event) => {
        event.preventDefault();
        if (isSending || text.value.trim() === '') return;
        isSending = true;
        submit()
          .catch(() => (kept.textContent = 'That did not work. It is still kept here.'))
          .finally(() => (isSending = false));
      },
    },
    element('label', {}, element('span', {}, draft), text),
    kept,
    element('button', { type: 'submit', className: 'primary' }, send),
  );
}
