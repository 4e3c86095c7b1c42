// The columns of the list of users.
import { ActionIcon, Menu } from '@mantine/core';
import { IconDotsVertical } from '@tabler/icons-react';
import type { ReactElement } from 'react';
import { Link } from 'wouter';
import type { Action } from '../../actions/action.js';
import type { User } from '../../api/api.js';
import type { Column } from '../../list/data-table.js';
import { Copyable } from '../../parts/copyable.js';
import { Pill } from '../../parts/pill.js';
import { Moment } from '../../time/moment.js';
import { reactivate, signOutEverywhere, suspend } from './user-actions.js';
import type { ListedUser } from './users.queries.js';

type Ask = (action: Action) => void;

export const StatusPill = ({ status }: Pick<User, 'status'>): ReactElement =>
  status === 'active' ? <Pill kind="good" text="Active" /> : <Pill kind="bad" text="Suspended" />;

export const userColumns = (ask: Ask, ownId: string): readonly Column<ListedUser>[] => [
  {
    head: 'User',
    sort: 'email',
    isRowHead: true,
    cell: ({ id, email, displayName }) => (
      <>
        <Link href={`/users/${id}`}>{email}</Link>
        {displayName !== '' && <span className="table-under">{displayName}</span>}
      </>
    ),
  },
  { head: 'Status', cell: ({ status }) => <StatusPill status={status} /> },
  { head: 'Roles', cell: ({ roles }) => (roles.length === 0 ? '–' : roles.join(', ')) },
  {
    head: 'Sessions',
    align: 'end',
    cell: ({ liveSessions }) => <span className="number">{liveSessions}</span>,
  },
  {
    head: 'Last seen',
    cell: ({ lastSeenAt }) => (lastSeenAt === null ? 'Never' : <Moment at={lastSeenAt} inRow />),
  },
  { head: 'Created', sort: 'createdAt', cell: ({ createdAt }) => <Moment at={createdAt} inRow /> },
  {
    head: 'Id',
    cell: ({ id, email }) => <Copyable value={id} what={`id of ${email}`} shown="short" />,
  },
  {
    head: 'Actions',
    isHeadUnseen: true,
    align: 'end',
    cell: (user) => <RowMenu user={user} ask={ask} isSelf={user.id === ownId} />,
  },
];

interface RowMenuProps {
  readonly user: ListedUser;
  readonly ask: Ask;
  readonly isSelf: boolean;
}

function RowMenu({ user, ask, isSelf }: RowMenuProps): ReactElement {
  return (
    <Menu position="bottom-end" width={230} withinPortal>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" aria-label={`Actions for ${user.email}`}>
          <IconDotsVertical size={18} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown aria-label={`Actions for ${user.email}`}>
        <Menu.Item disabled={isSelf} onClick={() => ask(suspend(user))}>
          {isSelf ? 'Suspend: not your own account' : 'Suspend…'}
        </Menu.Item>
        {user.status === 'suspended' && (
          <Menu.Item onClick={() => ask(reactivate(user))}>Reactivate…</Menu.Item>
        )}
        <Menu.Item onClick={() => ask(signOutEverywhere(user, isSelf))}>
          Sign out everywhere…
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
