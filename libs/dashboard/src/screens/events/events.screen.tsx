// What happens now, on any node. Paused, it stands still and counts what came meanwhile.
import { Button, NativeSelect } from '@mantine/core';
import { IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react';
import { useState, type ReactElement } from 'react';
import type { AuditEntry } from '../../api/api.js';
import { useLiveStatus, type LiveStatus } from '../../live/live.js';
import { clearRecent, useRecent } from '../../live/recent.js';
import { PageTitle } from '../../parts/page-title.js';
import { Notice } from '../../parts/states.js';
import { AuditTable } from '../audit/audit-table.js';
import { kinds, matches, type Kind } from './kinds.js';

export function EventsScreen(): ReactElement {
  const recent = useRecent();
  const [kind, setKind] = useState<Kind>('all');
  /** What is shown while paused. */
  const [held, setHeld] = useState<readonly AuditEntry[] | null>(null);
  const isWanted = (entry: AuditEntry): boolean => matches(kind, entry);
  const shown = (held ?? recent).filter(isWanted);
  const missed = held === null ? 0 : recent.filter(isWanted).length - shown.length;
  return (
    <div className="stack">
      <PageTitle
        title="Live events"
        aside={
          <>
            <Button
              variant="default"
              leftSection={
                held ? (
                  <IconPlayerPlay size={16} aria-hidden />
                ) : (
                  <IconPlayerPause size={16} aria-hidden />
                )
              }
              onClick={() => setHeld(held ? null : recent)}
            >
              {held ? 'Go on' : 'Pause'}
            </Button>
            <Button
              variant="default"
              onClick={() => {
                clearRecent();
                setHeld(null);
              }}
            >
              Clear
            </Button>
          </>
        }
      />
      <div className="filters">
        <NativeSelect
          label="Show"
          value={kind}
          data={kinds.map(({ value, label }) => ({ value, label }))}
          onChange={({ currentTarget }) => setKind(currentTarget.value as Kind)}
        />
        <p role="status" className="number">
          {held ? `Paused: ${String(Math.max(0, missed))} new` : `${String(shown.length)} shown`}
        </p>
      </div>
      {shown.length === 0 ? <Waiting /> : <AuditTable label="Live events" entries={shown} />}
    </div>
  );
}

const words: Readonly<Record<LiveStatus, string>> = {
  live: 'Sign-ins, revokes and changes appear here as they happen.',
  connecting: 'The stream is being opened.',
  lost: 'The stream was lost and is being opened again.',
  paused: 'Live updates are paused, above: nothing comes in.',
  off: 'The stream is closed.',
};

function Waiting(): ReactElement {
  const status = useLiveStatus();
  return <Notice title="Nothing has happened yet">{words[status]}</Notice>;
}
