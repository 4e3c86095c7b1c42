/**
 * Loaded before a variant, whatever it is: says how much processor time its process has used, and where.
 * Nothing of it runs while a variant is measured but the answer itself.
 */
import { Session, type Profiler } from 'node:inspector/promises';
import { answer } from '../process/messages.js';
import { summarize } from './profile.js';

const session = new Session();

process.on('disconnect', () => process.exit(0));

answer('cpu', () => {
  const { user, system } = process.cpuUsage();
  return user + system;
});

answer('memory', () => process.memoryUsage().rss);

answer('profile', async ({ seconds }: { seconds: number }) => {
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.setSamplingInterval', { interval: 200 });
  await session.post('Profiler.start');
  await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
  const { profile } = (await session.post('Profiler.stop')) as { profile: Profiler.Profile };
  session.disconnect();
  return summarize(profile);
});
