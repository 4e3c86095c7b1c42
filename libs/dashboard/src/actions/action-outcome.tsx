// What came of it: where it is in force and since when, and what was refused.
import { Button } from '@mantine/core';
import type { ReactElement } from 'react';
import type { BulkRow } from '../api/api.js';
import { Pill } from '../parts/pill.js';
import type { Outcome } from './action.js';
import { RevocationResult } from './revocation-result.js';

export interface ActionOutcomeProps {
  readonly outcome: Outcome;
  readonly nameOf: ((id: string) => string) | undefined;
  readonly onClose: () => void;
}

export function ActionOutcome({ outcome, nameOf, onClose }: ActionOutcomeProps): ReactElement {
  const { revocation, rows, once } = outcome;
  const hasRevoked = revocation && (rows === undefined || rows.some(({ ok }) => ok));
  return (
    <div className="stack">
      {hasRevoked && <RevocationResult revocation={revocation} />}
      {rows && <RowResults rows={rows} nameOf={nameOf ?? String} />}
      {once}
      <div className="dialog-buttons">
        <Button autoFocus onClick={onClose}>
          Done
        </Button>
      </div>
    </div>
  );
}

const refusals: Readonly<Record<string, string>> = {
  conflict: 'your own account, or already so',
  last_admin: 'the last administrator',
  not_found: 'no longer there',
  unavailable: 'not confirmed: try again',
};

function RowResults({
  rows,
  nameOf,
}: {
  readonly rows: readonly BulkRow[];
  readonly nameOf: (id: string) => string;
}): ReactElement {
  return (
    <table className="action-rows">
      <caption>
        {rows.filter(({ ok }) => ok).length} of {rows.length} done
      </caption>
      <tbody>
        {rows.map(({ id, ok, code = '' }) => (
          <tr key={id}>
            <th scope="row">{nameOf(id)}</th>
            <td>
              {ok ? (
                <Pill kind="good" text="Done" />
              ) : (
                <Pill kind="bad" text={`Not done: ${refusals[code] ?? code}`} />
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
