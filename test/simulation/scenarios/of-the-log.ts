// Stories about the log itself: an old view of it, and another in its place.
import { cut, lost, type Story } from './stage.js';

/** An ordinary read of the log is from before X has joined: that X is not in it says nothing. */
export const oldHead: Story = async (stage) => {
  const r = await stage.boot();
  stage.world.staleHeads = { often: 1, by: 1_000 };
  await stage.pass(1_500);
  const x = await stage.boot();
  await stage.ask(x);
  const answered = stage.revoke(r);
  await stage.until(answered);
  await stage.ask(x);
};

/** The log was deleted, X has not polled since, and nobody in the new one knows of it. */
export const deletedLog: Story = async (stage) => {
  const r = await stage.boot();
  const x = await stage.boot();
  await stage.ask(x);
  stage.rule(x, 'poll', lost);
  await stage.pass(20);
  stage.world.log.recreate();
  const answered = stage.revoke(r);
  await stage.until(answered);
  await stage.ask(x);
};

/** X comes back when the new log has as many events as it had applied of the old one. */
export const sameLengthAgain: Story = async (stage) => {
  const r = await stage.boot();
  const x = await stage.boot();
  await stage.ask(x);
  const first = stage.revoke(r, 'u:2');
  await stage.until(first);
  const connect = stage.rule(x, 'poll', cut);
  await stage.pass(6_000);
  stage.world.log.recreate();
  const second = stage.revoke(r, 'u:1');
  await stage.until(second);
  connect();
  await stage.until(() => x.state.isTrusted());
  await stage.ask(x);
};
