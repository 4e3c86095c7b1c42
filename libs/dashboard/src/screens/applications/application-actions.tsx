// What can be done to an application, with the words that say what it means.
import type { Action, Outcome } from '../../actions/action.js';
import { api, byHand, passive, read, type Revocation } from '../../api/api.js';
import type { ListedApplication } from './applications.queries.js';
import { OneTimeSecret } from './one-time-secret.js';

type Subject = Pick<ListedApplication, 'id' | 'name'>;

async function postRevoke(id: string, reason: string): Promise<Pick<Outcome, 'revocation'>> {
  const params = { path: { id } };
  const answer = await read(
    api.POST('/admin/applications/{id}/revoke', { params, body: { reason }, ...byHand }),
  );
  return 'revocation' in answer ? { revocation: answer.revocation } : {};
}

async function countSessions(id: string): Promise<number> {
  const params = { path: { id } };
  const answer = await read(
    api.POST('/admin/applications/{id}/revoke', { params, body: { dryRun: true }, ...passive }),
  );
  return 'sessions' in answer ? answer.sessions : 0;
}

export const endSessions = ({ id, name }: Subject): Action => ({
  title: `End every session of ${name}?`,
  consequence: (
    <p>
      Everybody who is signed in to <strong>{name}</strong> is signed out on every node. They can
      sign in again at once.
    </p>
  ),
  verb: 'End its sessions',
  working: `Ending the sessions of ${name}.`,
  isDanger: true,
  reason: 'required',
  count: () => countSessions(id),
  run: async ({ reason }) => ({
    headline: `Every session of ${name} is ended`,
    ...(await postRevoke(id, reason)),
  }),
});

export const disable = ({ id, name }: Subject): Action => ({
  title: `Disable ${name}?`,
  consequence: (
    <p>
      Every session of <strong>{name}</strong> ends now, and nobody can sign in to it, nor can it
      call this server, until it is enabled again.
    </p>
  ),
  verb: 'Disable',
  working: `Disabling ${name}.`,
  isDanger: true,
  reason: 'required',
  count: () => countSessions(id),
  run: async ({ reason }) => {
    const { revocation } = await patch(id, { enabled: false, reason });
    return { headline: `${name} is disabled`, ...(revocation && { revocation }) };
  },
});

export const enable = ({ id, name }: Subject): Action => ({
  title: `Enable ${name}?`,
  consequence: (
    <p>
      People can sign in to <strong>{name}</strong> again.
    </p>
  ),
  verb: 'Enable',
  working: `Enabling ${name}.`,
  isDanger: false,
  reason: 'none',
  run: async () => {
    await patch(id, { enabled: true });
    return { headline: `${name} is enabled` };
  },
});

const patch = (
  id: string,
  body: { enabled: boolean; reason?: string },
): Promise<{ revocation?: Revocation }> =>
  read(api.PATCH('/admin/applications/{id}', { params: { path: { id } }, body, ...byHand }));

export const remove = ({ id, name }: Subject): Action => ({
  title: `Delete ${name}?`,
  consequence: (
    <p>
      <strong>{name}</strong> and all its sessions are gone for good, and its id and secret are
      worth nothing.
    </p>
  ),
  verb: 'Delete the application',
  working: `Deleting ${name}.`,
  isDanger: true,
  reason: 'required',
  count: () => countSessions(id),
  run: async ({ reason }) => {
    const params = { path: { id } };
    const { revocation } = await read(
      api.DELETE('/admin/applications/{id}', { params, body: { reason }, ...byHand }),
    );
    return { headline: `${name} is deleted`, revocation };
  },
});

export const newSecret = ({ id, name }: Subject): Action => ({
  title: `Give ${name} a new secret?`,
  consequence: (
    <p>
      The old secret is refused from then on: whatever <strong>{name}</strong> runs must be given
      the new one, which is shown once.
    </p>
  ),
  verb: 'Make a new secret',
  working: 'Making a new secret.',
  isDanger: true,
  reason: 'none',
  run: async () => {
    const params = { path: { id } };
    const { secret } = await read(
      api.POST('/admin/applications/{id}/secret', { params, ...byHand }),
    );
    return { headline: `${name} has a new secret`, once: <OneTimeSecret secret={secret} /> };
  },
});
