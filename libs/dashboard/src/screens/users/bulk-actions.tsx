// One action on many accounts: counted before, with a result for each afterwards.
import type { Action, Outcome } from '../../actions/action.js';
import { api, byHand, read, type BulkRow, type User } from '../../api/api.js';

export type BulkKind = 'suspend' | 'reactivate' | 'revoke';

interface Words {
  readonly verb: string;
  readonly working: string;
  readonly done: string;
  readonly meaning: string;
}

const words: Readonly<Record<BulkKind, Words>> = {
  suspend: {
    verb: 'Suspend',
    working: 'Suspending',
    done: 'suspended',
    meaning: 'All their sessions end now, on every node, and none of them can sign in.',
  },
  reactivate: {
    verb: 'Reactivate',
    working: 'Reactivating',
    done: 'reactivated',
    meaning: 'They can sign in again. Tokens from before stay refused.',
  },
  revoke: {
    verb: 'Sign out everywhere',
    working: 'Signing out',
    done: 'signed out',
    meaning: 'All their sessions end now, on every node. They can sign in again at once.',
  },
};

export interface BulkRequest {
  readonly kind: BulkKind;
  readonly users: readonly User[];
  /** The operator's own account is left out: the server would refuse it. */
  readonly ownId: string;
  readonly onDone: (failed: ReadonlySet<string>) => void;
}

const countOf = (count: number): string => `${String(count)} ${count === 1 ? 'user' : 'users'}`;

export function bulk({ kind, users, ownId, onDone }: BulkRequest): Action {
  const { verb, working, done, meaning } = words[kind];
  const others = users.filter(({ id }) => id !== ownId);
  const emails = new Map(users.map(({ id, email }) => [id, email]));
  return {
    title: `${verb}: ${countOf(others.length)}?`,
    consequence: (
      <div className="stack-tight">
        <p>{meaning}</p>
        <p className="soft">{summary(others)}</p>
        {others.length < users.length && <p>Your own account is left out.</p>}
      </div>
    ),
    verb: `${verb} ${countOf(others.length)}`,
    working: `${working} ${countOf(others.length)}.`,
    isDanger: kind !== 'reactivate',
    reason: 'required',
    nameOf: (id) => emails.get(id) ?? id,
    run: async ({ reason }): Promise<Outcome> => {
      const ids = others.map(({ id }) => id);
      const answer = await read(
        api.POST('/admin/users/bulk', { body: { ids, action: kind, reason }, ...byHand }),
      );
      const { results: rows } = answer;
      const count = rows.filter(({ ok }) => ok).length;
      const headline = `${countOf(count)} ${done}`;
      return 'revocation' in answer && kind !== 'reactivate'
        ? { headline, rows, revocation: answer.revocation }
        : { headline, rows };
    },
    onDone: ({ rows = [] }) => onDone(new Set(rows.filter(isRefused).map(({ id }) => id))),
  };
}

const isRefused = ({ ok }: BulkRow): boolean => !ok;

const shownNames = 5;

function summary(users: readonly User[]): string {
  const names = users.slice(0, shownNames).map(({ email }) => email);
  const rest = users.length - names.length;
  return rest > 0 ? `${names.join(', ')} and ${String(rest)} more` : names.join(', ');
}
