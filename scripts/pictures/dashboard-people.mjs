// @ts-check
/** People who do not exist, for the pictures of the dashboard: accounts, sign-ins and some history. */

const password = 'a long enough passphrase';

const names = [
  'Mia Berg',
  'Noah Fischer',
  'Emma Rossi',
  'Liam Novak',
  'Sofia Lind',
  'Lucas Meyer',
  'Zoe Dubois',
  'Ben Okafor',
  'Yara Haddad',
  'Tom Janssen',
];

const browsers = [
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0',
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1',
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36',
];

/**
 * @param {string} url of a server
 * @param {string} token of an administrator
 */
export async function invitePeople(url, token) {
  /** @param {string} path @param {object} body @param {Record<string, string>} [headers] */
  const post = async (path, body, headers = {}) => {
    const response = await fetch(url + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
    return response.json();
  };
  const asAdministrator = { authorization: `Bearer ${token}` };
  /** @type {string[]} */
  const ids = [];
  for (const [index, displayName] of names.entries()) {
    const email = `${displayName.toLowerCase().replace(' ', '.')}@example.com`;
    const roles = index % 4 === 3 ? ['support'] : [];
    const account = { email, password, displayName, roles };
    const { user } = await post('/admin/users', account, asAdministrator);
    ids.push(user.id);
    for (let count = 0; count <= index % 3; count += 1) {
      const browser = browsers[(index + count) % browsers.length] ?? '';
      await post('/auth/login', { email, password }, { 'user-agent': browser });
    }
  }
  for (let count = 0; count < 12; count += 1) {
    const id = ids[ids.length - 1 - (count % 3)];
    await post(`/admin/users/${id}/revoke`, { reason: 'Lost a laptop' }, asAdministrator);
  }
  await post(`/admin/users/${ids[4]}/suspend`, { reason: 'Chargebacks' }, asAdministrator);
}
