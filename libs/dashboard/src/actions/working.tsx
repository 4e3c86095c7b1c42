// While it is under way: that every node is waited for, and for how long already.
import { Loader } from '@mantine/core';
import { useEffect, useState, type ReactElement } from 'react';

const tickMs = 100;

export interface WorkingProps {
  readonly words: string;
  readonly isRevoke: boolean;
}

export function Working({ words, isRevoke }: WorkingProps): ReactElement {
  const [tenths, setTenths] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => setTenths((count) => count + 1), tickMs);
    return () => clearInterval(timer);
  }, []);
  return (
    // The button that had the focus is gone: it must not leave the dialog.
    <div className="working" tabIndex={-1} ref={(box) => box?.focus()}>
      <Loader size="sm" aria-hidden />
      <div>
        <p role="status">
          <strong>{words}</strong>
          {isRevoke && ' Every node is being told.'}
        </p>
        <p className="soft number" aria-hidden="true">
          {(tenths / 10).toFixed(1)} s
          {isRevoke &&
            tenths > 10 &&
            ': a node that does not answer is waited for until its lease ends.'}
        </p>
      </div>
    </div>
  );
}
