// Stories about records: what may be kept, and what it is worth later.
import type { Story } from './stage.js';
import { cut } from './stage.js';

/** Everybody hears at once; X acknowledges, and is asked in the same moment. */
export const quickAnswer: Story = async (stage) => {
  const r = await stage.boot({ bell: 'redis' });
  const x = await stage.boot({ bell: 'redis' });
  await stage.ask(x);
  const answered = stage.revoke(r);
  await stage.until(answered);
  await stage.ask(x);
};

/** A read saw the old version, and its answer comes when the revoke is over. */
export const slowRead: Story = async (stage) => {
  const r = await stage.boot({ bell: 'redis' });
  const x = await stage.boot({ bell: 'redis' });
  stage.rule(x, 'read', { request: 1, reply: 500 });
  await stage.ask(x);
  const answered = stage.revoke(r);
  await stage.until(answered);
  await stage.pass(600);
  await stage.ask(x);
};

/** The same, and somebody asks for the same subject while the read is still under way. */
export const joinedRead: Story = async (stage) => {
  const r = await stage.boot({ bell: 'redis' });
  const x = await stage.boot({ bell: 'redis' });
  stage.rule(x, 'read', { request: 1, reply: 500 });
  await stage.ask(x);
  const answered = stage.revoke(r);
  await stage.until(answered);
  await stage.ask(x);
  await stage.pass(1_500);
};

/** While the answer to a read is under way, X misses so much that it starts over. */
export const readAcrossGap: Story = async (stage) => {
  const r = await stage.boot();
  const x = await stage.boot();
  stage.rule(x, 'read', { request: 1, reply: 1_400 });
  const connect = stage.rule(x, 'poll', cut);
  await stage.ask(x);
  const answered = stage.revoke(r);
  await stage.pass(20);
  stage.burst();
  connect();
  await stage.until(answered);
  await stage.pass(1_500);
  await stage.ask(x);
};

/** What X has in memory was revoked among what it missed. */
export const memoryAcrossGap: Story = async (stage) => {
  const r = await stage.boot();
  const x = await stage.boot();
  await stage.ask(x);
  const connect = stage.rule(x, 'poll', cut);
  const answered = stage.revoke(r);
  await stage.pass(20);
  stage.burst();
  connect();
  await stage.until(answered);
  await stage.ask(x);
};

/** Redis still has what somebody read before the revoke; X is new, and knows only what came after. */
export const oldRecordInRedis: Story = async (stage) => {
  const r = await stage.boot({ hasSecondLevel: true });
  const y = await stage.boot({ hasSecondLevel: true });
  await stage.ask(y);
  const answered = stage.revoke(r);
  await stage.until(answered);
  stage.burst();
  const x = await stage.boot({ hasSecondLevel: true });
  await stage.ask(x);
};

/** X read after it had heard the intent and before the commit, and has forgotten since. */
export const readBetweenBoth: Story = async (stage) => {
  const r = await stage.boot({ bell: 'redis' });
  const x = await stage.boot({ bell: 'redis', leaseMs: 1_000 });
  stage.rule(x, 'read', { request: 1, reply: 1_400 });
  stage.rule(r, 'commit', { request: 200, reply: 1 });
  const answered = stage.revoke(r);
  await stage.pass(50);
  await stage.ask(x);
  await stage.until(answered);
  await stage.pass(1_600);
  await stage.ask(x);
};

/** The database of a deposed primary, or one that asks it, answers what was true before. */
export const firstRead: Story = async (stage) => {
  const r = await stage.boot();
  const x = await stage.boot();
  const answered = stage.revoke(r);
  await stage.until(answered);
  await stage.ask(x);
};

/** A service asks a server that has heard nothing of the revoke, and whose lease is over. */
export const deafServer: Story = async (stage) => {
  const r = await stage.boot();
  const s = await stage.boot();
  await stage.ask(s);
  stage.rule(s, 'poll', cut);
  const answered = stage.revoke(r);
  await stage.until(answered);
  const x = await stage.boot({ kind: 'service' });
  stage.rule(x, '', cut, r);
  for (let i = 0; i < 8; i++) await stage.ask(x);
};
