// @ts-check
/** By how many ways somebody can lose what he has. */
import { otherApplication } from '../support/cluster/cluster.mjs';

/**
 * @typedef {import('./members.mjs').Member} Member
 * @typedef {import('./accounts.mjs').Token} Token
 * @typedef {import('../support/cluster/random.mjs').Random} Random
 *
 * @typedef {object} Change
 * @property {string} what
 * @property {string} method
 * @property {string} path
 * @property {object} [body]
 * @property {string} [token] whose; the administrator's unless told
 * @property {readonly Member[]} members
 * @property {(token: Token) => boolean} [covers]
 */

const reason = 'fault run';

/**
 * What is done next: one change, or two of the same user at once.
 *
 * @param {{ member: Member, token: Token, members: readonly Member[], random: Random }} choice members
 *   are all of the same administrator
 * @returns {Change[]}
 */
export function chooseChanges({ member, token, members, random }) {
  const user = `/admin/users/${member.id}`;
  const one = { members: [member] };
  const suspend = {
    ...one,
    what: 'suspend',
    method: 'POST',
    path: `${user}/suspend`,
    body: { reason },
  };
  const revoke = {
    ...one,
    what: 'revoke',
    method: 'POST',
    path: `${user}/revoke`,
    body: { reason },
  };
  /** @type {(other: Token) => boolean} */
  const ofSession = ({ session }) => session === token.session;
  const session = { ...one, covers: ofSession };
  const path = `/admin/sessions/${token.session}`;
  const roles = { roles: random.chance(0.5) ? ['editor'] : ['viewer', 'editor'] };
  const ids = members.map(({ id }) => id);
  const bulk = { ids, action: 'revoke', reason };
  /** @type {(other: Token) => boolean} */
  const ofOther = ({ application }) => application === otherApplication;
  const whole = { what: 'end application', members, covers: ofOther, body: { reason } };
  return random.pickWeighted(
    /** @type {(readonly [number, Change[]])[]} */ ([
      [40, [suspend]],
      [22, [revoke]],
      [10, [{ ...session, what: 'end session', method: 'DELETE', path }]],
      [
        8,
        [
          {
            ...session,
            what: 'log out',
            method: 'POST',
            path: '/auth/logout',
            token: token.text,
          },
        ],
      ],
      [
        5,
        [
          {
            ...one,
            what: 'log out everywhere',
            method: 'POST',
            path: '/auth/logout-all',
            token: token.text,
          },
        ],
      ],
      [8, [suspend, revoke]],
      [
        3,
        [{ what: 'bulk revoke', method: 'POST', path: '/admin/users/bulk', body: bulk, members }],
      ],
      [1, [{ ...one, what: 'roles', method: 'PATCH', path: user, body: roles }]],
      member.application === otherApplication
        ? [
            6,
            [
              {
                ...whole,
                method: 'POST',
                path: `/admin/applications/${otherApplication}/revoke`,
              },
            ],
          ]
        : [0, []],
    ]),
  );
}
