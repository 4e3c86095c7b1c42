// @ts-check
/** Guarded requests, one after the other on each of a few connections. */
import { Agent, request } from 'node:http';

const connections = 8;

export class Traffic {
  #agent = new Agent({ keepAlive: true, maxSockets: connections });
  #server;

  /** @param {import('./server.mjs').MeasuredServer} server */
  constructor(server) {
    this.#server = server;
  }

  /** Requests a second. @param {number} forMs */
  async run(forMs) {
    const until = performance.now() + forMs;
    let count = 0;
    const loop = async () => {
      while (performance.now() < until) {
        await this.#ask();
        count += 1;
      }
    };
    await Promise.all(Array.from({ length: connections }, loop));
    return (count * 1_000) / forMs;
  }

  async close() {
    this.#agent.destroy();
  }

  /** @returns {Promise<void>} */
  #ask() {
    const headers = { authorization: `Bearer ${this.#server.token}` };
    return new Promise((resolve, reject) => {
      const asked = request(
        `${this.#server.url}/auth/verify`,
        { agent: this.#agent, headers },
        (answer) => {
          answer.resume();
          answer.once('end', () => {
            if (answer.statusCode === 204) resolve();
            else reject(new Error(`a guarded request was answered ${answer.statusCode}`));
          });
        },
      );
      asked.once('error', reject);
      asked.end();
    });
  }
}
