// `npm run seed`: people who do not exist, the same for the same seed, in either database.
import { afterEach, describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { adminEmail, adminPassword, createTestApp } from '../support/create-test-app.js';
import { randomMongoUri } from '../support/random-mongo-uri.js';
import { describeWithMongo } from '../support/services/describe-with.js';

const cleanUps: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

async function folder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'portcullis-seed-'));
  cleanUps.push(() => rm(path, { recursive: true, force: true }));
  return path;
}

interface Run {
  readonly status: number | null;
  readonly output: string;
}

function seed(env: Record<string, string>, ...args: string[]): Run {
  const { PATH = '' } = process.env;
  const { status, stdout, stderr } = spawnSync(process.execPath, ['scripts/seed.mjs', ...args], {
    env: { PATH, ...env },
    encoding: 'utf8',
  });
  return { status, output: stdout + stderr };
}

/** What an administrator sees of it. */
async function look(env: Record<string, string>): Promise<{
  users: { id: string; email: string; status: string }[];
  totals: Record<string, number>;
  logIn: (email: string, password: string) => Promise<number>;
}> {
  const server = await createTestApp({ env: { KEYS_SECRET: 'k'.repeat(32), ...env } });
  cleanUps.push(() => server.close());
  const token = await server.api.login(adminEmail, adminPassword);
  const get = async (path: string): Promise<{ total: number; users: [] }> =>
    (await server.api.get(`/admin/${path}`, token)).body;
  const { users, total } = await get('users?search=seed7&sort=email&limit=200');
  const totals = {
    users: total,
    sessions: (await get('sessions?application=seeded-shop')).total,
    entries: (await get('audit?result=failure')).total,
  };
  const logIn = async (email: string, password: string): Promise<number> =>
    (await server.api.post('/auth/login', { email, password })).status;
  return { users, totals, logIn };
}

const counts = ['--users', '60', '--sessions', '90', '--entries', '80', '--seed', '7'];

async function fillsTheSame(env: Record<string, string>): Promise<void> {
  const password = 'a password for all of them';
  expect(seed(env, ...counts, '--password', password)).toMatchObject({ status: 0 });
  const other = await folder();
  expect(seed({ DATA_DIR: other }, ...counts)).toMatchObject({ status: 0 });
  const [one, another] = [await look(env), await look({ DATA_DIR: other })];
  expect(one.totals['users']).toBe(60);
  for (const name of ['sessions', 'entries']) expect(one.totals[name]).toBeGreaterThan(0);
  expect(another.totals).toEqual(one.totals);
  const who = ({ id, email, status }: (typeof one.users)[number]): object => ({
    id,
    email,
    status,
  });
  expect(another.users.map(who)).toEqual(one.users.map(who));
  const active = one.users.find(({ status }) => status === 'active')!;
  expect(await one.logIn(active.email, password)).toBe(200);
  for (const guess of [password, '', 'none', 'seeded']) {
    if (guess !== '') expect(await another.logIn(active.email, guess)).toBe(401);
  }
}

describe('the embedded database', () => {
  it('is filled, the same for the same seed; nobody can log in unless a password is given', async () => {
    await fillsTheSame({ DATA_DIR: await folder() });
  });

  it('that has these people already is left alone', async () => {
    const env = { DATA_DIR: await folder() };
    expect(seed(env, '--users', '5')).toMatchObject({ status: 0 });
    const again = seed(env, '--users', '5');
    expect(again.status).toBe(1);
    expect(again.output).toMatch(/has the people of --seed 1 already/);
    expect(seed(env, '--users', '5', '--seed', '2')).toMatchObject({ status: 0 });
  });
});

describeWithMongo('MongoDB', () => {
  it('is filled with the same', async () => {
    const { uri, drop } = randomMongoUri();
    cleanUps.push(drop);
    await fillsTheSame({ MONGODB_URI: uri });
  });
});

describe('it refuses', () => {
  it('to run in production, and touches nothing', async () => {
    const DATA_DIR = join(await folder(), 'data');
    const { status, output } = seed({ DATA_DIR, NODE_ENV: 'production' }, '--users', '5');
    expect([status, output]).toEqual([1, expect.stringContaining('NODE_ENV=production')]);
    expect(seed({ DATA_DIR }, '--users', '5').status).toBe(0);
  });

  it.each([
    [['--users', 'many'], /--users is a number/],
    [['--users', '0'], /--users is at least 1/],
    [['--sessions', '1e3'], /--sessions is a number/],
    [['--people', '5'], /--people/],
    [['5'], /Unexpected argument/],
  ])('%j', async (args, expected) => {
    const { status, output } = seed({ DATA_DIR: await folder() }, ...args);
    expect([status, output]).toEqual([1, expect.stringMatching(expected)]);
  });
});
