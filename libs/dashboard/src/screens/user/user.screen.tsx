// One account: its standing first, and what can be done about it.
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { Link, useLocation } from 'wouter';
import { useAsk } from '../../actions/action-provider.js';
import { ProblemError } from '../../api/problem-error.js';
import { PageTitle } from '../../parts/page-title.js';
import { Failure, Loading, Notice } from '../../parts/states.js';
import { useOperator } from '../../session/session.js';
import { reactivate, remove, signOutEverywhere, suspend } from '../users/user-actions.js';
import { userQuery, type ListedUser } from '../users/users.queries.js';
import { UserAudit } from './user-audit.js';
import { UserProfile } from './user-profile.js';
import { UserSessions } from './user-sessions.js';
import './user.css';

export function UserScreen({ id }: { readonly id: string }): ReactElement {
  const { data, error, refetch } = useQuery(userQuery(id));
  if (error) {
    const isGone = error instanceof ProblemError && error.status === 404;
    return (
      <div className="stack">
        <PageTitle title={isGone ? 'No such user' : 'User'} />
        {isGone ? <Gone /> : <Failure error={error} onRetry={() => void refetch()} />}
      </div>
    );
  }
  if (!data) {
    return (
      <div className="stack">
        <PageTitle title="User" />
        <Loading />
      </div>
    );
  }
  const { user } = data;
  return (
    <div className="stack">
      <p>
        <Link href="/users">All users</Link>
      </p>
      <PageTitle title={user.email} aside={<UserButtons user={user} />} />
      <UserProfile user={user} />
      <UserSessions id={user.id} />
      <UserAudit id={user.id} />
    </div>
  );
}

function Gone(): ReactElement {
  return (
    <Notice title="There is no user with this id" action={<Link href="/users">All users</Link>}>
      The account may have been deleted; the audit log still has its id.
    </Notice>
  );
}

function UserButtons({ user }: { readonly user: ListedUser }): ReactElement {
  const ask = useAsk();
  const [, navigate] = useLocation();
  const isSelf = useOperator().user.id === user.id;
  const isSuspended = user.status === 'suspended';
  return (
    <>
      {isSelf && (
        <p className="soft" id="own-account">
          This is your own account: nobody can suspend or delete it from here.
        </p>
      )}
      {isSuspended ? (
        <Button onClick={() => ask(reactivate(user))}>Reactivate…</Button>
      ) : (
        <Button
          color="red.9"
          disabled={isSelf}
          {...(isSelf && { 'aria-describedby': 'own-account' })}
          onClick={() => ask(suspend(user))}
        >
          Suspend…
        </Button>
      )}
      <Button variant="default" onClick={() => ask(signOutEverywhere(user, isSelf))}>
        Sign out everywhere…
      </Button>
      <Button
        variant="default"
        disabled={isSelf}
        {...(isSelf && { 'aria-describedby': 'own-account' })}
        onClick={() => ask(remove(user, () => navigate('/users')))}
      >
        Delete…
      </Button>
    </>
  );
}
