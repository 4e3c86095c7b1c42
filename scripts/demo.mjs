// @ts-check
/**
 * `npm run demo`: two applications on two origins, one auth server on a fresh folder, and another
 * service. `-- --fast`: tokens of 60 seconds, and a warning at 20. `-- --ports 3000,4000,5173,5174`.
 */
import { parseArgs } from 'node:util';
import { buildPages, servePages } from './demo/pages.mjs';
import { administrator, application, expectFree, policy, Services } from './demo/services.mjs';

const { values } = parseArgs({
  options: {
    fast: { type: 'boolean' },
    ports: { type: 'string' },
    'no-build': { type: 'boolean' },
  },
});
const fastPolicy = { accessTokenTtl: 60, refreshAfter: 5, sessionTtl: 900, warnBefore: 20 };
const own = values.fast ? fastPolicy : policy;
const user = { email: 'mia@example.com', password: 'a long enough passphrase' };

const ports = (values.ports ?? '3000,4000,5173,5174').split(',').map(Number);
const [serverPort = 0, servicePort = 0, ordersPort = 0, billingPort = 0] = ports;
const at = (/** @type {number} */ port) => `http://localhost:${port}`;
const [orders, billing] = [at(ordersPort), at(billingPort)];
const services = new Services(at(serverPort), at(servicePort));
/** @type {(() => Promise<void>)[]} */
const closing = [() => services.stop()];

let isStopping = false;
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
  process.on(signal, () => void stop(0));
}

try {
  await start();
  process.stdout.write(addresses());
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  await stop(1);
}

async function start() {
  if (ports.length !== 4 || !ports.every((port) => Number.isInteger(port) && port > 0)) {
    throw new Error('--ports takes four: the server, the orders service, Orders, Billing');
  }
  await expectFree({
    'the auth server': serverPort,
    'the orders service': servicePort,
    Orders: ordersPort,
    Billing: billingPort,
  });
  if (!values['no-build']) await buildPages();
  await services.startServer();
  const [secret = ''] = await services.register([
    { ...application(), id: 'orders-service', name: 'Orders service', resourceServer: true },
    { ...application([orders], own), id: 'orders', name: 'Orders' },
    { ...application([billing], own), id: 'billing', name: 'Billing' },
  ]);
  await services.startOrders(secret, { ALLOWED_ORIGINS: `${orders},${billing}` });
  await services.call('/auth/register', { ...user, displayName: 'Mia' });
  const common = {
    server: services.issuer,
    ordersService: services.orders,
    idleSeconds: own.accessTokenTtl,
    sessionSeconds: own.sessionTtl,
    administrator,
  };
  const ordersConfig = { name: 'Orders', application: 'orders', signsOutEverywhere: true };
  const billingConfig = { name: 'Billing', application: 'billing', signsOutEverywhere: false };
  closing.push(
    await servePages(
      { ...common, ...ordersConfig, other: { name: 'Billing', url: billing } },
      ordersPort,
    ),
    await servePages(
      { ...common, ...billingConfig, other: { name: 'Orders', url: orders } },
      billingPort,
    ),
  );
}

function addresses() {
  return `
  Orders          ${orders}
  Billing         ${billing}
  the dialog      ${orders}/gallery
  the auth server ${services.issuer}

  Sign in as      ${user.email}, ${user.password}
  or create an account of your own. The administrator is ${administrator.email}, ${administrator.password}

  Signed out after ${own.accessTokenTtl} seconds without activity; the warning comes ${own.warnBefore} seconds before.
  Ctrl-C stops everything.

`;
}

/** @param {number} code */
async function stop(code) {
  if (isStopping) return;
  isStopping = true;
  await Promise.allSettled(closing.map((close) => close()));
  process.exit(code);
}
