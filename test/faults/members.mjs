// @ts-check
/** The people of a fault run: who has which tokens, and how they get new ones. */

/**
 * @typedef {import('./checker.mjs').Checker} Checker
 * @typedef {import('./accounts.mjs').Token} Token
 * @typedef {import('../support/cluster/cluster.mjs').Cluster} Cluster
 * @typedef {import('../support/cluster/cluster-node.mjs').ClusterNode} ClusterNode
 * @typedef {import('../support/cluster/random.mjs').Random} Random
 *
 * @typedef {object} Member
 * @property {string} id
 * @property {string} email
 * @property {string} application that this one logs in to
 * @property {boolean} isSuspended as far as is known
 */

export const password = 'a long enough passphrase';

/** A login is not worth more patience: somebody else's node may be awake. */
const loginTimeoutMs = 5_000;

/** @param {Cluster} cluster @param {number} count @param {(index: number) => string} applicationOf */
export async function registerMembers(cluster, count, applicationOf) {
  /** @type {Member[]} */
  const members = [];
  const register = async (/** @type {number} */ index) => {
    const node = /** @type {ClusterNode} */ (cluster.servers[index % cluster.servers.length]);
    const email = `member${index}@example.com`;
    const body = { email, password };
    let answer = await node.client.send('POST', '/auth/register', { body });
    if (answer.failure && node.state === 'up') {
      // Nothing has begun yet that this run is about: it is said, and tried once more.
      console.warn(`${node.name} gave no answer to a registration: ${answer.failure}`);
      answer = await node.client.send('POST', '/auth/register', { body });
    }
    if (answer.status !== 201) throw new Error(`cannot register: ${JSON.stringify(answer)}`);
    const { id } = answer.body.user;
    members.push({ id, email, application: applicationOf(index), isSuspended: false });
  };
  for (let index = 0; index < count; index += 4) {
    const few = [0, 1, 2, 3].map((offset) => index + offset).filter((one) => one < count);
    await Promise.all(few.map(register));
  }
  return members;
}

/**
 * @param {Checker} checker
 * @param {ClusterNode} node
 * @param {Member} member
 * @returns {Promise<Token | number>} or the status there was instead
 */
export async function logIn(checker, node, member) {
  const askedAt = performance.now();
  const { version: acknowledged } = checker.account(member.id);
  const answer = await node.client.send('POST', '/auth/login', {
    body: { email: member.email, password, application: member.application },
    timeoutMs: loginTimeoutMs,
  });
  if (answer.status !== 200) return answer.status;
  const token = checker.issued(answer.body.accessToken, askedAt);
  checker.seen(member.id, token.version, acknowledged);
  return token;
}

/**
 * The newest that may still be good.
 *
 * @param {Checker} checker @param {Member} member @returns {Token | undefined}
 */
export const newestOf = (checker, member) =>
  checker.account(member.id).tokens.findLast(({ deadAt }) => deadAt === Infinity);

/**
 * Some token of a member: mostly the newest, and often one that was kept back.
 *
 * @param {Checker} checker @param {Member} member @param {Random} random @returns {Token | undefined}
 */
export function someTokenOf(checker, member, random) {
  const { tokens } = checker.account(member.id);
  const kind = random.pickWeighted([
    [55, 'newest'],
    [15, 'good'],
    [20, 'just dead'],
    [10, 'dead'],
  ]);
  if (kind === 'newest') return newestOf(checker, member);
  const dead = tokens.filter(({ deadAt }) => deadAt < Infinity);
  if (kind === 'good') return random.pick(tokens.filter(({ deadAt }) => deadAt === Infinity));
  return kind === 'dead' ? random.pick(dead) : dead.at(-1);
}
