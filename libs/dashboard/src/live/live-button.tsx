// Whether what is shown is kept fresh, and the switch for it.
import { Button } from '@mantine/core';
import type { ReactElement } from 'react';
import './live.css';
import { pauseLive, useLiveStatus, type LiveStatus } from './live.js';

const words: Readonly<Record<LiveStatus, string>> = {
  off: 'Not live',
  paused: 'Paused',
  connecting: 'Connecting',
  live: 'Live',
  lost: 'Reconnecting',
};

export function LiveButton(): ReactElement {
  const status = useLiveStatus();
  const isPaused = status === 'paused';
  return (
    <Button
      variant="subtle"
      color="gray"
      size="sm"
      aria-pressed={!isPaused}
      aria-label={`Live updates: ${words[status]}`}
      title={isPaused ? 'Go on showing what happens' : 'Stop showing what happens'}
      leftSection={<span className={`live-dot live-dot-${status}`} aria-hidden="true" />}
      onClick={() => pauseLive(!isPaused)}
    >
      <span className="live-word">{words[status]}</span>
    </Button>
  );
}
