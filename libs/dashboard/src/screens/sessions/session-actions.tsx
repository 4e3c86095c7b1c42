// What can be done to sessions.
import type { Action } from '../../actions/action.js';
import { api, byHand, read, type Session } from '../../api/api.js';
import { deviceOf } from './device.js';

export function endSession({ id, user, userId, current, userAgent }: Session): Action {
  const owner = user?.email ?? userId;
  return {
    title: `End this session of ${owner}?`,
    consequence: (
      <p>
        <strong>{owner}</strong> on {deviceOf(userAgent)} is signed out on every node. The account
        can sign in again.
        {current && <strong> This is your own session: you will be signed out.</strong>}
      </p>
    ),
    verb: 'End the session',
    working: 'Ending the session.',
    isDanger: true,
    reason: 'required',
    run: async ({ reason }) => {
      const { revocation } = await read(
        api.DELETE('/admin/sessions/{id}', {
          params: { path: { id } },
          body: { reason },
          ...byHand,
        }),
      );
      return { headline: `The session of ${owner} is ended`, revocation };
    },
  };
}
