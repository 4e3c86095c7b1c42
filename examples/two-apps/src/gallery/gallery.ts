// /gallery: every state of the dialog, in several languages, in both schemes. No server, no session.
import type { EndReason } from '@portcullis/client';
import '@portcullis/client/timeout-dialog';
import { button, element } from '../dom.js';
import { StagedClient, type Stage } from './staged-client.js';
import { translations } from './translations.js';

const ended = (reason: EndReason): Stage => ({ kind: 'ended', reason });
const warning = (ms: number, extending: 'works' | 'fails' | 'hangs' = 'works'): Stage => ({
  kind: 'warning',
  ms,
  extending,
});

const stages: Readonly<Record<string, Stage>> = {
  'A warning, two minutes before': warning(120_000),
  'The last seconds': warning(21_000),
  'Staying does not work': warning(100_000, 'fails'),
  'Staying takes long': warning(100_000, 'hangs'),
  'An end that cannot be put off': { kind: 'absolute', ms: 300_000 },
  'Time is up, and nobody can be asked': { kind: 'unknown' },
  'Signed out: no activity': ended('idle'),
  'Signed out: the longest time is over': ended('absolute'),
  'Signed out: from another place': ended('revoked'),
  'Signed out: suspended': ended('suspended'),
  'Signed out by oneself': ended('signed-out'),
};

const client = new StagedClient();
const dialog = element('session-timeout-dialog', { client: client.asClient() });
// A page would be loaded anew; here the next state is shown.
dialog.addEventListener('session-signin', (event) => {
  event.preventDefault();
  client.calm();
});

function speak(language: string): void {
  const translation = translations[language];
  if (!translation) return;
  document.documentElement.dir = translation.direction;
  dialog.lang = language;
  dialog.labels = translation.labels;
}

function choice(
  label: string,
  options: Readonly<Record<string, string>>,
  choose: (value: string) => void,
): HTMLLabelElement {
  const select = element(
    'select',
    { onchange: () => choose(select.value) },
    ...Object.entries(options).map(([value, text]) => element('option', { value }, text)),
  );
  return element('label', {}, element('span', {}, label), select);
}

const languages = Object.fromEntries(
  Object.entries(translations).map(([language, { name }]) => [language, name]),
);
const schemes = { 'light dark': 'As the system', light: 'Light', dark: 'Dark' };

document.querySelector('main')?.append(
  element('h1', {}, 'The timeout dialog'),
  element('p', { className: 'hint' }, 'Every state of <session-timeout-dialog>, without a server.'),
  element(
    'form',
    { ariaLabel: 'How it is shown' },
    choice('Language', languages, speak),
    choice('Colours', schemes, (scheme) => {
      document.documentElement.style.colorScheme = scheme;
    }),
  ),
  element(
    'div',
    { className: 'buttons' },
    ...Object.entries(stages).map(([name, stage]) => button(name, () => client.show(stage))),
  ),
);
document.body.append(dialog);
