// The columns of every list of sessions.
import { Button } from '@mantine/core';
import type { ReactElement } from 'react';
import { Link } from 'wouter';
import type { Action } from '../../actions/action.js';
import type { Session } from '../../api/api.js';
import type { Column } from '../../list/data-table.js';
import { Copyable } from '../../parts/copyable.js';
import { Pill } from '../../parts/pill.js';
import { Moment, TimeLeft } from '../../time/moment.js';
import { deviceOf } from './device.js';
import { endSession } from './session-actions.js';

export const ownerOf = ({ user, userId }: Session): string => user?.email ?? userId;

export const sessionColumns = (ask: (action: Action) => void): readonly Column<Session>[] => [
  {
    head: 'User',
    isRowHead: true,
    cell: (session) =>
      session.user ? (
        <Link href={`/users/${session.userId}`}>{session.user.email}</Link>
      ) : (
        <>
          <code>{session.userId.slice(0, 8)}…</code> <span className="table-under">deleted</span>
        </>
      ),
  },
  {
    head: 'Device',
    cell: ({ userAgent, ip }) => (
      <>
        <span title={userAgent}>{deviceOf(userAgent)}</span>
        <span className="table-under">{ip}</span>
      </>
    ),
  },
  { head: 'Application', cell: ({ application }) => application },
  { head: 'State', cell: (session) => <SessionState session={session} /> },
  {
    head: 'Last active',
    sort: 'lastSeenAt',
    cell: ({ lastSeenAt, createdAt }) => (
      <>
        <Moment at={lastSeenAt} inRow />
        <span className="table-under">
          signed in <Moment at={createdAt} inRow />
        </span>
      </>
    ),
  },
  { head: 'Time left', cell: (session) => <Left session={session} /> },
  {
    head: 'Id',
    cell: (session) => (
      <Copyable value={session.id} what={`session id of ${ownerOf(session)}`} shown="short" />
    ),
  },
  {
    head: 'Actions',
    isHeadUnseen: true,
    align: 'end',
    cell: (session) =>
      session.state === 'live' && (
        <Button
          size="compact-xs"
          variant="default"
          aria-label={`End the session of ${ownerOf(session)} on ${deviceOf(session.userAgent)}`}
          onClick={() => ask(endSession(session))}
        >
          End…
        </Button>
      ),
  },
];

function SessionState({ session }: { readonly session: Session }): ReactElement {
  const { state, end, current } = session;
  if (state === 'live') return <Pill kind="good" text={current ? 'This one' : 'Live'} />;
  if (!end) return <Pill kind="plain" text="Ran out" />;
  return (
    <>
      <Pill kind="bad" text="Ended" />
      <span className="table-under" title={`By ${end.by}`}>
        {end.reason}
      </span>
    </>
  );
}

function Left({ session }: { readonly session: Session }): ReactElement {
  if (session.state !== 'live') return <span className="soft">–</span>;
  return (
    <>
      <TimeLeft until={session.idleExpiresAt} />
      <span className="table-under">
        at most <TimeLeft until={session.expiresAt} />
      </span>
    </>
  );
}
