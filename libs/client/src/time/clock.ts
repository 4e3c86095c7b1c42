// Two clocks: the wall's, which people set and which runs in sleep, and one that nobody sets.
import type { ClientClock } from '../session-client.js';

export const systemClock: ClientClock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
};
