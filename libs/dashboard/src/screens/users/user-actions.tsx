// What can be done to one account, with the words that say what it means.
import type { Action } from '../../actions/action.js';
import { api, byHand, read, type User } from '../../api/api.js';

type Subject = Pick<User, 'id' | 'email'>;

export const suspend = ({ id, email }: Subject): Action => ({
  title: `Suspend ${email}?`,
  consequence: (
    <p>
      Every session of <strong>{email}</strong> ends now, on every node, and nobody can sign in to
      the account until it is reactivated.
    </p>
  ),
  verb: 'Suspend',
  working: `Suspending ${email}.`,
  isDanger: true,
  reason: 'required',
  run: async ({ reason }) => {
    const { revocation } = await read(
      api.POST('/admin/users/{id}/suspend', {
        params: { path: { id } },
        body: { reason },
        ...byHand,
      }),
    );
    return { headline: `${email} is suspended`, ...(revocation && { revocation }) };
  },
});

export const reactivate = ({ id, email }: Subject): Action => ({
  title: `Reactivate ${email}?`,
  consequence: (
    <p>
      <strong>{email}</strong> can sign in again. Tokens from before stay refused.
    </p>
  ),
  verb: 'Reactivate',
  working: `Reactivating ${email}.`,
  isDanger: false,
  reason: 'required',
  run: async ({ reason }) => {
    await read(
      api.POST('/admin/users/{id}/reactivate', {
        params: { path: { id } },
        body: { reason },
        ...byHand,
      }),
    );
    return { headline: `${email} is active again` };
  },
});

export const signOutEverywhere = ({ id, email }: Subject, isSelf: boolean): Action => ({
  title: `Sign ${email} out everywhere?`,
  consequence: (
    <p>
      Every session of <strong>{email}</strong> ends now, on every node. The account can sign in
      again at once.{isSelf && <strong> This is you: you will be signed out.</strong>}
    </p>
  ),
  verb: 'Sign out everywhere',
  working: `Signing ${email} out.`,
  isDanger: true,
  reason: 'required',
  run: async ({ reason }) => {
    const { revocation } = await read(
      api.POST('/admin/users/{id}/revoke', {
        params: { path: { id } },
        body: { reason },
        ...byHand,
      }),
    );
    return { headline: `${email} is signed out everywhere`, ...(revocation && { revocation }) };
  },
});

export const remove = ({ id, email }: Subject, onDone: () => void): Action => ({
  title: `Delete ${email}?`,
  consequence: (
    <p>
      The account <strong>{email}</strong> and its sessions are gone for good; only the audit log
      keeps its id. To shut somebody out for a time, suspend the account instead.
    </p>
  ),
  verb: 'Delete the account',
  working: `Deleting ${email}.`,
  isDanger: true,
  reason: 'required',
  run: async ({ reason }) => {
    const { revocation } = await read(
      api.DELETE('/admin/users/{id}', { params: { path: { id } }, body: { reason }, ...byHand }),
    );
    return { headline: `${email} is deleted`, revocation };
  },
  onDone,
});
