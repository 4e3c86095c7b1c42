// @ts-check
/**
 * At the end, with everything well again: nothing that was acknowledged is undone, not even when every
 * process has started anew and Redis is empty; and when everybody is signed out, everybody is.
 */

/**
 * @typedef {object} LookBack
 * @property {import('../support/cluster/cluster.mjs').Cluster} cluster
 * @property {import('./checker.mjs').Checker} checker
 * @property {import('./load.mjs').Load} load
 * @property {readonly import('./members.mjs').Member[]} members
 */

const deadOfEach = 6;
/** People looked at side by side. */
const atOnce = 8;
const wellWithinMs = 20_000;

/** @param {LookBack} all */
export async function lookBack(all) {
  const { cluster, checker, members } = all;
  await allWell(all);
  await readAccounts(all);
  await presentTheDead(all);

  await Promise.all(cluster.nodes.map((node) => node.kill()));
  await cluster.redis?.restart();
  await Promise.all(cluster.servers.map((node) => node.start()));
  await cluster.service.start();
  await readAccounts(all);
  await presentTheDead(all);

  const [first] = cluster.servers;
  const everybody = members.map(({ id }) => id);
  const call = checker.revokeCalled('end everything', first?.name ?? '', everybody);
  const answer = await first?.client.send('POST', '/admin/revoke-all', {
    token: cluster.adminToken,
    body: { reason: 'the end of a fault run' },
    timeoutMs: 30_000,
  });
  if (answer?.status !== 200) throw new Error(`not ended: ${JSON.stringify(answer)}`);
  checker.revokeAnswered(call);
  await presentTheDead(all);
}

/** Connections that nobody closed are given up in their own time. @param {LookBack} all */
async function allWell({ cluster, checker }) {
  const until = performance.now() + wellWithinMs;
  for (const node of cluster.servers) {
    const { name, client } = node;
    for (;;) {
      const { status, failure } = await client.get('/admin/overview', cluster.adminToken);
      if (status === 200) break;
      if (performance.now() > until) {
        const words = `${checker.trace.around('')}\n${await node.lastWords()}`;
        throw new Error(`${name} is not well: ${failure ?? status}\n${words}`);
      }
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}

/** @param {LookBack} all */
async function readAccounts({ cluster, checker, members }) {
  await ofAll(members, async ({ id }) => {
    for (const { client } of cluster.servers) {
      const answer = await client.get(`/admin/users/${id}`, cluster.adminToken);
      if (answer.status !== 200) throw new Error(`cannot read a user: ${JSON.stringify(answer)}`);
      checker.seen(id, answer.body.user.tokenVersion, checker.account(id).version);
    }
  });
}

/** @param {LookBack} all */
async function presentTheDead({ checker, load, members }) {
  await ofAll(members, async ({ id }) => {
    const dead = checker.account(id).tokens.filter(({ deadAt }) => deadAt < Infinity);
    for (const token of dead.slice(-deadOfEach)) await load.everywhere(token);
  });
}

/**
 * @template T
 * @param {readonly T[]} all
 * @param {(one: T) => Promise<void>} look
 */
async function ofAll(all, look) {
  const left = all.values();
  const next = async () => {
    for (const one of left) await look(one);
  };
  await Promise.all(Array.from({ length: atOnce }, next));
}
