// What people sign in to: each with its limits, its origins and the sessions it has now.
import { ActionIcon, Button, Menu } from '@mantine/core';
import { IconDotsVertical, IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactElement } from 'react';
import { Link } from 'wouter';
import { useAsk } from '../../actions/action-provider.js';
import { DataTable, type Column } from '../../list/data-table.js';
import { Copyable } from '../../parts/copyable.js';
import { PageTitle } from '../../parts/page-title.js';
import { Pill } from '../../parts/pill.js';
import { Failure, Loading } from '../../parts/states.js';
import { toDuration } from '../../time/words.js';
import { ApplicationDialog } from './application-dialog.js';
import { disable, enable, endSessions, newSecret, remove } from './application-actions.js';
import { applicationsQuery, type ListedApplication } from './applications.queries.js';

/** `new`: one that is being made. */
type Edited = ListedApplication | 'new' | null;

export function ApplicationsScreen(): ReactElement {
  const { data, error, refetch } = useQuery(applicationsQuery());
  const [edited, setEdited] = useState<Edited>(null);
  return (
    <div className="stack">
      <PageTitle
        title="Applications"
        aside={
          <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setEdited('new')}>
            Add application
          </Button>
        }
      />
      {error && <Failure error={error} onRetry={() => void refetch()} />}
      {!error && !data && <Loading />}
      {!error && data && (
        <DataTable
          label="Applications"
          columns={columnsFor(setEdited)}
          rows={data.applications}
          idOf={({ id }) => id}
          nameOf={({ name }) => name}
        />
      )}
      {edited !== null && (
        <ApplicationDialog
          application={edited === 'new' ? null : edited}
          onClose={() => setEdited(null)}
        />
      )}
    </div>
  );
}

const columnsFor = (onEdit: (one: ListedApplication) => void): Column<ListedApplication>[] => [
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
  {
    head: 'Origins',
    cell: ({ allowedOrigins }) =>
      allowedOrigins.length === 0
        ? 'None'
        : allowedOrigins.map((origin) => (
            <span key={origin} className="origin">
              {origin}
            </span>
          )),
  },
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
