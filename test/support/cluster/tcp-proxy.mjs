// @ts-check
/** Stands between a client and a server on this machine and does what networks do. */
import { once } from 'node:events';
import { connect, createServer } from 'node:net';

/** @typedef {import('node:net').Socket} Socket */

export class TcpProxy {
  /** How long each piece of the server's answers is kept back. */
  delayMs = 0;
  /** @type {Set<readonly [Socket, Socket]>} client and server */
  #pairs = new Set();
  /** @type {'pass' | 'hold' | 'hold-answers' | 'cut'} */
  #mode = 'pass';
  #server;
  #targetPort;

  /** @param {import('node:net').Server} server @param {number} targetPort */
  constructor(server, targetPort) {
    this.#server = server;
    this.#targetPort = targetPort;
    server.on('connection', (client) => this.#join(client));
  }

  /** @param {number} targetPort @returns {Promise<TcpProxy>} */
  static async start(targetPort) {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new TcpProxy(server, targetPort);
  }

  /** @returns {number} */
  get port() {
    return /** @type {import('node:net').AddressInfo} */ (this.#server.address()).port;
  }

  /** Whoever connects here passes the proxy by. @returns {number} */
  get targetPort() {
    return this.#targetPort;
  }

  /** @returns {number} */
  get connections() {
    return this.#pairs.size;
  }

  /** From now on nothing gets through, on old connections and on new ones, which stay open. */
  hold() {
    this.#mode = 'hold';
    for (const pair of this.#pairs) this.#pause(pair);
  }

  /** The server hears everything and does it, and its answers do not arrive. */
  holdAnswers() {
    this.#mode = 'hold-answers';
    for (const pair of this.#pairs) this.#pause(pair);
  }

  /** Old connections break, new ones too. */
  cut() {
    this.#mode = 'cut';
    this.#breakAll();
  }

  /** New connections work again. The held ones stay as they are, like those of a machine that is gone. */
  passNewOnes() {
    this.#mode = 'pass';
  }

  /** Everything goes on, what was held back as well. */
  release() {
    this.#mode = 'pass';
    for (const pair of this.#pairs) pair.forEach((socket) => socket.resume());
  }

  /** As a load balancer does when a server is gone: what is open breaks, what comes goes elsewhere. */
  leadTo(/** @type {number} */ targetPort) {
    this.#targetPort = targetPort;
    this.#breakAll();
  }

  async stop() {
    this.#breakAll();
    this.#server.close();
    await once(this.#server, 'close');
  }

  #breakAll() {
    for (const pair of this.#pairs) pair.forEach((socket) => socket.destroy());
  }

  /** @param {readonly [Socket, Socket]} pair */
  #pause([client, server]) {
    server.pause();
    if (this.#mode === 'hold') client.pause();
    else client.resume();
  }

  /** @param {Socket} client */
  #join(client) {
    client.on('error', () => undefined);
    if (this.#mode === 'cut') {
      client.destroy();
      return;
    }
    const server = connect(this.#targetPort, '127.0.0.1').on('error', () => undefined);
    const pair = /** @type {const} */ ([client, server]);
    this.#pairs.add(pair);
    for (const socket of pair) socket.setNoDelay(true);
    const answer = inOrder((piece) => client.write(piece));
    client.on('data', (piece) => server.write(piece));
    server.on('data', (piece) => answer(piece, this.delayMs));
    for (const socket of pair) {
      socket.on('close', () => {
        pair.forEach((other) => other.destroy());
        this.#pairs.delete(pair);
      });
    }
    if (this.#mode !== 'pass') this.#pause(pair);
  }
}

/**
 * Late, and never out of order: a piece without delay waits for those before it.
 *
 * @param {(piece: Buffer) => void} write
 * @returns {(piece: Buffer, delayMs: number) => void}
 */
function inOrder(write) {
  /** @type {{ piece: Buffer, dueAt: number }[]} */
  const queue = [];
  const flush = () => {
    const now = performance.now();
    while (queue[0] && queue[0].dueAt <= now) write(/** @type {any} */ (queue.shift()).piece);
    if (queue[0]) setTimeout(flush, Math.ceil(queue[0].dueAt - now));
  };
  return (piece, delayMs) => {
    if (delayMs === 0 && queue.length === 0) {
      write(piece);
      return;
    }
    queue.push({ piece, dueAt: performance.now() + delayMs });
    if (queue.length === 1) setTimeout(flush, delayMs);
  };
}
