/** autocannon, with what it leaves out: latencies finer than a millisecond, and clients that adopt tokens. */
import autocannon, { type Client } from 'autocannon';
import { Latencies, type Percentiles } from './latencies.js';

export interface Load {
  readonly url: string;
  readonly connections: number;
  readonly seconds: number;
  /** One set for each user; the connections share them out. */
  readonly headers: readonly Readonly<Record<string, string>>[];
  /** Each session sends the token of its last answer. */
  readonly adopts: boolean;
}

export interface Loaded extends Percentiles {
  readonly requests: number;
  readonly seconds: number;
  /** Answers that were not 2xx, and connections that failed: with any of them the figures are void. */
  readonly failures: number;
}

const perConnection = 10;

export async function closedLoop(load: Load): Promise<Loaded> {
  const latencies = new Latencies();
  let [index, begun, last] = [0, 0, 0];
  const result = await autocannon({
    url: load.url,
    connections: load.connections,
    duration: load.seconds,
    sampleInt: 50,
    bailout: 20,
    setupClient(client) {
      begun ||= performance.now();
      const requests = share(load, index++).map((headers) => ({ headers }));
      client.setRequests(requests);
      if (load.adopts)
        adopt(
          client,
          requests.map(({ headers }) => headers['authorization'] ?? ''),
        );
      client.on('response', (_status: number, _bytes: number, ms: number) => {
        latencies.add(ms);
        last = performance.now();
      });
    },
  });
  const failures = result.errors + result.non2xx;
  const { count: requests } = latencies;
  return { requests, seconds: (last - begun) / 1000, failures, ...latencies.percentiles() };
}

/** Every user's turn comes, whatever the number of connections. */
function share({ headers, connections }: Load, index: number): Load['headers'] {
  // With fewer users than connections, some of them have several.
  const stride = Math.min(connections, headers.length);
  const own = headers.filter((_, i) => i % stride === index % stride);
  return own.slice(0, connections === 1 ? headers.length : perConnection);
}

/** Each request of a connection is a session's, and its next one sends what its last answer carried. */
function adopt(client: Client, sent: readonly string[]): void {
  const held = [...sent];
  let turn = 0;
  client.on('headers', ({ headers }: { headers: readonly string[] }) => {
    const session = turn++ % held.length;
    const isName = (name: string, i: number): boolean =>
      i % 2 === 0 && name.toLowerCase() === 'authorization';
    const authorization = headers[headers.findIndex(isName) + 1];
    if (!headers.some(isName) || authorization === undefined) return;
    if (authorization === held[session]) return;
    held[session] = authorization;
    client.setHeaders({ authorization });
  });
}
