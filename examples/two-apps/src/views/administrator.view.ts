// The administrator beside the page: suspends its user, and the page shuts at once.
import type { SessionClient } from '@portcullis/client';
import type { Administrator, Revocation } from '../administrator.js';
import { button, element } from '../dom.js';

export function administratorView(
  client: SessionClient,
  administrator: Administrator,
): HTMLElement {
  let userId: string | null = null;
  const note = element('p', { className: 'hint', role: 'status' });
  const suspend = button(
    'Suspend this user',
    () =>
      act(async (id) => {
        note.textContent = inWords(await administrator.suspend(id));
      }),
    'danger',
  );
  const reactivate = button('Reactivate', () =>
    act(async (id) => {
      await administrator.reactivate(id);
      note.textContent = 'May sign in again. Earlier tokens stay dead.';
    }),
  );
  const draw = (): void => {
    userId = client.session?.user.id ?? userId;
    suspend.disabled = client.session === null;
    reactivate.disabled = userId === null || client.session !== null;
  };
  const act = (action: (id: string) => Promise<void>): void => {
    if (userId === null) return;
    action(userId).catch((error: unknown) => {
      note.textContent = error instanceof Error ? error.message : 'That did not work.';
    });
  };
  client.on('statechange', draw);
  client.on('signedin', draw);
  draw();
  return element(
    'section',
    { className: 'card' },
    element('h2', {}, 'An administrator'),
    element('div', { className: 'buttons' }, suspend, reactivate),
    note,
  );
}

function inWords({ durationMs, nodes }: Revocation): string {
  const count = nodes.length === 1 ? 'the one node' : `all ${String(nodes.length)} nodes`;
  return `In force on ${count} after ${String(Math.round(durationMs))} ms.`;
}
