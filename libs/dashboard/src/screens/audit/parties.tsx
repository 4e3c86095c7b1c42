// Who did it and whom it met, with the way there.
import type { ReactElement } from 'react';
import { Link } from 'wouter';
import type { AuditEntry } from '../../api/api.js';

const short = (id: string): ReactElement => (
  <code title={id}>{id.length > 9 ? `${id.slice(0, 8)}…` : id}</code>
);

export function Actor({ actor }: Pick<AuditEntry, 'actor'>): ReactElement {
  const { type, id } = actor;
  if (id === null) return <>{type}</>;
  if (type !== 'user') {
    return (
      <>
        {type} {short(id)}
      </>
    );
  }
  return (
    <>
      user <Link href={`/users/${id}`}>{short(id)}</Link>
    </>
  );
}

export function Target({ target }: Pick<AuditEntry, 'target'>): ReactElement {
  if (target === null) return <>–</>;
  const { type, id } = target;
  if (type === 'everybody') return <>everybody</>;
  return (
    <>
      {type} {type === 'user' ? <Link href={`/users/${id}`}>{short(id)}</Link> : short(id)}
    </>
  );
}
