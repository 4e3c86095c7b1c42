// The ports of somebody else's service: over a server, which passes on what it is asked.
import {
  RevocationFeed,
  type PollReply,
  type PollRequest,
} from '../../../libs/auth/src/revocation/revocation-log.js';
import type { Subject, SubjectVersion } from '../../../libs/auth/src/revocation/subject.js';
import { TokenVersionSource } from '../../../libs/auth/src/revocation/token-version-source.js';
import type { Machine } from '../world/machine.js';
import type { World } from '../world/world.js';
import type { SimulatedNode } from './node.js';

const requestTimeoutMs = 2_000;

/** A request to whichever server the balancer picks; one that is down refuses. */
function callServer<T>(
  world: World,
  from: Machine,
  what: string,
  work: (server: SimulatedNode) => Promise<T>,
): Promise<T> {
  const servers = [...world.nodes].filter(({ kind }) => kind === 'server');
  if (servers.length === 0) return Promise.reject(new Error('no server'));
  const server = world.random.pick(servers);
  return world.network.call({
    message: { from, to: server.machine.name, what },
    timeoutMs: requestTimeoutMs,
    execute: () => {
      if (!server.machine.isAlive) throw new Error('connection refused');
      return new Promise<T>((resolve, reject) => {
        server.machine.deliver(() => void work(server).then(resolve, reject));
      });
    },
  });
}

export class ServedFeed extends RevocationFeed {
  constructor(
    private readonly world: World,
    private readonly machine: Machine,
  ) {
    super();
  }

  /** The lease is what the server says, never more than its own. */
  override poll(request: PollRequest): Promise<PollReply> {
    return callServer(this.world, this.machine, 'poll', async (server) => {
      const reply = await server.log.poll({ ...request, leaseMs: server.leaseMs });
      const { log, node, acked } = request;
      if (reply.log === log && acked <= reply.seq) server.bell.acknowledge({ log, node, acked });
      return reply;
    });
  }

  override leave(node: string): Promise<void> {
    return callServer(this.world, this.machine, 'leave', (server) => server.log.leave(node));
  }
}

export class ServedSource extends TokenVersionSource {
  constructor(
    private readonly world: World,
    private readonly machine: Machine,
  ) {
    super();
  }

  /** By a read that the server begins now. */
  override read(subject: Subject): Promise<SubjectVersion | null> {
    return callServer(this.world, this.machine, `read ${subject}`, (server) =>
      server.readForService(subject),
    );
  }
}
