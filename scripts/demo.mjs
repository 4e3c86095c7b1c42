// `npm run demo`: an auth server and the orders service beside it, and six lines to try.
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const issuer = 'http://localhost:3000';
const orders = 'http://localhost:4000';
const admin = { email: 'admin@localhost', password: 'correct horse battery staple' };
const dataDir = await mkdtemp(join(tmpdir(), 'portcullis-demo-'));
const children = [];

process.on('SIGINT', () => void stop(0));
process.on('SIGTERM', () => void stop(0));

try {
  await start('auth server', ['dist/main.js'], `${issuer}/health/ready`, {
    PORT: '3000',
    ISSUER_URL: issuer,
    DATA_DIR: dataDir,
    ADMIN_EMAIL: admin.email,
    ADMIN_PASSWORD: admin.password,
    LOG_LEVEL: 'warn',
  });
  const secret = await registerOrdersService();
  await start('orders service', ['examples/orders-service/dist/main.js'], `${orders}/orders`, {
    PORT: '4000',
    ISSUER_URL: issuer,
    CLIENT_ID: 'orders-service',
    CLIENT_SECRET: secret,
  });
  process.stdout.write(instructions());
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  await stop(1);
}

/** Two applications: the service, and the one that people log in to, whose tokens are meant for it. */
async function registerOrdersService() {
  const { accessToken } = await call('POST', '/auth/login', admin);
  const policy = { accessTokenTtl: 600, refreshAfter: 10, sessionTtl: 28_800, warnBefore: 120 };
  const shared = { audience: 'orders-service', allowedOrigins: [], enabled: true, ...policy };
  const service = { id: 'orders-service', name: 'Orders service', resourceServer: true, ...shared };
  const { secret } = await call('POST', '/admin/applications', service, accessToken);
  const web = { id: 'orders-web', name: 'Orders', resourceServer: false, ...shared };
  await call('POST', '/admin/applications', web, accessToken);
  return secret;
}

async function call(method, path, body, token) {
  const headers = { 'content-type': 'application/json' };
  if (token) headers.authorization = `Bearer ${token}`;
  const response = await fetch(issuer + path, { method, headers, body: JSON.stringify(body) });
  const answer = await response.json();
  if (!response.ok)
    throw new Error(`${method} ${path} answered ${response.status}: ${answer.detail}`);
  return answer;
}

/** Starts a process and waits until it answers; any answer will do, a 401 too. */
async function start(name, args, url, env) {
  const child = spawn(process.execPath, args, {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  children.push(child);
  let exited = false;
  child.once('exit', () => (exited = true));
  for (let attempt = 0; attempt < 150; attempt++) {
    if (exited) throw new Error(`the ${name} did not start; its own words are above`);
    const answers = await fetch(url).then(
      () => true,
      () => false,
    );
    if (answers) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`the ${name} did not answer within 15 seconds`);
}

function instructions() {
  const json = `-H 'content-type: application/json'`;
  const login = (who, extra = '') =>
    `$(curl -s ${issuer}/auth/login ${json} -d '{"email":"${who.email}","password":"${who.password}"${extra}}' | node -pe 'JSON.parse(require("fs").readFileSync(0)).accessToken')`;
  const user = { email: 'mia@example.com', password: 'a long enough passphrase' };
  return `
The auth server is at ${issuer}, the orders service at ${orders}. Try, in another terminal:

1. Mia signs up
   curl -s ${issuer}/auth/register ${json} -d '{"email":"${user.email}","password":"${user.password}"}'
2. Mia logs in to the orders application
   TOKEN=${login(user, ',"application":"orders-web"')}
3. Mia orders something from the other service, which answers with her token, slid when it is 10 s old
   curl -si ${orders}/orders -H "authorization: Bearer $TOKEN" ${json} -d '{"item":"a drawbridge"}'
4. An administrator logs in, and finds Mia
   ADMIN=${login(admin)}; MIA=$(curl -s "${issuer}/admin/users?search=${user.email}" -H "authorization: Bearer $ADMIN" | node -pe 'JSON.parse(require("fs").readFileSync(0)).users[0].id')
5. … and suspends her
   curl -s ${issuer}/admin/users/$MIA/suspend -H "authorization: Bearer $ADMIN" ${json} -d '{"reason":"fraud"}'
6. From that answer on, both refuse every token that Mia ever had
   curl -si ${orders}/orders -H "authorization: Bearer $TOKEN"; curl -si ${issuer}/users/me -H "authorization: Bearer $TOKEN"

Ctrl-C stops both.
`;
}

async function stop(code) {
  for (const child of children) if (child.exitCode === null) child.kill('SIGTERM');
  await Promise.all(
    children.map(
      (child) => child.exitCode ?? new Promise((resolve) => child.once('exit', resolve)),
    ),
  );
  await rm(dataDir, { recursive: true, force: true });
  process.exit(code);
}
