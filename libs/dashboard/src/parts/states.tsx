// What stands where there is nothing to show: why, in words, and one way out.
import { Button } from '@mantine/core';
import { IconAlertTriangle, IconPlugConnectedX } from '@tabler/icons-react';
import type { ReactElement, ReactNode } from 'react';
import { isOffline, ProblemError } from '../api/problem-error.js';
import './states.css';

export interface NoticeProps {
  readonly title: string;
  readonly children?: ReactNode;
  readonly action?: ReactNode;
  readonly isAlert?: boolean;
  readonly icon?: ReactNode;
}

export function Notice({ title, children, action, isAlert, icon }: NoticeProps): ReactElement {
  return (
    <div className="notice" {...(isAlert === true && { role: 'alert' })}>
      {icon}
      <p className="notice-title">{title}</p>
      {children !== undefined && <div className="soft">{children}</div>}
      {action}
    </div>
  );
}

export interface FailureProps {
  readonly error: unknown;
  readonly onRetry: () => void;
}

export function Failure({ error, onRetry }: FailureProps): ReactElement {
  const again = (
    <Button variant="default" onClick={onRetry}>
      Try again
    </Button>
  );
  const size = 28;
  if (isOffline(error)) {
    const icon = <IconPlugConnectedX size={size} aria-hidden />;
    return (
      <Notice isAlert icon={icon} title="The server cannot be reached" action={again}>
        Check the connection. Nothing you see here is newer than the last answer.
      </Notice>
    );
  }
  const icon = <IconAlertTriangle size={size} aria-hidden />;
  const { title, detail, requestId } = describe(error);
  return (
    <Notice isAlert icon={icon} title={title} action={again}>
      {detail}
      {requestId !== null && (
        <>
          <br />
          In the server’s log: <code>{requestId}</code>
        </>
      )}
    </Notice>
  );
}

interface Described {
  readonly title: string;
  readonly detail: string;
  readonly requestId: string | null;
}

function describe(error: unknown): Described {
  if (!(error instanceof ProblemError)) {
    const detail = 'The page met something it did not expect. Reload it, please.';
    return { title: 'This did not work', detail, requestId: null };
  }
  const { status, message, requestId } = error;
  const titles: Readonly<Record<number, string>> = {
    400: 'The server does not take this filter',
    403: 'You may not see this',
    404: 'There is no such thing here',
    429: 'Too many requests',
    503: 'The server cannot answer now',
  };
  return { title: titles[status] ?? 'The server could not do this', detail: message, requestId };
}

/** Grey bars where rows will be, announced once. */
export function Loading({ rows = 6 }: { readonly rows?: number }): ReactElement {
  return (
    <div className="loading" role="status">
      <span className="unseen">Loading…</span>
      {Array.from({ length: rows }, (_, index) => (
        <div key={index} className="loading-bar" aria-hidden="true" />
      ))}
    </div>
  );
}
