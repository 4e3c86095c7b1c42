// What can be done to the sessions that are marked.
import { Button } from '@mantine/core';
import type { ReactElement } from 'react';

export interface MarkedSessionsProps {
  readonly count: number;
  readonly onEnd: () => void;
  readonly onNone: () => void;
}

export function MarkedSessions({ count, onEnd, onNone }: MarkedSessionsProps): ReactElement {
  return (
    <div className="bulk-bar" role="group" aria-label="Selected sessions">
      <p role="status">
        <strong className="number">{count}</strong> live {count === 1 ? 'session' : 'sessions'}{' '}
        selected
      </p>
      <Button size="xs" variant="default" onClick={onEnd}>
        End them…
      </Button>
      <Button size="xs" variant="subtle" onClick={onNone}>
        Select none
      </Button>
    </div>
  );
}
