// Ends many sessions at once: those that are marked, or all that a filter matches, counted first.
import type { Action, Outcome } from '../../actions/action.js';
import { api, byHand, passive, read, type Session } from '../../api/api.js';
import { deviceOf } from './device.js';
import { ownerOf } from './session-columns.js';

type Body = Parameters<typeof postRevoke>[0];
export type SessionFilter = Readonly<Partial<Record<'user' | 'application' | 'ip', string>>>;

const countOf = (count: number): string =>
  `${String(count)} ${count === 1 ? 'session' : 'sessions'}`;

const postRevoke = (
  body: {
    ids?: string[];
    filter?: SessionFilter;
    expected?: number;
    dryRun?: boolean;
    reason?: string;
  },
  sending: typeof byHand,
) => read(api.POST('/admin/sessions/revoke', { body, ...sending }));

async function revoke(body: Body): Promise<Outcome> {
  const answer = await postRevoke(body, byHand);
  if (!('results' in answer)) throw new Error('the server only counted');
  const { results, revocation } = answer;
  const ended = results.filter(({ ok }) => ok).length;
  return { headline: `${countOf(ended)} ended`, rows: results, revocation };
}

export function endMarked(
  sessions: readonly Session[],
  onSelect: (ids: ReadonlySet<string>) => void,
): Action {
  const names = new Map(
    sessions.map((one) => [one.id, `${ownerOf(one)}, ${deviceOf(one.userAgent)}`]),
  );
  return {
    title: `End ${countOf(sessions.length)}?`,
    consequence: (
      <p>
        They are signed out on every node. Their users can sign in again.
        {sessions.some(({ current }) => current) && ' Your own session is among them.'}
      </p>
    ),
    verb: `End ${countOf(sessions.length)}`,
    working: `Ending ${countOf(sessions.length)}.`,
    isDanger: true,
    reason: 'required',
    nameOf: (id) => names.get(id) ?? id,
    run: ({ reason }) => revoke({ ids: [...names.keys()], reason }),
    onDone: ({ rows = [] }) => onSelect(new Set(rows.filter(({ ok }) => !ok).map(({ id }) => id))),
  };
}

async function countMatching(filter: SessionFilter): Promise<number> {
  const answer = await postRevoke({ filter, dryRun: true }, passive);
  if (!('dryRun' in answer)) throw new Error('the server did not only count');
  return answer.sessions;
}

const words: Readonly<Record<keyof SessionFilter, string>> = {
  user: 'of user',
  application: 'of application',
  ip: 'from',
};

export function endMatching(filter: SessionFilter): Action {
  const parts = Object.entries(filter) as [keyof SessionFilter, string][];
  return {
    title: 'End every session that matches?',
    consequence: (
      <p>
        All live sessions{' '}
        {parts.map(([name, value]) => (
          <span key={name}>
            {words[name]} <code>{value}</code>{' '}
          </span>
        ))}
        end now, on every node. Your own is left alone.
      </p>
    ),
    verb: 'End them all',
    working: 'Ending every session that matches.',
    isDanger: true,
    reason: 'required',
    count: () => countMatching(filter),
    run: ({ reason, count }) => revoke({ filter, expected: count, reason }),
  };
}
