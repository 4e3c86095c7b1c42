// The sign-in form: why one is here, how long one stays, and what was wrong in words.
import { Button, PasswordInput, TextInput } from '@mantine/core';
import type { EndReason } from '@portcullis/client';
import { describeEnd } from '@portcullis/client/timeout-dialog';
import { useRef, useState, type ReactElement, type SyntheticEvent } from 'react';
import { keepOutcome, useLastOutcome } from '../actions/last-outcome.js';
import { RevocationResult } from '../actions/revocation-result.js';
import { isOffline } from '../api/problem-error.js';
import { formText } from '../parts/form-text.js';
import { Logo } from '../shell/logo.js';
import { toDuration } from '../time/words.js';
import { session } from './session.js';
import './sign-in.css';

export function SignIn({ reason }: { readonly reason: EndReason | null }): ReactElement {
  const outcome = useLastOutcome();
  return (
    <main className="sign-in" id="main">
      <div className="sign-in-box panel">
        <div className="sign-in-head">
          <Logo />
          <h1>Sign in to Portcullis</h1>
          <p className="soft">For administrators of this server.</p>
        </div>
        {reason !== null && (
          <p className="sign-in-why" role="status">
            {describeEnd(reason)}
          </p>
        )}
        {outcome?.revocation && (
          <section className="stack-tight" aria-label="What you did">
            <strong>{outcome.headline}</strong>
            <RevocationResult revocation={outcome.revocation} />
          </section>
        )}
        <SignInForm />
        <p className="soft sign-in-policy">
          You are signed out after some time without activity, ten minutes unless your server is set
          otherwise. Lists that refresh by themselves do not count as activity.
        </p>
      </div>
    </main>
  );
}

function SignInForm(): ReactElement {
  const [fault, setFault] = useState<string | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  const password = useRef<HTMLInputElement>(null);

  const submit = async (event: SyntheticEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const email = formText(form, 'email').trim();
    setIsBusy(true);
    setFault(null);
    try {
      await session.signIn({ email, password: formText(form, 'password') });
      keepOutcome(null);
    } catch (error) {
      setFault(toFault(error));
      setIsBusy(false);
      password.current?.focus();
      password.current?.select();
    }
  };

  return (
    <form className="stack" onSubmit={(event) => void submit(event)}>
      <TextInput
        name="email"
        type="email"
        label="E-mail address"
        autoComplete="username"
        autoFocus
        required
        withAsterisk={false}
      />
      <PasswordInput
        ref={password}
        name="password"
        label="Password"
        autoComplete="current-password"
        required
        withAsterisk={false}
        visibilityToggleButtonProps={{ 'aria-label': 'Show the password' }}
      />
      <div role="alert" className="sign-in-fault">
        {fault}
      </div>
      <Button type="submit" loading={isBusy}>
        Sign in
      </Button>
    </form>
  );
}

interface Refusal {
  readonly code?: string;
  readonly message?: string;
  readonly retryAfterMs?: number;
}

function toFault(error: unknown): string {
  if (isOffline(error)) return 'The server cannot be reached. Check the connection and try again.';
  const { code, message, retryAfterMs = 0 } = error as Refusal;
  if (code === 'invalid_credentials') return 'The e-mail address or the password is wrong.';
  if (code === 'account_suspended') return 'This account is suspended.';
  if (code === 'rate_limited') {
    return `Too many attempts. Try again in ${toDuration(retryAfterMs / 1000)}.`;
  }
  return message ?? 'It did not work. Try again.';
}
