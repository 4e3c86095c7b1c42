// A state in a word, with a shape of its own: it is not told by colour alone.
import type { ReactElement } from 'react';
import './pill.css';

export type PillKind = 'good' | 'bad' | 'wait' | 'plain';

export function Pill({
  kind,
  text,
}: {
  readonly kind: PillKind;
  readonly text: string;
}): ReactElement {
  return (
    <span className={`pill pill-${kind}`}>
      <svg viewBox="0 0 10 10" width="9" height="9" aria-hidden="true">
        {kind === 'bad' ? (
          <path d="M1.5 1.5l7 7m0-7l-7 7" stroke="currentColor" strokeWidth="2" />
        ) : (
          <circle
            cx="5"
            cy="5"
            r="3.75"
            fill={kind === 'good' ? 'currentColor' : 'none'}
            stroke="currentColor"
            strokeWidth="1.5"
          />
        )}
      </svg>
      {text}
    </span>
  );
}
