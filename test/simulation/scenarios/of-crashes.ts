// Stories about a revoker that is killed: what it began holds nowhere or, soon, everywhere.
import { cut, type Story } from './stage.js';

/** Longer than the lease: whoever has not heard of it reads the database by now. */
const leaseEndMs = 5_100;

/** Killed right after the commit. */
export const killedAfterCommit: Story = async (stage) => {
  const r = await stage.boot();
  const x = await stage.boot();
  await stage.ask(x);
  stage.rule(r, 'commit', () => {
    stage.world.after(1.5, () => r.crash());
    return undefined;
  });
  stage.revoke(r);
  await stage.pass(leaseEndMs);
  await stage.ask(x);
};

/** The commit is slow; before it X starts over, with a log that has forgotten the intent already. */
export const intentBehindGap: Story = async (stage) => {
  const r = await stage.boot();
  const x = await stage.boot();
  const connect = stage.rule(x, 'poll', cut);
  stage.rule(r, 'commit', { request: 3_000, reply: 1 });
  stage.revoke(r);
  await stage.pass(100);
  stage.burst();
  connect();
  await stage.until(() => x.state.applied > 0);
  r.crash();
  await stage.ask(x);
  await stage.pass(3_000 + leaseEndMs);
  await stage.ask(x);
};

/** The same, and the log was deleted: what is in the new one says nothing of the old one's intents. */
export const intentInDeletedLog: Story = async (stage) => {
  const r = await stage.boot();
  const x = await stage.boot();
  stage.rule(r, 'commit', { request: 3_000, reply: 1 });
  stage.revoke(r);
  await stage.pass(100);
  stage.world.log.recreate();
  const { logId } = x.state;
  await stage.until(() => x.state.logId !== logId);
  r.crash();
  await stage.ask(x);
  await stage.pass(3_000 + leaseEndMs);
  await stage.ask(x);
};

/** A node that boots now knows no other log, but others did. */
export const bootAfterDeletedLog: Story = async (stage) => {
  const r = await stage.boot();
  stage.rule(r, 'commit', { request: 3_000, reply: 1 });
  stage.revoke(r);
  await stage.pass(100);
  r.crash();
  stage.world.log.recreate();
  const x = await stage.boot();
  await stage.ask(x);
  await stage.pass(3_000 + leaseEndMs);
  await stage.ask(x);
};

/** X hears of more than it can remember while a poll is under way, which goes on from before that. */
export const overflowMeanwhile: Story = async (stage) => {
  const r1 = await stage.boot({ bell: 'redis' });
  const r2 = await stage.boot({ bell: 'redis' });
  const x = await stage.boot({ bell: 'redis', limits: { maxEvents: 3 } });
  stage.rule(r1, 'commit', { request: 3_000, reply: 1 });
  stage.revoke(r1, 'u:1');
  await stage.pass(100);
  // It was applied and acknowledged, and the next poll asks for what comes after it.
  let polls = 0;
  stage.rule(x, 'poll', () => {
    polls += 1;
    return polls === 1 ? { request: 1, reply: 300 } : undefined;
  });
  await stage.until(() => polls === 1);
  await stage.pass(5);
  stage.revoke(r2, 'u:2');
  stage.revoke(r2, 'u:3');
  await stage.pass(300);
  r1.crash();
  await stage.ask(x);
  await stage.pass(3_000 + leaseEndMs);
  await stage.ask(x);
};
