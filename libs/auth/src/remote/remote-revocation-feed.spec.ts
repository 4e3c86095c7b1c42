// The log over HTTP: what is asked, and that only a whole answer becomes a lease.
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { IssuerServer, json } from '../../../../test/support/auth/issuer-server.js';
import { firstPoll, numberedEvents } from '../../../../test/support/polls.js';
import { IssuerClient } from './issuer-client.js';
import { RemoteRevocationFeed } from './remote-revocation-feed.js';

let server: IssuerServer;
let feed: RemoteRevocationFeed;

const events = numberedEvents(3, 5);
const whole = { log: 'log', seq: 5, events, gap: false, leaseMs: 5_000 };

beforeEach(async () => {
  server = await IssuerServer.start(json(whole));
  const options = { clientId: 'orders', clientSecret: 'secret', requestTimeoutMs: 5_000 };
  feed = new RemoteRevocationFeed(new IssuerClient({ issuer: server.url, ...options }));
  Logger.overrideLogger(false);
});
afterEach(() => server.close());

const sent = (): unknown => JSON.parse(server.asked.at(-1)?.body ?? '');

describe('a poll', () => {
  it('says which log it is of only when it knows one, and nothing that the server decides', async () => {
    await feed.poll(firstPoll('node-of-a-service'));
    expect(sent()).toEqual({ node: 'node-of-a-service', polls: 1, acked: 0, after: 0 });
    await feed.poll(firstPoll('n', { log: 'log', acked: 2, after: 2, polls: 7 }));
    expect(sent()).toEqual({ node: 'n', log: 'log', polls: 7, acked: 2, after: 2 });
    expect(server.asked[0]?.path).toBe('/oauth/revocations/poll');
  });

  it('answers what the server answered', async () => {
    expect(await feed.poll(firstPoll('n'))).toEqual({ ...whole, oldestAgeMs: null });
  });

  it('of a gap says how old its oldest event is, and as young as can be where that is not said', async () => {
    server.answer = json({ ...whole, gap: true, oldestAgeMs: 70_000.5 });
    expect(await feed.poll(firstPoll('n'))).toMatchObject({ gap: true, oldestAgeMs: 70_000.5 });
    server.answer = json({ ...whole, gap: true });
    expect(await feed.poll(firstPoll('n'))).toMatchObject({ gap: true, oldestAgeMs: 0 });
    server.answer = json({ ...whole, seq: 0, events: [], gap: true });
    expect(await feed.poll(firstPoll('n'))).toMatchObject({ oldestAgeMs: null });
  });

  it('of a log that was begun anew hands on that it may hide something, though it has no event yet', async () => {
    server.answer = json({ ...whole, seq: 1, events: [], gap: true, oldestAgeMs: 0 });
    expect(await feed.poll(firstPoll('n'))).toMatchObject({ gap: true, oldestAgeMs: 0 });
  });

  it.each<[string, object]>([
    ['no log', { log: undefined }],
    ['a log that is no text', { log: 5 }],
    ['no number', { seq: undefined }],
    ['a number that is none', { seq: '5' }],
    ['no events', { events: undefined }],
    ['events that are none', { events: [1, 2, 3] }],
    ['an event about nothing', { events: [...numberedEvents(3, 4), { number: 5, version: 1 }] }],
    ['events with a hole', { events: [events[0], events[2]] }],
    ['events in disorder', { events: [...events].reverse() }],
    ['events that end too early', { events: numberedEvents(2, 4) }],
    ['events that go too far', { events: numberedEvents(4, 6) }],
    ['no word about a gap', { gap: undefined }],
    ['no lease', { leaseMs: undefined }],
    ['a lease of nothing', { leaseMs: 0 }],
    ['a lease that ended', { leaseMs: -5_000 }],
    ['a lease that is no number', { leaseMs: '5000' }],
  ])('with %s fails', async (_name, wrong) => {
    server.answer = json({ ...whole, ...wrong });
    await expect(feed.poll(firstPoll('n'))).rejects.toThrow('not of the expected form');
  });

  it('fails when the server refuses', async () => {
    server.answer = json({}, 401);
    await expect(feed.poll(firstPoll('n'))).rejects.toThrow();
  });
});

it('leaving says so', async () => {
  server.answer = json({});
  await feed.leave('n');
  expect(sent()).toEqual({ node: 'n', polls: 0, acked: 0, after: 0, leaving: true });
});
