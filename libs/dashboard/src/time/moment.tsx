// A moment: how long ago, with the exact time in the title and when it, or its row, has the focus.
import { useSyncExternalStore, type ReactElement } from 'react';
import { createTicker } from './clock.js';
import './moment.css';
import { toDuration, toExact, toRelative } from './words.js';

const slow = createTicker(10_000);
const fast = createTicker(1_000);

export interface MomentProps {
  readonly at: string;
  /** In a table the row has the focus already: fifty more stops would help nobody. */
  readonly inRow?: boolean;
}

export function Moment({ at, inRow = false }: MomentProps): ReactElement {
  const now = useSyncExternalStore(slow.subscribe, slow.read);
  const time = Date.parse(at);
  return (
    <time
      className="moment number"
      dateTime={at}
      title={toExact(time)}
      {...(!inRow && { tabIndex: 0 })}
    >
      <span className="moment-relative">{toRelative(time, now)}</span>
      <span className="moment-exact">{toExact(time)}</span>
    </time>
  );
}

/** How long there still is, second by second. */
export function TimeLeft({ until }: { readonly until: string }): ReactElement {
  const now = useSyncExternalStore(fast.subscribe, fast.read);
  const end = Date.parse(until);
  return (
    <time className="number" dateTime={until} title={toExact(end)}>
      {end > now ? toDuration((end - now) / 1000) : 'over'}
    </time>
  );
}
