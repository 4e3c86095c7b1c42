// The last resort: counted by the server, typed by hand, and felt by whoever presses it.
import type { Action } from '../../actions/action.js';
import { api, byHand, passive, read } from '../../api/api.js';

export const signEverybodyOut = (): Action => ({
  title: 'Sign everybody out?',
  consequence: (
    <p>
      Every session of everybody ends now, on every node. <strong>You will be signed out</strong>{' '}
      too, and must sign in again.
    </p>
  ),
  verb: 'Sign everybody out',
  working: 'Signing everybody out.',
  isDanger: true,
  reason: 'required',
  count: countSessions,
  run: async ({ reason }) => {
    const answer = await read(api.POST('/admin/revoke-all', { body: { reason }, ...byHand }));
    return {
      headline: 'Everybody is signed out',
      ...('revocation' in answer && { revocation: answer.revocation }),
    };
  },
});

async function countSessions(): Promise<number> {
  const answer = await read(api.POST('/admin/revoke-all', { body: { dryRun: true }, ...passive }));
  return 'sessions' in answer ? answer.sessions : 0;
}
