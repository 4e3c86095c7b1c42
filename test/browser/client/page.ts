// What a test page loads: a client by the options in its address, and a record of what it says.
import {
  createSessionClient,
  type SessionClient,
  type SessionClientOptions,
  type SessionEventMap,
} from '@portcullis/client';

const types = [
  'statechange',
  'signedin',
  'token',
  'warning',
  'extended',
  'ended',
  'userchanged',
  'problem',
] as const satisfies readonly (keyof SessionEventMap)[];

export interface Heard {
  readonly type: keyof SessionEventMap;
  readonly event: Readonly<Record<string, unknown>>;
  readonly at: number;
}

export interface TestWindow {
  client: SessionClient;
  heard: Heard[];
  /** When the client was made. */
  madeAt: number;
  makeClient(options: SessionClientOptions): SessionClient;
}

const test = globalThis as unknown as TestWindow;

test.heard = [];
test.madeAt = Date.now();
test.makeClient = (options) => {
  const client = createSessionClient(options);
  for (const type of types) {
    client.on(type, (event) => {
      const at = Date.now();
      test.heard.push({ type, event: { ...event }, at });
    });
  }
  return client;
};
const options = new URLSearchParams(location.hash.slice(1)).get('client');
if (options !== null) test.client = test.makeClient(JSON.parse(options));
