// Everything an entry has: from where, under which request, and what was before and is after.
import type { ReactElement } from 'react';
import { RevocationResult } from '../../actions/revocation-result.js';
import type { AuditEntry } from '../../api/api.js';
import { Copyable } from '../../parts/copyable.js';
import { Facts } from '../../parts/facts.js';
import { Moment } from '../../time/moment.js';

export function AuditDetail({ entry }: { readonly entry: AuditEntry }): ReactElement {
  const { id, at, ip, requestId, changes, revocation, actor, target } = entry;
  const none = '–';
  return (
    <div className="stack">
      <Facts
        facts={[
          ['When', <Moment key="at" at={at} />],
          ['Address', ip ?? none],
          [
            'Request',
            requestId === null ? (
              none
            ) : (
              <Copyable key="request" value={requestId} what="request id" />
            ),
          ],
          ['Entry', <Copyable key="entry" value={id} what="entry id" />],
          [
            'By',
            actor.id === null ? (
              actor.type
            ) : (
              <Copyable key="actor" value={actor.id} what="actor id" />
            ),
          ],
          [
            'To',
            target === null ? none : <Copyable key="target" value={target.id} what="target id" />,
          ],
        ]}
      />
      {changes && <Changes changes={changes} />}
      {revocation && <RevocationResult revocation={revocation} />}
    </div>
  );
}

function Changes({
  changes,
}: {
  readonly changes: NonNullable<AuditEntry['changes']>;
}): ReactElement {
  return (
    <table className="changes">
      <caption>What changed</caption>
      <thead>
        <tr>
          <th scope="col">Field</th>
          <th scope="col">Before</th>
          <th scope="col">After</th>
        </tr>
      </thead>
      <tbody>
        {Object.entries(changes).map(([field, [before, after]]) => (
          <tr key={field}>
            <th scope="row">{field}</th>
            <td>
              <del>{toText(before)}</del>
            </td>
            <td>
              <ins>{toText(after)}</ins>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const toText = (value: unknown): string =>
  typeof value === 'string' ? value : value === undefined ? '–' : JSON.stringify(value);
