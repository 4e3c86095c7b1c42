// The truth about subjects over HTTP: what is asked at the same moment goes in one request.
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { IssuerServer, json, type Asked } from '../../../../test/support/auth/issuer-server.js';
import { eventually } from '../../../../test/support/eventually.js';
import type { Subject } from '../revocation/subject.js';
import { IssuerClient } from './issuer-client.js';
import { RemoteTokenVersionSource } from './remote-token-version-source.js';

let server: IssuerServer;
let source: RemoteTokenVersionSource;

beforeEach(async () => {
  server = await IssuerServer.start(json(recordsOfAll));
  const options = { clientId: 'orders', clientSecret: 'secret', requestTimeoutMs: 5_000 };
  source = new RemoteTokenVersionSource(new IssuerClient({ issuer: server.url, ...options }));
  Logger.overrideLogger(false);
});
afterEach(() => server.close());

const subjectsOf = ({ body }: Asked): Subject[] =>
  (JSON.parse(body) as { subjects: Subject[] }).subjects;

/** Of `u:<n>` it says version n. */
const recordsOfAll = (asked: Asked): object => ({
  records: Object.fromEntries(
    subjectsOf(asked).map((subject) => [
      subject,
      { version: Number(subject.slice(2)), status: 'active' },
    ]),
  ),
});

const readAll = (from: number, to: number): Promise<unknown>[] =>
  Array.from({ length: to - from + 1 }, (_, i) => source.read(`u:${from + i}`));

const sizes = (): number[] => server.asked.map((asked) => subjectsOf(asked).length);

describe('reads', () => {
  it('at the same moment are one request, and each gets its own', async () => {
    const found = await Promise.all(readAll(1, 5));
    expect(found).toEqual([1, 2, 3, 4, 5].map((version) => ({ version, status: 'active' })));
    expect(sizes()).toEqual([5]);
    expect(server.asked[0]).toMatchObject({ method: 'POST', path: '/oauth/token-versions' });
  });

  it('of one subject at the same moment ask for it once, and all get it', async () => {
    const found = await Promise.all([source.read('u:7'), source.read('u:7'), source.read('u:8')]);
    expect(found.map((one) => one?.version)).toEqual([7, 7, 8]);
    expect(sizes()).toEqual([2]);
  });

  it('are at most a hundred a request', async () => {
    const found = await Promise.all(readAll(1, 250));
    expect(found).toHaveLength(250);
    expect(found[249]).toEqual({ version: 250, status: 'active' });
    expect(sizes().sort((a, b) => a - b)).toEqual([50, 100, 100]);
  });

  it('after the request was sent are another request, which begins after them', async () => {
    let answer = (): void => undefined;
    server.answer = (response, asked) => {
      answer = () => json(recordsOfAll)(response, asked);
    };
    const first = source.read('u:1');
    await eventually(() => server.asked.length === 1);
    server.answer = json({ records: { 'u:1': { version: 2, status: 'suspended' } } });
    expect(await source.read('u:1')).toEqual({ version: 2, status: 'suspended' });
    answer();
    expect(await first).toEqual({ version: 1, status: 'active' });
  });

  it('are at most four requests at a time; what is asked meanwhile goes in one, afterwards', async () => {
    const open: (() => void)[] = [];
    server.answer = (response, asked) => void open.push(() => json(recordsOfAll)(response, asked));
    const reads: Promise<unknown>[] = [];
    for (let i = 1; i <= 4; i++) {
      reads.push(source.read(`u:${i}`));
      await eventually(() => server.asked.length === i);
    }
    for (let i = 5; i <= 60; i++) {
      reads.push(source.read(`u:${i}`));
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(sizes()).toEqual([1, 1, 1, 1]);
    server.answer = json(recordsOfAll);
    open[2]?.();
    await eventually(() => server.asked.length === 5);
    for (const index of [0, 1, 3]) open[index]?.();
    expect(await Promise.all(reads)).toHaveLength(60);
    expect(sizes()).toEqual([1, 1, 1, 1, 56]);
  });

  it('of what is left out say that it does not exist', async () => {
    server.answer = json({ records: { 'u:2': { version: 2, status: 'active' } } });
    const [one, two] = await Promise.all(readAll(1, 2));
    expect([one, two]).toEqual([null, { version: 2, status: 'active' }]);
  });

  it.each<[string, object]>([
    ['no records', {}],
    ['records that are none', { records: 'all' }],
    ['records that are null', { records: null }],
    ['a record of nothing', { records: { 'x:1': { version: 1, status: 'active' } } }],
    ['a record without a version', { records: { 'u:1': { status: 'active' } } }],
    ['a version that is no number', { records: { 'u:1': { version: '1', status: 'active' } } }],
    ['a record without a status', { records: { 'u:1': { version: 1 } } }],
    ['a record that is null', { records: { 'u:1': null } }],
  ])('that get %s fail: nobody is refused or let in by it', async (_name, body) => {
    server.answer = json(body);
    await expect(source.read('u:1')).rejects.toThrow();
  });

  it('all fail when the request fails, and the next one is sent', async () => {
    server.answer = json({}, 503);
    const outcomes = await Promise.allSettled(readAll(1, 3));
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
    server.answer = json(recordsOfAll);
    expect(await source.read('u:1')).toMatchObject({ version: 1 });
  });
});
