// Stories about leases: when they begin, how long a revoke waits for them, and who is counted.
import { Gate } from '../world/network.js';
import { cut, lost, type Story } from './stage.js';

/** The answer to X's last poll is on its way for 1.4 s, and the revoke comes right after the poll. */
export const slowReply: Story = async (stage) => {
  const r = await stage.boot();
  const x = await stage.boot();
  await stage.ask(x);
  let polls = 0;
  stage.rule(x, 'poll', () => (++polls === 1 ? { request: 1, reply: 1_400 } : cut));
  await stage.until(() => polls === 1);
  await stage.pass(10);
  const answered = stage.revoke(r);
  await stage.until(answered);
  await stage.ask(x);
};

/** X is cut off right after a poll: its lease lasts as long as it can. */
export const deafNode: Story = async (stage) => {
  const r = await stage.boot();
  const x = await stage.boot();
  await stage.ask(x);
  let polls = 0;
  stage.rule(x, 'poll', () => (++polls === 1 ? undefined : cut));
  await stage.until(() => polls === 1);
  await stage.pass(3);
  const answered = stage.revoke(r);
  await stage.until(answered);
  await stage.ask(x);
};

/** X is cut off, and hears late of a first revoke by the bell, but nothing of a second. */
export const lateRing: Story = async (stage) => {
  const r1 = await stage.boot({ bell: 'redis' });
  const r2 = await stage.boot({ bell: 'redis' });
  const x = await stage.boot({ bell: 'redis' });
  await stage.ask(x, 'u:2');
  stage.rule(x, 'poll', cut);
  let rings = 0;
  stage.rule(r1, 'ring', () => (++rings === 2 ? { request: 4_800, reply: null } : undefined), x);
  stage.rule(r2, 'ring', lost, x);
  stage.revoke(r1, 'u:1');
  await stage.pass(50);
  const answered = stage.revoke(r2, 'u:2');
  await stage.until(answered);
  await stage.ask(x, 'u:2');
};

/** An expulsion is late: meanwhile X is back, and has another lease. */
export const lateExpulsion: Story = async (stage) => {
  const r = await stage.boot();
  const x = await stage.boot();
  await stage.ask(x);
  const connect = stage.rule(x, 'poll', cut);
  const gate = new Gate();
  stage.rule(r, 'expel', { held: gate });
  const first = stage.revoke(r, 'u:2');
  await stage.until(first);
  connect();
  await stage.until(() => x.state.leaseLeftMs > 4_900);
  await stage.ask(x);
  gate.open();
  await stage.pass(5);
  const second = stage.revoke(r, 'u:1');
  await stage.until(second);
  await stage.ask(x);
};

/** Two revokes expel X, one of them late: when X has come back and polled as often as before. */
export const twoExpulsions: Story = async (stage) => {
  const r1 = await stage.boot();
  const r2 = await stage.boot();
  let polls = 0;
  const x = await stage.boot();
  const connect = stage.rule(x, 'poll', cut);
  await stage.ask(x);
  const gate = new Gate();
  stage.rule(r1, 'expel', { held: gate });
  const first = stage.revoke(r1, 'u:2');
  const second = stage.revoke(r2, 'u:3');
  await stage.until(() => first() && second());
  connect();
  stage.rule(x, 'poll', () => {
    polls += 1;
    return undefined;
  });
  await stage.until(() => polls === 2);
  await stage.pass(5);
  await stage.ask(x);
  gate.open();
  await stage.pass(5);
  const third = stage.revoke(r1, 'u:1');
  await stage.until(third);
  await stage.ask(x);
};

/** X leaves; a revoke finds it gone and need not wait for it. */
export const leavingNode: Story = async (stage) => {
  const r = await stage.boot();
  const x = await stage.boot();
  await stage.ask(x);
  const gate = new Gate();
  let leaves = 0;
  // It has left, and does not know yet that it was confirmed: it still lives.
  stage.rule(x, 'leave', () => {
    leaves += 1;
    return { request: 1, reply: 400 };
  });
  stage.rule(r, 'expel', { held: gate });
  x.leave();
  await stage.until(() => leaves === 1);
  await stage.pass(500);
  const answered = stage.revoke(r);
  await stage.until(answered);
  await stage.ask(x);
};

/** The lease is over, and the answer to a poll renews it just while a request is being decided. */
export const renewedMeanwhile: Story = async (stage) => {
  const r = await stage.boot();
  const x = await stage.boot();
  await stage.ask(x);
  const connect = stage.rule(x, 'poll', cut);
  const answered = stage.revoke(r);
  await stage.until(answered);
  connect();
  const gate = new Gate();
  stage.rule(x, 'poll', { held: gate });
  await stage.until(() => gate.count > 0);
  stage.world.after(10, () => gate.open());
  await stage.ask(x);
};
