// The page of somebody who is not signed in: why not, the form, and what the application allows.
import { PortcullisError } from '@portcullis/client';
import { describeEnd } from '@portcullis/client/timeout-dialog';

import type { Config } from '../config.js';
import type { Surroundings } from '../surroundings.js';
import { button, element, field } from '../dom.js';
import type { Ending } from '../session/ending.js';

export function signInView(app: Surroundings, ending: Ending | null): HTMLElement {
  const email = field('E-mail address', {
    type: 'email',
    name: 'email',
    autocomplete: 'username',
    required: true,
  });
  const password = field('Password', {
    type: 'password',
    name: 'password',
    autocomplete: 'current-password',
    required: true,
    minLength: 12,
  });
  const problem = element('p', { className: 'problem', role: 'alert' });
  const credentials = (): { email: string; password: string } => ({
    email: email.querySelector('input')?.value ?? '',
    password: password.querySelector('input')?.value ?? '',
  });
  const attempt = (action: () => Promise<unknown>): void => {
    problem.textContent = '';
    action().catch((error: unknown) => (problem.textContent = explain(error)));
  };
  const register = async (): Promise<void> => {
    await createAccount(app.config, credentials());
    await app.client.signIn(credentials());
  };
  const form = element(
    'form',
    {
      onsubmit: (event) => {
        event.preventDefault();
        attempt(() => app.client.signIn(credentials()));
      },
    },
    email,
    password,
    element(
      'div',
      { className: 'buttons' },
      element('button', { type: 'submit', className: 'primary' }, 'Sign in'),
      button('Create account', () => {
        if (form.reportValidity()) attempt(register);
      }),
    ),
    problem,
  );
  return element(
    'section',
    { className: 'card' },
    element(
      'h1',
      { tabIndex: -1 },
      ending ? 'You are signed out' : `Sign in to ${app.config.name}`,
    ),
    ending && endedNote(ending),
    form,
    element('p', { className: 'policy' }, policyOf(app.config)),
  );
}

/** What happened, and whether work was kept. Nothing of the user. */
function endedNote({ message, hasDraft }: Ending): HTMLElement {
  const kept = hasDraft
    ? 'What you were writing is kept on this computer, and is there when you sign in again.'
    : 'Nothing you were writing is lost.';
  return element('div', { className: 'note' }, element('p', {}, message), element('p', {}, kept));
}

/** WCAG 2.2.6: how long one may be away, said before anything can be lost. */
function policyOf({ idleSeconds, sessionSeconds }: Config): string {
  const words = (seconds: number): string =>
    seconds < 120
      ? `${String(seconds)} seconds`
      : seconds < 7200
        ? `${String(Math.round(seconds / 60))} minutes`
        : `${String(Math.round(seconds / 3600))} hours`;
  return `You will be signed out after ${words(idleSeconds)} without activity, and at the latest ${words(sessionSeconds)} after signing in. We tell you before.`;
}

async function createAccount(config: Config, credentials: object): Promise<void> {
  const response = await fetch(new URL('/auth/register', config.server), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(credentials),
  });
  if (response.ok) return;
  const { detail, errors } = (await response.json()) as {
    detail: string;
    errors?: { message: string }[];
  };
  throw new Error(errors?.map(({ message }) => message).join('. ') ?? detail);
}

function explain(error: unknown): string {
  if (error instanceof TypeError) return 'The server cannot be reached at the moment.';
  if (!(error instanceof PortcullisError)) {
    return error instanceof Error ? error.message : 'That did not work.';
  }
  if (error.code === 'account_suspended') return describeEnd('suspended');
  if (error.code === 'invalid_credentials') return 'That e-mail address and password do not match.';
  if (error.code === 'rate_limited') return 'Too many attempts. Please wait a little.';
  return error.message;
}
