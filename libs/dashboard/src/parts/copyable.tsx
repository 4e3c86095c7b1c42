// An id that can be copied: shortened to the eye where it is long, whole in the clipboard.
import { ActionIcon } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useState, type ReactElement } from 'react';
import './copyable.css';

export interface CopyableProps {
  readonly value: string;
  /** What it is, for the button's name: "user id of mia@example.com". */
  readonly what: string;
  readonly shown?: 'whole' | 'short';
}

const shortLength = 8;

export function Copyable({ value, what, shown = 'whole' }: CopyableProps): ReactElement {
  const isCut = shown === 'short' && value.length > shortLength + 1;
  return (
    <span className="copyable">
      <code title={value}>{isCut ? `${value.slice(0, shortLength)}…` : value}</code>
      <CopyButton value={value} what={what} />
    </span>
  );
}

export function CopyButton({ value, what }: Omit<CopyableProps, 'shown'>): ReactElement {
  const [state, setState] = useState<'idle' | 'copied' | 'refused'>('idle');
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(value);
      setState('copied');
    } catch {
      setState('refused');
    }
  };
  return (
    <>
      <ActionIcon
        variant="subtle"
        color="gray"
        size="sm"
        aria-label={`Copy the ${what}`}
        onClick={() => void copy()}
        onBlur={() => setState('idle')}
      >
        {state === 'copied' ? (
          <IconCheck size={15} aria-hidden />
        ) : (
          <IconCopy size={15} aria-hidden />
        )}
      </ActionIcon>
      <span role="status" className={state === 'refused' ? 'copyable-refused' : 'unseen'}>
        {state === 'copied' && 'Copied'}
        {state === 'refused' && 'The browser does not allow it: select the text and copy it.'}
      </span>
    </>
  );
}
