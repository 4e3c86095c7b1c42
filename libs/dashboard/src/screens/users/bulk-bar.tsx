// What can be done to the rows that are marked.
import { Button } from '@mantine/core';
import type { ReactElement } from 'react';
import { useAsk } from '../../actions/action-provider.js';
import type { User } from '../../api/api.js';
import { bulk, type BulkKind } from './bulk-actions.js';
import './bulk-bar.css';

export interface BulkBarProps {
  readonly users: readonly User[];
  readonly ownId: string;
  readonly onSelect: (ids: ReadonlySet<string>) => void;
}

const kinds: readonly (readonly [BulkKind, string])[] = [
  ['suspend', 'Suspend…'],
  ['revoke', 'Sign out everywhere…'],
  ['reactivate', 'Reactivate…'],
];

export function BulkBar({ users, ownId, onSelect }: BulkBarProps): ReactElement {
  const ask = useAsk();
  const isOnlySelf = users.every(({ id }) => id === ownId);
  return (
    <div className="bulk-bar" role="group" aria-label="Selected users">
      <p role="status">
        <strong className="number">{users.length}</strong> selected
        {isOnlySelf && ': your own account, which nobody can shut from here'}
      </p>
      {kinds.map(([kind, words]) => (
        <Button
          key={kind}
          size="xs"
          variant="default"
          disabled={isOnlySelf}
          onClick={() => ask(bulk({ kind, users, ownId, onDone: onSelect }))}
        >
          {words}
        </Button>
      ))}
      <Button size="xs" variant="subtle" onClick={() => onSelect(new Set())}>
        Select none
      </Button>
    </div>
  );
}
