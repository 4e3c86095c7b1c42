// @ts-check
/** What the dashboard asks for: first pages, later pages, searches, and filters that add up. */

/**
 * @typedef {object} Query
 * @property {string} name
 * @property {(turn: number) => string} paths another value at each turn, where there is one
 */

const given = ['ada', 'zoe', 'lena', 'viktor', 'jun', 'grace', 'emil', 'rosa'];
const family = ['lovelace', 'okafor', 'wang', 'zimmermann', 'kim', 'silva'];

/** @param {import('./server.mjs').MeasuredServer} server @returns {Promise<Query[]>} */
export async function queriesOn(server) {
  const { users, nextCursor: later } = await server.get('/admin/users?limit=50');
  const { sessions } = await server.get('/admin/sessions?limit=50');
  const { entries } = await server.get('/admin/audit?limit=50');
  /** @template T @param {readonly T[]} list @returns {(turn: number) => T} */
  const each = (list) => (turn) => /** @type {T} */ (list[turn % list.length]);
  const [user, session, entry] = [each(users), each(sessions), each(entries)];
  const [first, last] = [each(given), each(family)];
  const day = new Date(Date.now() - 86_400_000).toISOString();
  const fixed = (/** @type {string} */ path) => () => path;
  /** @type {[string, Query['paths']][]} */
  const all = [
    ['users: first page', fixed('/admin/users')],
    ['users: second page', fixed(`/admin/users?cursor=${later}`)],
    ['users: sorted by name', fixed('/admin/users?sort=displayName')],
    ['users: sorted by address, last first', fixed('/admin/users?sort=-email')],
    ['users: suspended', fixed('/admin/users?status=suspended')],
    [
      'users: active, with a role, sorted by change',
      fixed('/admin/users?status=active&role=editor&sort=-updatedAt'),
    ],
    ['users: one letter', (n) => `/admin/users?search=${first(n).charAt(0)}`],
    ['users: a first name', (n) => `/admin/users?search=${first(n)}`],
    ['users: first and last name', (n) => `/admin/users?search=${first(n)}%20${last(n)}`],
    ['users: what every address has', fixed('/admin/users?search=example')],
    [
      'users: a name, active, with a role, by address',
      (n) => `/admin/users?search=${last(n)}&status=active&role=editor&sort=email`,
    ],
    ['users: a whole address', (n) => `/admin/users?search=${user(n).email}`],
    ['users: nobody', (n) => `/admin/users?search=nobody${n}`],
    ['users: a user id', (n) => `/admin/users?search=${user(n).id}`],
    ['users: a session id', (n) => `/admin/users?search=${session(n).id}`],
    ['users: an IP address', (n) => `/admin/users?search=${session(n).ip}`],
    ['sessions: last seen first', fixed('/admin/sessions')],
    ['sessions: live', fixed('/admin/sessions?state=live')],
    ['sessions: ended', fixed('/admin/sessions?state=ended')],
    ['sessions: expired, by creation', fixed('/admin/sessions?state=expired&sort=-createdAt')],
    ['sessions: of an application', fixed('/admin/sessions?application=seeded-shop')],
    [
      'sessions: of an application, live',
      fixed('/admin/sessions?application=seeded-shop&state=live'),
    ],
    [
      'sessions: of an application, ended, the oldest first',
      fixed('/admin/sessions?application=seeded-mail&state=ended&sort=createdAt'),
    ],
    ['sessions: of a user', (n) => `/admin/sessions?user=${session(n).userId}`],
    ['sessions: of an address, live', (n) => `/admin/sessions?ip=${session(n).ip}&state=live`],
    ['audit: newest', fixed('/admin/audit')],
    ['audit: failures', fixed('/admin/audit?result=failure')],
    [
      'audit: failed logins of a day',
      fixed(`/admin/audit?action=session.login&result=failure&from=${day}`),
    ],
    ['audit: an action', fixed('/admin/audit?action=session.logout')],
    ['audit: of a target', (n) => `/admin/audit?target=${entry(n).target?.id ?? user(n).id}`],
    [
      'audit: an actor and an action',
      (n) => `/admin/audit?actor=${entry(n).actor.id ?? user(n).id}&action=session.login`,
    ],
    ['audit: an address', (n) => `/admin/audit?ip=${entry(n).ip ?? '10.0.0.1'}`],
    ['audit: a request', (n) => `/admin/audit?requestId=${entry(n).requestId}`],
    ['overview', fixed('/admin/overview')],
    ['applications', fixed('/admin/applications')],
    ['keys', fixed('/admin/keys')],
  ];
  return all.map(([name, paths]) => ({ name, paths }));
}
