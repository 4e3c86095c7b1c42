// The keys that tokens are signed with, and what revoking one of them would end.
import { Button } from '@mantine/core';
import { IconRotateClockwise } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useAsk } from '../../actions/action-provider.js';
import type { Action } from '../../actions/action.js';
import { api, read, type SigningKey } from '../../api/api.js';
import { asking } from '../../api/query-client.js';
import { DataTable, type Column } from '../../list/data-table.js';
import { Copyable } from '../../parts/copyable.js';
import { PageTitle } from '../../parts/page-title.js';
import { Pill, type PillKind } from '../../parts/pill.js';
import { Failure, Loading } from '../../parts/states.js';
import { Moment } from '../../time/moment.js';
import { revokeKey, rotateKeys } from './key-actions.js';

export function KeysScreen(): ReactElement {
  const ask = useAsk();
  const { data, error, refetch } = useQuery({
    queryKey: ['keys'],
    queryFn: (context) => read(api.GET('/admin/keys', asking(context))),
  });
  const live = data?.keys.reduce((sum, { liveSessions }) => sum + liveSessions, 0) ?? 0;
  return (
    <div className="stack">
      <PageTitle
        title="Signing keys"
        aside={
          <Button
            leftSection={<IconRotateClockwise size={16} aria-hidden />}
            onClick={() => ask(rotateKeys())}
          >
            Rotate now…
          </Button>
        }
      />
      <p className="soft">
        Rotating ends nobody’s session: what the old key signed stays good until it expires. Revoke
        a key when somebody else may have it.
      </p>
      {error && <Failure error={error} onRetry={() => void refetch()} />}
      {!error && !data && <Loading rows={3} />}
      {!error && data && (
        <DataTable
          label="Signing keys"
          columns={columnsFor(ask, live)}
          rows={data.keys}
          idOf={({ kid }) => kid}
          nameOf={({ kid }) => `key ${kid}`}
        />
      )}
    </div>
  );
}

const states: Readonly<Record<SigningKey['state'], readonly [PillKind, string]>> = {
  next: ['plain', 'Next'],
  active: ['good', 'Active: signs now'],
  retiring: ['wait', 'Retiring: still checked'],
  retired: ['plain', 'Retired'],
  revoked: ['bad', 'Revoked'],
};

const columnsFor = (ask: (action: Action) => void, live: number): readonly Column<SigningKey>[] => [
  {
    head: 'Key',
    isRowHead: true,
    cell: ({ kid }) => <Copyable value={kid} what={`id of key ${kid}`} />,
  },
  {
    head: 'State',
    cell: ({ state }) => {
      const [kind, text] = states[state];
      return <Pill kind={kind} text={text} />;
    },
  },
  { head: 'Algorithm', cell: ({ algorithm }) => algorithm },
  { head: 'Made', cell: ({ createdAt }) => <Moment at={createdAt} inRow /> },
  {
    head: 'Last token expires',
    cell: ({ publishedUntil }) =>
      publishedUntil === null ? '–' : <Moment at={publishedUntil} inRow />,
  },
  {
    head: 'Live sessions',
    align: 'end',
    cell: ({ liveSessions }) => (
      <span className="number">
        {liveSessions}
        <span className="table-under">{shareOf(liveSessions, live)}</span>
      </span>
    ),
  },
  {
    head: 'Actions',
    isHeadUnseen: true,
    align: 'end',
    cell: (key) =>
      key.state !== 'revoked' &&
      key.state !== 'retired' && (
        <Button
          size="compact-xs"
          variant="default"
          aria-label={`Revoke key ${key.kid}`}
          onClick={() => ask(revokeKey(key))}
        >
          Revoke…
        </Button>
      ),
  },
];

const percent = new Intl.NumberFormat('en', { style: 'percent' });

const shareOf = (count: number, of: number): string =>
  of === 0 ? percent.format(0) : percent.format(count / of);
