// "What happens": the session as the client sees it, and each of its events as it comes.
import type { SessionClient, SessionEventMap } from '@portcullis/client';
import { button, clockTime, element } from '../dom.js';
import { network, onSwitch, switchNetwork } from '../session/network.js';

const types = [
  'statechange',
  'signedin',
  'token',
  'warning',
  'extended',
  'ended',
  'userchanged',
  'problem',
] as const satisfies (keyof SessionEventMap)[];

const keptLines = 12;

export function happeningsView(client: SessionClient): HTMLElement {
  const state = element('dd');
  const idle = element('dd', { className: 'clock' });
  const absolute = element('dd', { className: 'clock' });
  const lines = element('ol', { className: 'events' });
  const draw = (): void => {
    const left = client.remaining();
    state.textContent = network.isDown ? `${client.state}, cut off` : client.state;
    idle.textContent = left ? clockTime(left.idleMs) : '–';
    absolute.textContent = left ? clockTime(left.absoluteMs) : '–';
  };
  for (const type of types) {
    client.on(type, (event) => {
      const text = `${type} ${describe(event)}`.trim();
      lines.prepend(element('li', {}, text));
      while (lines.children.length > keptLines) lines.lastChild?.remove();
      draw();
    });
  }
  setInterval(draw, 500);
  draw();
  const cut = button('Go offline', switchNetwork);
  onSwitch(() => {
    cut.textContent = network.isDown ? 'Go online' : 'Go offline';
    draw();
  });
  return element(
    'section',
    { className: 'card' },
    element('h2', {}, 'What happens'),
    element(
      'dl',
      {},
      element('dt', {}, 'State'),
      state,
      element('dt', {}, 'Without activity'),
      idle,
      element('dt', {}, 'At the latest'),
      absolute,
    ),
    lines,
    element(
      'div',
      { className: 'buttons' },
      button('Extend', () => void client.extend().catch(() => false)),
      button('Ask the server', () => void client.check().catch(() => null)),
      cut,
    ),
  );
}

/** The event's words and numbers; what it holds of people stays out. */
function describe(event: object): string {
  if ('from' in event && 'to' in event) return `${String(event.from)} → ${String(event.to)}`;
  if ('reason' in event && 'origin' in event)
    return `${String(event.reason)}, from ${String(event.origin)}`;
  if ('idleMs' in event) return `${clockTime(Number(event.idleMs))} left`;
  if ('origin' in event) return String(event.origin);
  return 'code' in event ? String(event.code) : '';
}
