// The stream runs while there is a session; what it says is looked into before anything ends.
import type { Transport } from '../http/transport.js';
import { call } from '../session/calls.js';
import { post, problem, type Context } from '../session/context.js';
import { createPush } from './push.js';

export function startPush(context: Context, transport: Transport): void {
  if (!context.held || context.isClosed || context.options.push === 'off') return;
  const headers = { Accept: 'text/event-stream' };
  context.push ??= createPush(context.page, `${context.name}:push`, {
    listen: (signal) => call(context, transport, 'session/events', 'passive', { headers, signal }),
    post: (message) => post(context, message),
    // A revoke may still fail after it was announced: the server is asked.
    ended: async () => {
      context.pushed = true;
      await context.ask();
      context.pushed = false;
    },
    lost: () => problem(context, 'push-lost'),
  });
  context.push.start();
}
