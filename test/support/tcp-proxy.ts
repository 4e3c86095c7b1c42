import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** Stands between a client and a server on this machine and does what networks do. */
export class TcpProxy {
  /** How long each piece of the server's answers is kept back. */
  delayMs = 0;
  private readonly pairs = new Set<readonly [Socket, Socket]>();
  private isHolding = false;

  private constructor(
    private readonly server: Server,
    private readonly targetPort: number,
  ) {
    server.on('connection', (client) => this.join(client));
  }

  static async start(targetPort: number): Promise<TcpProxy> {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new TcpProxy(server, targetPort);
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  get connections(): number {
    return this.pairs.size;
  }

  /** From now on nothing gets through, on old connections and on new ones, which stay open. */
  hold(): void {
    this.isHolding = true;
    for (const pair of this.pairs) pair.forEach((socket) => socket.pause());
  }

  /** New connections work again. The held ones stay as they are, like those of a machine that is gone. */
  passNewOnes(): void {
    this.isHolding = false;
  }

  /** Everything goes on, what was held back as well. */
  release(): void {
    this.isHolding = false;
    for (const pair of this.pairs) pair.forEach((socket) => socket.resume());
  }

  async stop(): Promise<void> {
    for (const pair of this.pairs) pair.forEach((socket) => socket.destroy());
    this.server.close();
    await once(this.server, 'close');
  }

  private join(client: Socket): void {
    const server = connect(this.targetPort, '127.0.0.1');
    const pair = [client, server] as const;
    this.pairs.add(pair);
    client.on('data', (piece) => server.write(piece));
    server.on('data', (piece) => {
      if (this.delayMs === 0) client.write(piece);
      else setTimeout(() => client.write(piece), this.delayMs);
    });
    for (const socket of pair) {
      socket.on('error', () => undefined);
      socket.on('close', () => {
        pair.forEach((other) => other.destroy());
        this.pairs.delete(pair);
      });
    }
    if (this.isHolding) pair.forEach((socket) => socket.pause());
  }
}
