// The columns of the list of applications.
import { ActionIcon, Menu } from '@mantine/core';
import { IconDotsVertical } from '@tabler/icons-react';
import type { ReactElement } from 'react';
import { Link } from 'wouter';
import { useAsk } from '../../actions/action-provider.js';
import type { Column } from '../../list/data-table.js';
import { Copyable } from '../../parts/copyable.js';
import { Pill } from '../../parts/pill.js';
import { toDuration } from '../../time/words.js';
import { disable, enable, endSessions, newSecret, remove } from './application-actions.js';
import './applications.css';
import type { ListedApplication } from './applications.queries.js';

export const applicationColumns = (
  onEdit: (one: ListedApplication) => void,
): readonly Column<ListedApplication>[] => [
  {
    head: 'Application',
    isRowHead: true,
    cell: ({ name, id }) => (
      <>
        {name}
        <span className="table-under">
          <Copyable value={id} what={`id of ${name}`} />
        </span>
      </>
    ),
  },
  {
    head: 'State',
    cell: ({ enabled, resourceServer }) => (
      <>
        {enabled ? <Pill kind="good" text="Enabled" /> : <Pill kind="bad" text="Disabled" />}
        {resourceServer && <span className="table-under">joined service</span>}
      </>
    ),
  },
  { head: 'Audience', cell: ({ audience }) => <code>{audience}</code> },
  {
    head: 'Limits',
    cell: ({ accessTokenTtl, sessionTtl }) => (
      <>
        {toDuration(accessTokenTtl)} idle
        <span className="table-under">{toDuration(sessionTtl)} at most</span>
      </>
    ),
  },
  { head: 'Origins', cell: ({ allowedOrigins }) => <Origins origins={allowedOrigins} /> },
  {
    head: 'Live sessions',
    align: 'end',
    cell: ({ id, name, liveSessions }) => (
      <Link
        href={`/sessions?state=live&application=${encodeURIComponent(id)}`}
        className="number"
        aria-label={`${String(liveSessions)} live sessions of ${name}`}
      >
        {liveSessions}
      </Link>
    ),
  },
  {
    head: 'Actions',
    isHeadUnseen: true,
    align: 'end',
    cell: (application) => <RowMenu application={application} onEdit={onEdit} />,
  },
];

function Origins({ origins }: { readonly origins: readonly string[] }): ReactElement {
  if (origins.length === 0) return <>None</>;
  return (
    <>
      {origins.map((origin) => (
        <span key={origin} className="origin">
          {origin}
        </span>
      ))}
    </>
  );
}

interface RowMenuProps {
  readonly application: ListedApplication;
  readonly onEdit: (one: ListedApplication) => void;
}

function RowMenu({ application, onEdit }: RowMenuProps): ReactElement {
  const ask = useAsk();
  const { name, enabled } = application;
  return (
    <Menu position="bottom-end" width={230}>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" aria-label={`Actions for ${name}`}>
          <IconDotsVertical size={18} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown aria-label={`Actions for ${name}`}>
        <Menu.Item onClick={() => onEdit(application)}>Edit…</Menu.Item>
        <Menu.Item onClick={() => ask(newSecret(application))}>New secret…</Menu.Item>
        <Menu.Divider />
        <Menu.Item onClick={() => ask(endSessions(application))}>End all its sessions…</Menu.Item>
        {enabled ? (
          <Menu.Item onClick={() => ask(disable(application))}>Disable…</Menu.Item>
        ) : (
          <Menu.Item onClick={() => ask(enable(application))}>Enable…</Menu.Item>
        )}
        <Menu.Item onClick={() => ask(remove(application))}>Delete…</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
