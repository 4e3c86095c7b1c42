// The warning before an operator's own session ends. What is shown after the end is the sign-in form.
import { SessionTimeoutDialog } from '@portcullis/client/timeout-dialog';
import { useEffect, useRef, type ReactElement } from 'react';
import { session } from './session.js';
import './timeout-dialog.css';

export function TimeoutDialog(): ReactElement {
  const host = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = new SessionTimeoutDialog();
    element.addEventListener('session-ended', (event) => event.preventDefault());
    element.client = session;
    host.current?.append(element);
    return () => element.remove();
  }, []);
  return <div ref={host} className="timeout" />;
}
