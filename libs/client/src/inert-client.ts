// The client where there is no browser: a server renders for many people and is signed in as none.
import type { SessionClient, SessionClientOptions } from './session-client.js';

export function createInertClient({
  appId = 'default',
  ...options
}: SessionClientOptions): SessionClient {
  const refuse = (): never => {
    throw new TypeError('there is no session outside of a browser');
  };
  return {
    appId,
    ready: Promise.resolve('signed-out'),
    state: 'signed-out',
    session: null,
    remaining: () => null,
    fetch: (input, { activity: _, ...init } = {}) =>
      (options.fetch ?? globalThis.fetch)(input, init),
    signIn: async () => refuse(),
    adopt: refuse,
    signOut: async () => undefined,
    extend: async () => false,
    check: async () => 'signed-out',
    on: () => () => undefined,
    authorize: () => ({}),
    observe: async () => 'ok',
    close: () => undefined,
  };
}
