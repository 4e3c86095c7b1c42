// @ts-check
/** A server process of its own on the database of the settings, and an administrator who is logged in. */
import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';

const port = '3999';
const url = `http://127.0.0.1:${port}`;
const email = 'measure@localhost';
const startMs = 60_000;

/**
 * @typedef {object} MeasuredServer
 * @property {string} url
 * @property {string} token newest
 * @property {(path: string) => Promise<any>} get
 * @property {() => Promise<void>} stop
 */

/** @returns {Promise<MeasuredServer>} */
export async function startServer() {
  const env = { ...process.env, PORT: port, ISSUER_URL: url, THROTTLE: 'off', LOG_LEVEL: 'warn' };
  const password = makeAdministrator(env);
  const child = spawn(process.execPath, ['dist/main.js'], {
    env,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const stop = async () => {
    if (child.exitCode !== null) return;
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGTERM');
    await gone;
  };
  try {
    await ready(child);
    let token = await logIn(password);
    return {
      url,
      get token() {
        return token;
      },
      get: async (path) => {
        const answer = await fetch(url + path, { headers: { authorization: `Bearer ${token}` } });
        if (answer.status !== 200) throw new Error(`${path} was answered ${answer.status}`);
        token = answer.headers.get('authorization')?.slice('Bearer '.length) ?? token;
        return answer.json();
      },
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/**
 * By the command line, beside the server that does not run yet. Its password is shown once; a run before
 * this one has left the account, so it is made anew.
 *
 * @param {NodeJS.ProcessEnv} env
 */
function makeAdministrator(env) {
  const name = `${randomBytes(6).toString('hex')}-${email}`;
  const args = ['dist/cli/main.js', 'users', 'create', name, '--role', 'admin'];
  const { stdout, stderr, status } = spawnSync(process.execPath, args, { env, encoding: 'utf8' });
  const password = /^password, shown this once: (\S+)$/m.exec(stdout)?.[1];
  if (status !== 0 || password === undefined)
    throw new Error(`no administrator: ${stderr || stdout}`);
  return { email: name, password };
}

/** @param {{ email: string, password: string }} credentials */
async function logIn(credentials) {
  const answer = await fetch(`${url}/auth/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(credentials),
  });
  if (answer.status !== 200) throw new Error(`the login was answered ${answer.status}`);
  return (await answer.json()).accessToken;
}

/** @param {import('node:child_process').ChildProcess} child */
async function ready(child) {
  const until = performance.now() + startMs;
  while (performance.now() < until) {
    if (child.exitCode !== null) throw new Error('the server ended');
    const answer = await fetch(`${url}/health/ready`).catch(() => null);
    if (answer?.status === 200) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('the server was not ready in time');
}
