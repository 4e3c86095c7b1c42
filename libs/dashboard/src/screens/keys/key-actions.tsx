// What can be done to signing keys.
import type { Action } from '../../actions/action.js';
import { api, byHand, passive, read, type SigningKey } from '../../api/api.js';

export const rotateKeys = (): Action => ({
  title: 'Rotate the signing key?',
  consequence: (
    <p>
      The next key begins to sign, and a new next one is published. Nobody is signed out: tokens of
      the old key stay good until they expire.
    </p>
  ),
  verb: 'Rotate now',
  working: 'Rotating.',
  isDanger: false,
  reason: 'none',
  run: async () => {
    await read(api.POST('/admin/keys/rotate', { ...byHand }));
    return { headline: 'A new key signs now' };
  },
});

export const revokeKey = ({ kid, state }: SigningKey): Action => ({
  title: `Revoke key ${kid}?`,
  consequence: (
    <p>
      Whatever this key signed is refused on every node: the sessions whose newest token it signed
      are over, and their users must sign in again.
      {state === 'active' && (
        <strong> It signs now, so your own session is very likely among them.</strong>
      )}
    </p>
  ),
  verb: 'Revoke the key',
  working: 'Revoking the key.',
  isDanger: true,
  reason: 'required',
  count: () => countSessions(kid),
  run: async ({ reason }) => {
    const answer = await read(
      api.POST('/admin/keys/{kid}/revoke', {
        params: { path: { kid } },
        body: { reason },
        ...byHand,
      }),
    );
    return {
      headline: 'The key is revoked',
      ...('revocation' in answer && { revocation: answer.revocation }),
    };
  },
});

async function countSessions(kid: string): Promise<number> {
  const answer = await read(
    api.POST('/admin/keys/{kid}/revoke', {
      params: { path: { kid } },
      body: { dryRun: true },
      ...passive,
    }),
  );
  return 'sessions' in answer ? answer.sessions : 0;
}
