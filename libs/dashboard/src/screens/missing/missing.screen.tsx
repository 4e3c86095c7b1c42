// For an address that leads nowhere, and for an account that may see nothing here.
import { Button } from '@mantine/core';
import type { ReactElement } from 'react';
import { Link } from 'wouter';
import { PageTitle } from '../../parts/page-title.js';
import { Notice } from '../../parts/states.js';
import { session, useOperator } from '../../session/session.js';

export function MissingScreen(): ReactElement {
  return (
    <div className="stack">
      <PageTitle title="No such page" />
      <Notice title="This address leads nowhere" action={<Link href="/">Overview</Link>} />
    </div>
  );
}

/** The server refuses everything here to whoever is no administrator; so the page says it once. */
export function ForbiddenScreen(): ReactElement {
  const { user } = useOperator();
  return (
    <main id="main" className="sign-in">
      <div className="sign-in-box panel">
        <PageTitle title="Administrators only" />
        <p>
          You are signed in as <strong>{user.email}</strong>, which is no administrator of this
          server. Ask one of them, or sign in with another account.
        </p>
        <Button onClick={() => void session.signOut()}>Sign out</Button>
      </div>
    </main>
  );
}
